import { variablesOf, type RightCall, type RightRequest, type RightText } from '../../core/index.ts';
import { bodyText, comments, formOf, joined, powershellString } from './literal.ts';

const env = (name: string): string => `$env:${name}`;
const value = (text: RightText): string => joined(text, env, powershellString);

/** In PowerShell, Windows PowerShell 5.1 included. */
export function powershell(request: RightRequest, head: readonly string[]): string {
  const { token, call } = request;
  const basic = token.auth === 'basic';
  return [
    ...comments(head, '#'),
    `$ErrorActionPreference = 'Stop'`,
    `foreach ($name in ${variablesOf(request).map(powershellString).join(', ')}) {`,
    `  if (-not [Environment]::GetEnvironmentVariable($name)) { throw "$name is not set" }`,
    '}',
    '',
    '$form = @{',
    ...formOf(request).map(({ name, value: given }) => `  ${powershellString(name)} = ${value(given)}`),
    '}',
    ...(basic ? header(token.formEncoded) : ['$headers = @{}']),
    // A hashtable as body is sent as a form, and the content type says so.
    `$answer = Invoke-RestMethod -Method Post -Uri (${value(token.url)}) -Headers $headers -Body $form`,
    ...(call ? calling(call) : [`Write-Output 'a token was issued'`]),
    '',
  ].join('\n');
}

function header(formEncoded: boolean): string[] {
  const part = (name: string) => (formEncoded ? `[Net.WebUtility]::UrlEncode(${env(name)})` : env(name));
  return [
    `$pair = ${part('CLIENT_ID')} + ':' + ${part('CLIENT_SECRET')}`,
    `$headers = @{ Authorization = 'Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($pair)) }`,
  ];
}

function calling(call: RightCall): string[] {
  const known = bodyText(call);
  const body = call.body === 'file' ? `(Get-Content -Raw body.json)` : known && powershellString(known);
  const sent = body === undefined ? '' : ` -ContentType 'application/json' -Body ${body}`;
  return [
    `$bearer = @{ Authorization = 'Bearer ' + $answer.access_token }`,
    `Invoke-RestMethod -Method ${call.method} -Uri (${value(call.url)}) -Headers $bearer${sent} |`,
    '  ConvertTo-Json -Depth 20',
  ];
}

import type { RightCall, RightRequest, RightText } from '../../core/index.ts';
import { bodyText, comments, formOf, joined, quotedAscii } from './literal.ts';

const env = (name: string): string => `Env("${name}")`;
const value = (text: RightText): string => joined(text, env, quotedAscii);

/** In C# with top-level statements: the Program.cs of `dotnet new console` (.NET 6 and later). */
export function csharp(request: RightRequest, head: readonly string[]): string {
  const { token, call } = request;
  return [
    ...comments(head, '//'),
    'using System;',
    'using System.Collections.Generic;',
    ...(call?.body === 'file' ? ['using System.IO;'] : []),
    'using System.Net;',
    'using System.Net.Http;',
    'using System.Net.Http.Headers;',
    'using System.Text;',
    'using System.Text.Json;',
    'using System.Threading.Tasks;',
    '',
    'using var http = new HttpClient();',
    '',
    'var form = new Dictionary<string, string>',
    '{',
    ...formOf(request).map(({ name, value: given }) => `    [${quotedAscii(name)}] = ${value(given)},`),
    '};',
    `var ask = new HttpRequestMessage(HttpMethod.Post, ${value(token.url)})`,
    '{',
    '    Content = new FormUrlEncodedContent(form),',
    '};',
    ...(token.auth === 'basic' ? header(token.formEncoded) : []),
    'var answer = await Send(ask);',
    ...(call ? calling(call) : ['Console.WriteLine("a token was issued");']),
    '',
    'string Env(string name) =>',
    '    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set");',
    '',
    'async Task<string> Send(HttpRequestMessage request)',
    '{',
    '    var response = await http.SendAsync(request);',
    '    var text = await response.Content.ReadAsStringAsync();',
    '    if (!response.IsSuccessStatusCode)',
    '    {',
    '        Console.Error.WriteLine($"HTTP {(int)response.StatusCode} {text}");',
    '        Environment.Exit(1);',
    '    }',
    '    return text;',
    '}',
    '',
  ].join('\n');
}

function header(formEncoded: boolean): string[] {
  const part = (name: string) => (formEncoded ? `WebUtility.UrlEncode(${env(name)})` : env(name));
  return [
    `var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes(${part('CLIENT_ID')} + ":" + ${part('CLIENT_SECRET')}));`,
    'ask.Headers.Authorization = new AuthenticationHeaderValue("Basic", pair);',
  ];
}

function calling(call: RightCall): string[] {
  const known = bodyText(call);
  const body = call.body === 'file' ? 'File.ReadAllText("body.json")' : known && quotedAscii(known);
  return [
    'var token = JsonDocument.Parse(answer).RootElement.GetProperty("access_token").GetString();',
    `var call = new HttpRequestMessage(new HttpMethod("${call.method}"), ${value(call.url)});`,
    'call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);',
    ...(body === undefined
      ? []
      : [`call.Content = new StringContent(${body}, Encoding.UTF8, "application/json");`]),
    'Console.WriteLine(await Send(call));',
  ];
}

import type { RightCall, RightRequest, RightText } from '../../core/index.ts';
import { bodyText, comments, formOf, joined, quotedAscii } from './literal.ts';

const env = (name: string): string => `env("${name}")`;
const value = (text: RightText): string => joined(text, env, quotedAscii);

/** In JavaScript for Node 18 and later, as a module or a script. */
export function node(request: RightRequest, head: readonly string[]): string {
  const { token, call } = request;
  return [
    ...comments(head, '//'),
    'function env(name) {',
    '  if (!process.env[name]) throw new Error(`${name} is not set`);',
    '  return process.env[name];',
    '}',
    '',
    'async function send(url, init) {',
    '  const response = await fetch(url, init);',
    '  const text = await response.text();',
    '  if (!response.ok) throw new Error(`HTTP ${response.status} ${text}`);',
    '  return text;',
    '}',
    '',
    'async function main() {',
    '  const form = new URLSearchParams({',
    ...formOf(request).map(({ name, value: given }) => `    ${quotedAscii(name)}: ${value(given)},`),
    '  });',
    ...(token.auth === 'basic' ? header(token.formEncoded) : []),
    `  const answer = await send(${value(token.url)}, {`,
    `    method: "POST", body: form,${token.auth === 'basic' ? ' headers: { Authorization: `Basic ${pair}` },' : ''}`,
    '  });',
    ...(call ? calling(call) : ['  console.log("a token was issued");']),
    '}',
    '',
    'main().catch((error) => {',
    '  console.error(error.message);',
    '  process.exitCode = 1;',
    '});',
    '',
  ].join('\n');
}

function header(formEncoded: boolean): string[] {
  const part = (name: string) => (formEncoded ? `encoded(${env(name)})` : env(name));
  return [
    ...(formEncoded
      ? ['  const encoded = (text) => new URLSearchParams({ "": text }).toString().slice(1);']
      : []),
    `  const pair = Buffer.from(${part('CLIENT_ID')} + ":" + ${part('CLIENT_SECRET')}).toString("base64");`,
  ];
}

function calling(call: RightCall): string[] {
  const known = bodyText(call);
  const body =
    call.body === 'file'
      ? '(await import("node:fs")).readFileSync("body.json", "utf8")'
      : known && quotedAscii(known);
  return [
    '  const { access_token: token } = JSON.parse(answer);',
    `  console.log(await send(${value(call.url)}, {`,
    `    method: "${call.method}",${body === undefined ? '' : ` body: ${body},`}`,
    `    headers: { Authorization: \`Bearer \${token}\`${body === undefined ? '' : ', "Content-Type": "application/json"'} },`,
    '  }));',
  ];
}

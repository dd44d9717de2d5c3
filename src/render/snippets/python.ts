import type { RightCall, RightRequest, RightText } from '../../core/index.ts';
import { bodyText, comments, formOf, joined, quotedAscii } from './literal.ts';

const env = (name: string): string => `os.environ["${name}"]`;
const value = (text: RightText): string => joined(text, env, quotedAscii);

/** In Python 3, with its standard library. */
export function python(request: RightRequest, head: readonly string[]): string {
  const { token, call } = request;
  const basic = token.auth === 'basic';
  const modules = [...(basic ? ['base64'] : []), ...(call ? ['json'] : []), 'os', 'sys'];
  return [
    ...comments(head, '#'),
    ...modules.map((name) => `import ${name}`),
    'import urllib.error',
    'import urllib.parse',
    'import urllib.request',
    '',
    'form = {',
    ...formOf(request).map(({ name, value: given }) => `    ${quotedAscii(name)}: ${value(given)},`),
    '}',
    ...(basic ? ['', ...header(token.formEncoded)] : []),
    '',
    '',
    'def send(url, data, headers, method):',
    '    request = urllib.request.Request(url, data=data, headers=headers, method=method)',
    '    try:',
    '        with urllib.request.urlopen(request, timeout=60) as response:',
    '            return response.read().decode()',
    '    except urllib.error.HTTPError as refusal:',
    '        sys.exit(f"HTTP {refusal.code} {refusal.read().decode(errors=\'replace\')}")',
    '',
    '',
    `answer = send(${value(token.url)},`,
    '              urllib.parse.urlencode(form).encode(),',
    `              {${basic ? '"Authorization": "Basic " + pair' : ''}}, "POST")`,
    ...(call ? calling(call) : ['print("a token was issued")']),
    '',
  ].join('\n');
}

function header(formEncoded: boolean): string[] {
  const part = (name: string) => (formEncoded ? `urllib.parse.quote_plus(${env(name)})` : env(name));
  return [
    `pair = base64.b64encode((${part('CLIENT_ID')} + ":" + ${part('CLIENT_SECRET')}).encode()).decode()`,
  ];
}

function calling(call: RightCall): string[] {
  const body = bodyText(call);
  const data = call.body === 'file' ? 'open("body.json", "rb").read()' : body && `b${quotedAscii(body)}`;
  return [
    `headers = {"Authorization": "Bearer " + json.loads(answer)["access_token"]${data === undefined ? '' : ', "Content-Type": "application/json"'}}`,
    `print(send(${value(call.url)}, ${data ?? 'None'}, headers, "${call.method}"))`,
  ];
}

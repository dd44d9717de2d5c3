/** Values that people print to look at their bytes. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';

const REFUSED = '{"error":"invalid_client","error_description":"authentication failed"}';
const SECRET = 'hG7kP2nR5tW9yB3eH6mQ1zX4';
const first = (text: string): string | undefined =>
  explainPaste(`${text}\nPOST https://id.example.com/token -> 401\n${REFUSED}`).report.verdict.rootCause;

describe('what stands behind a value that was printed', () => {
  it.each([
    ['credential/mangled', `> process.env.CLIENT_SECRET\n'${SECRET}\\r'`],
    [
      'credential/mangled',
      'printf %s "$SECRET" | xxd | tail -1\n00000010: 3358 340d                                3X4.',
    ],
    ['credential/mangled', 'od -c client_secret | tail -2\n0000020   3   X   4  \\r  \\n\n0000025'],
    ['credential/mangled', "repr(os.environ['CLIENT_ID']) = '5e0c8f1a-44d3-4b18-8a8c-d1f0a1b2c3d4\\r'"],
    ['credential/mangled', 'client_secret.bytes.last(3) => [88, 52, 13]'],
    ['credential/whitespace', `>>> repr(client_secret)\n'${SECRET}\\n'`],
    ['credential/whitespace', 'xxd client_secret.txt\n00000010: 7a 58 34 0a'],
    ['credential/whitespace', 'od -c client_secret | tail -2\n0000020   3   X   4  \\n\n0000024'],
    ['credential/whitespace', '[System.Text.Encoding]::UTF8.GetBytes($secret) gives [72, 54, 109, 81, 10]'],
    ['credential/non-ascii', 'xxd of the secret: the last row is\n00000010: 5834 c2a0'],
    ['credential/non-ascii', 'list(client_id.encode())[:5] is [239, 187, 191, 53, 101]'],
  ])('%s: %s', (cause, text) => {
    expect(first(text)).toBe(cause);
  });

  it.each([
    `> process.env.CLIENT_SECRET\n'${SECRET}'`,
    'printf %s "$SECRET" | xxd | tail -1\n00000010: 3358 3478                                3X4x',
    'client_secret.bytes.last(3) => [88, 52, 110]',
    'The retries of the token request are set to [1, 5, 10]',
    `"private_key": "-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC${SECRET}\\n"`,
  ])('is nothing in %s', (text) => {
    const { stages } = explainPaste(`${text}\nPOST https://id.example.com/token -> 401\n${REFUSED}`).report;
    const said = JSON.stringify(stages.flatMap(({ findings }) => findings));
    expect(said).not.toMatch(/that (?:was|were) printed/);
  });
});

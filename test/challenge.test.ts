import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bearerChallenge, parseChallenges } from '../src/providers/challenge.ts';

const parsed = (header: string) =>
  parseChallenges(header).map(({ scheme, params, token68 }) => ({
    scheme,
    ...(params.size > 0 && { params: Object.fromEntries(params) }),
    ...(token68 !== undefined && { token68 }),
  }));

describe('WWW-Authenticate', () => {
  it.each<[string, ReturnType<typeof parsed>]>([
    ['', []],
    ['Negotiate', [{ scheme: 'Negotiate' }]],
    ['Bearer realm="x"', [{ scheme: 'Bearer', params: { realm: 'x' } }]],
    [
      'Bearer realm="reports", error="insufficient_scope", scope="a b"',
      [{ scheme: 'Bearer', params: { realm: 'reports', error: 'insufficient_scope', scope: 'a b' } }],
    ],
    ['Bearer error=invalid_token', [{ scheme: 'Bearer', params: { error: 'invalid_token' } }]],
    ['bearer Error = "invalid_token"', [{ scheme: 'bearer', params: { error: 'invalid_token' } }]],
    [
      'Basic realm="a, b=c", charset="UTF-8"',
      [{ scheme: 'Basic', params: { realm: 'a, b=c', charset: 'UTF-8' } }],
    ],
    ['Basic realm="say \\"hello\\""', [{ scheme: 'Basic', params: { realm: 'say "hello"' } }]],
    ['Negotiate YIIJvwYGKwYBBQUC==', [{ scheme: 'Negotiate', token68: 'YIIJvwYGKwYBBQUC==' }]],
    [
      'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
      [
        { scheme: 'Newauth', params: { realm: 'apps', type: '1', title: 'Login to "apps"' } },
        { scheme: 'Basic', params: { realm: 'simple' } },
      ],
    ],
    [', , Bearer ,, Basic realm=x', [{ scheme: 'Bearer' }, { scheme: 'Basic', params: { realm: 'x' } }]],
    ['Bearer realm="never closed', [{ scheme: 'Bearer' }]],
    [
      'Bearer realm="x" error="invalid_token"',
      [{ scheme: 'Bearer', params: { realm: 'x', error: 'invalid_token' } }],
    ],
  ])('%s', (header, challenges) => {
    expect(parsed(header)).toEqual(challenges);
  });

  it('finds the Bearer challenge among others', () => {
    expect(bearerChallenge('Basic realm="x", BEARER error="invalid_token"')?.params.get('error')).toBe(
      'invalid_token',
    );
    expect(bearerChallenge(undefined)).toBeUndefined();
  });

  const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,12}$/);
  const value = fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ' '));
  const challenge = fc.record({
    scheme: token,
    params: fc.uniqueArray(
      fc.tuple(
        token.map((name) => name.toLowerCase()),
        value,
      ),
      { minLength: 1, maxLength: 4, selector: ([name]) => name },
    ),
  });
  const quotedString = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

  it('reads back every list that the grammar can write', () => {
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 4 }), (challenges) => {
        const header = challenges
          .map(
            ({ scheme, params }) =>
              `${scheme} ${params.map(([name, text]) => `${name}=${quotedString(text)}`).join(', ')}`,
          )
          .join(', ');
        const back = parseChallenges(header).map(({ scheme, params }) => ({ scheme, params: [...params] }));
        expect(back).toEqual(challenges);
      }),
    );
  });

  it('never throws, whatever a server sends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (header) =>
        Array.isArray(parseChallenges(header)),
      ),
    );
  });

  it('reads a long header in one pass', () => {
    const header = `Bearer ${'a="'.repeat(30_000)}`;
    expect(parseChallenges(header).length).toBeLessThanOrEqual(2);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorizationShape, clientShape, formEncode, shapeOf, standIn } from '../src/core/index.ts';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('stand-ins', () => {
  it.each([
    'your_client_id',
    '<CLIENT_ID>',
    'myclient',
    'MY_SECRET',
    'YOUR-CLIENT-SECRET-HERE',
    '{{client_secret}}',
    'changeme',
    '<your client id>',
    'GENESYS_CLIENT_SECRET',
    'client_id',
    'insert secret here',
    'undefined',
    '<base64(id:secret)>',
    '"your_client_secret"',
    'YOUR_GENESYS_CLOUD_CLIENT_ID',
    '00000000-0000-0000-0000-000000000000',
  ])('%s is a placeholder', (text) => expect(standIn(text)).toBe('placeholder'));

  it.each([
    'xxx',
    '***',
    'ab12****',
    '[REDACTED]',
    'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
    'abcd…',
    '<redacted>',
    '•••••••',
    '...',
    '3f2504e0-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
    '<hidden>',
  ])('%s is a mask', (text) => expect(standIn(text)).toBe('mask'));

  it.each([
    '',
    ' ',
    ID,
    'wJalrXUtnFEMI-K7MDENG_bPxRfiCY',
    's3cr3t',
    'testclient',
    'my-reporting-app',
    'thread-hours-client',
    'Xk3xxPq9',
    'P@ssw0rd!',
    'a1b2c3d4',
    'a--b',
    '12345678-1234-1234-1234-123456789012',
  ])('%j may be real', (text) => expect(standIn(text)).toBeUndefined());

  it('takes no issued value for a stand-in', () => {
    const issued = fc
      .uint8Array({ minLength: 24, maxLength: 48 })
      .map((bytes) => Buffer.from(bytes).toString('base64url'));
    fc.assert(
      fc.property(
        issued.filter((v) => !/x{4}/i.test(v) && /\d/.test(v)),
        (v) => standIn(v) === undefined,
      ),
      { numRuns: 1000 },
    );
    fc.assert(fc.property(fc.uuid(), (v) => standIn(v) === undefined));
  });
});

describe('the shape of a value', () => {
  it.each([
    ['missing', undefined, { length: 0, looksLike: 'absent' }],
    ['empty', '', { length: 0, looksLike: 'absent' }],
    ['a UUID', ID, { looksLike: 'uuid', length: 36 }],
    ['quotes kept', `"${ID}"`, { quoted: true, looksLike: 'uuid' }],
    ['one quote', `"${ID}`, { quoted: false }],
    ['a variable', '$CLIENT_SECRET', { variable: 'CLIENT_SECRET', looksLike: 'other' }],
    ['in braces', '${client_secret}', { variable: 'client_secret' }],
    ['of Windows', '%CLIENT_ID%', { variable: 'CLIENT_ID' }],
    ['of PowerShell', '$env:CLIENT_ID', { variable: 'CLIENT_ID' }],
    ['of a workflow', '${{ secrets.GC_SECRET }}', { variable: 'GC_SECRET' }],
    ['quoted', '"$CLIENT_SECRET"', { variable: 'CLIENT_SECRET', quoted: true }],
    ['CRLF', 'abc123def\r\n', { carriageReturn: true, edgeWhitespace: 'end' }],
    ['CR alone', 'abc123def\r', { carriageReturn: true, edgeWhitespace: 'none' }],
    ['a space before', ' abc123def', { edgeWhitespace: 'start' }],
    ['both edges', '\tabc123def ', { edgeWhitespace: 'both' }],
    ['a space inside', 'abc 123', { edgeWhitespace: 'none', changedByFormEncoding: true }],
    [
      'typographic quotes',
      '“abc”',
      {
        nonAscii: [
          { name: 'typographic double quote (U+201C)', index: 0 },
          { name: 'typographic double quote (U+201C)', index: 4 },
        ],
      },
    ],
    ['a BOM', '\ufeffabc', { nonAscii: [{ name: 'byte order mark (U+FEFF)', index: 0 }] }],
    ['zero width', 'a\u200bb', { nonAscii: [{ name: 'zero-width space (U+200B)', index: 1 }] }],
    ['NBSP', 'a\u00a0', { nonAscii: [{ name: 'no-break space (U+00A0)', index: 1 }] }],
    ['a letter', 'pässword', { nonAscii: [{ name: 'character outside ASCII', index: 1 }] }],
    [
      'the pair itself',
      base64(`${ID}:s3cr3t-value`),
      { base64Pair: 'of-this-pair', looksLike: 'base64-pair' },
    ],
    ['the pair with its scheme', `Basic ${base64(`${ID}:s3cr3t-value`)}`, { base64Pair: 'of-this-pair' }],
    ['another pair', base64('someone:s3cr3t-value'), { base64Pair: 'of-some-pair' }],
    ['base64 of no pair', base64('someone else altogether'), { base64Pair: 'no' }],
    ['needs encoding', 'a+b/c%', { changedByFormEncoding: true, formEncodedAlready: false }],
    ['was encoded', 'a%2Bb%2Fc', { changedByFormEncoding: true, formEncodedAlready: true }],
    ['needs none', 'a-b_c.d*e~f', { changedByFormEncoding: false }],
    ['a colon', 'a:b', { hasColon: true }],
    ['a control character', 'a\u0007b', { hasControl: true }],
  ] as const)('%s', (_, value, expected) => expect(shapeOf(value, { id: ID })).toMatchObject(expected));

  it('never throws, and never holds the value', () => {
    const hard = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 4, maxLength: 60 }),
      fc.string({ unit: 'binary', minLength: 4, maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom('$', '{', '}', '%', 'A', 'b', '_', '"', ' ', '\r', '\n', ':', '=', 'ß'),
        minLength: 4,
      }),
      fc.base64String({ minLength: 4 }),
    );
    // Words of the shape itself, such as `false`, stand in it without being told by the value.
    const words = JSON.stringify([shapeOf(''), authorizationShape('Basic x'), clientShape('', '', 'any')]);
    fc.assert(
      fc.property(hard, hard, (value, other) => {
        const shapes = [
          shapeOf(value),
          shapeOf(value, { id: other }),
          clientShape(other, value, 'any'),
          authorizationShape(`Basic ${value}`, { id: other, secret: value }),
          authorizationShape(`Basic ${base64(`${other}:${value}`)}`, { id: other, secret: value }),
          authorizationShape(`Bearer ${value}`),
        ];
        if (/^[a-z\d".,:{}[\]$\s_-]*$/i.test(value) || /^\W+$/.test(value)) return;
        expect(
          words.includes(value) || !JSON.stringify(shapes).includes(JSON.stringify(value).slice(1, -1)),
        ).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not show what may be a password that begins with a dollar', () => {
    expect(JSON.stringify(shapeOf('$ecretPass'))).not.toContain('ecretPass');
    expect(shapeOf('$hunter2x').variable).toBe('…');
  });

  it('form-encodes so that any form decoder gives the value back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(formEncode(value)).toMatch(/^[A-Za-z0-9*._~+%-]*$/);
        expect(new URLSearchParams(`v=${formEncode(value)}`).get('v')).toBe(value);
      }),
    );
  });
});

describe('the shape of a client', () => {
  it('shows an id only in the form that the provider gives to ids', () => {
    expect(clientShape(ID, 'x', 'uuid').id).toBe(ID);
    expect(clientShape(` ${ID}`, 'x', 'uuid')).not.toHaveProperty('id');
    expect(clientShape('s3cr3t-in-the-wrong-place', ID, 'uuid')).toMatchObject({ swapped: true });
    expect(JSON.stringify(clientShape('s3cr3t-in-the-wrong-place', ID, 'uuid'))).not.toMatch(
      /wrong-place|3f2504e0/,
    );
    expect(clientShape(ID, 'x', 'any')).not.toHaveProperty('id');
  });

  const ENTRA = `p4T8Q~${'yJx3kLmN0vQwErTyUiOpAsDfGhJkLzXcVb'}`;
  const GOOGLE = {
    id: '407408718192-k8v1m0r5t2n7c9x4.apps.googleusercontent.com',
    secret: `GOCSPX-${'a1'.repeat(14)}`,
  };

  it.each([
    ['a secret of Google as the id', GOOGLE.secret, GOOGLE.id, true],
    ['a secret of Google as the id, the other masked', GOOGLE.secret, '****', true],
    ['a secret of Entra as the id', ENTRA, ID, true],
    ['an id of Google as the secret', 'my-app', GOOGLE.id, true],
    ['an id of Okta as the secret', 'my-app', '0oa4f7k2xQ9sLmT81d5x', true],
    ['each in its place', GOOGLE.id, GOOGLE.secret, false],
    ['each in its place at Entra', ID, ENTRA, false],
    ['the id twice', GOOGLE.id, GOOGLE.id, false],
    ['the secret twice', ENTRA, ENTRA, false],
    ['a masked id', '****', GOOGLE.id, false],
    ['words about the form', 'GOCSPX-', GOOGLE.id.slice(1, 12), false],
    ['a UUID, which is a secret elsewhere', 'my-app', ID, false],
  ])('knows the forms that providers issue: %s', (_name, id, secret, swapped) => {
    expect(clientShape(id, secret, 'any').swapped).toBe(swapped);
  });

  it('calls two UUIDs and a missing id no swap', () => {
    expect(clientShape(ID, ID, 'uuid').swapped).toBe(false);
    expect(clientShape(undefined, ID, 'uuid').swapped).toBe(false);
  });
});

describe('the shape of a header', () => {
  const pair = { id: ID, secret: 'p+ss:w%rd' };
  const good = base64(`${pair.id}:${pair.secret}`);
  it.each([
    ['nothing', undefined, { kind: 'absent' }],
    [
      'right',
      `Basic ${good}`,
      {
        kind: 'basic',
        base64: 'standard',
        colon: true,
        idMatches: true,
        secretMatches: true,
        decoded: { id: ID },
      },
    ],
    ['with its name', `Authorization: Basic ${good}`, { kind: 'basic', base64: 'standard' }],
    [
      'form-encoded',
      `Basic ${base64(`${ID}:${formEncode(pair.secret)}`)}`,
      { idMatches: true, secretMatches: true },
    ],
    ['of another pair', `Basic ${base64('someone:else')}`, { idMatches: false, secretMatches: false }],
    ['lower case', `basic ${good}`, { kind: 'basic', scheme: 'basic' }],
    ['no colon', `Basic ${base64('justtheid')}`, { base64: 'standard', colon: false }],
    ['url-safe', `Basic ${Buffer.from('>>>???:~~~~').toString('base64url')}`, { base64: 'url-safe' }],
    ['unpadded', `Basic ${base64('abcd:efgh').replace(/=+$/, '')}`, { kind: 'basic' }],
    ['wrapped', `Basic ${good.slice(0, 20)}\n${good.slice(20)}`, { base64: 'wrapped', idMatches: true }],
    ['not encoded', 'Basic abc:def!', { base64: 'invalid', foreign: [':', 'another character'] }],
    ['typographic quotes', `Basic “${good}”`, { base64: 'invalid', foreign: ['“', '”'] }],
    ['only the scheme', 'Basic', { base64: 'empty' }],
    [
      'Latin-1',
      `Basic ${Buffer.from('user:pässword', 'latin1').toString('base64')}`,
      { base64: 'standard', colon: true },
    ],
    ['masked', 'Basic ****', { kind: 'masked', scheme: 'Basic' }],
    ['described', 'Basic <base64(id:secret)>', { kind: 'masked', scheme: 'Basic' }],
    ['no scheme, encoded', good, { kind: 'bare', looksLike: 'base64-pair' }],
    ['no scheme, plain', 'abc:def', { kind: 'bare', looksLike: 'pair' }],
    ['no scheme, token', 'abcdefghijklmnopqrstuvwxyz0123', { kind: 'bare', looksLike: 'token' }],
    ['bearer', 'Bearer abc.def-123', { kind: 'bearer', token: 'well-formed' }],
    ['bearer null', 'Bearer null', { kind: 'bearer', token: 'literal', literal: 'null' }],
    ['bearer twice', 'Bearer Bearer abc', { kind: 'bearer', token: 'malformed' }],
    ['bearer without its blank', 'BearereyJhbGciOiJSUzI1NiJ9', { kind: 'bearer', token: 'malformed' }],
    ['bearer with a colon', 'Bearer: abc.def-123', { kind: 'bearer', token: 'malformed' }],
    ['bearer twice in one line', 'Bearer abc, Bearer def', { kind: 'bearer', token: 'malformed' }],
    ['bearer in quotes', 'Bearer "abc1234"', { kind: 'bearer', token: 'malformed' }],
    ['a word more than Bearer', 'BearerToken abc.def', { kind: 'unrecognised', scheme: 'BearerToken' }],
    ['a known scheme', 'Digest username="x"', { kind: 'unrecognised', scheme: 'Digest' }],
    ['two words of a secret', 'hunter two', { kind: 'bare', looksLike: 'other' }],
  ] as const)('%s', (_, header, expected) =>
    expect(authorizationShape(header, pair)).toMatchObject(expected),
  );
});

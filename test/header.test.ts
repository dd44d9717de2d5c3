import { describe, expect, it } from 'vitest';
import { checks } from '../src/checks/header/index.ts';
import { authorizationShape, type Scene } from '../src/core/index.ts';
import { apiExchange, json, look, plain, sceneOf, SECRET, seen, tokenExchange, UUID } from './scenes.ts';

const PAIR = Buffer.from(`${UUID}:${SECRET}?>`).toString('base64');
const URL_SAFE = PAIR.replaceAll('+', '-')
  .replaceAll('/', '_')
  .replace(/[^A-Za-z0-9+/=_-]/g, '');
const given = (header: string): Scene => sceneOf({ authorization: authorizationShape(header) });

describe('a given header', () => {
  it.each<[string, string, string[]]>([
    ['a good one', `Basic ${PAIR}`, []],
    ['with the name of the field', `Authorization: Basic ${PAIR}`, []],
    ['the scheme in another case', `basic ${PAIR}`, []],
    ['base64 alone', PAIR, ['header/missing-scheme']],
    ['the plain pair alone', `${UUID}:${SECRET}`, ['header/missing-scheme']],
    ['the plain pair behind Basic', `Basic ${UUID}:${SECRET}`, ['header/bad-base64']],
    ['wrapped', `Basic ${PAIR.slice(0, 76)}\n${PAIR.slice(76)}`, ['header/bad-base64']],
    [
      'without padding',
      `Basic ${Buffer.from('nightly:abcd').toString('base64').replace(/=+$/, '')}x`,
      ['header/bad-base64'],
    ],
    [
      'URL-safe',
      `Basic ${Buffer.from('nightly:\u00fb\u00ff\u00fe?>').toString('base64url')}`,
      ['header/bad-base64'],
    ],
    ['without a colon', `Basic ${Buffer.from('kX8vP2nR5tW9').toString('base64')}`, ['header/bad-base64']],
    ['nothing behind Basic', 'Basic ', ['header/bad-base64']],
    ['Bearer', 'Bearer kX8vP2nR5tW9yB3eH6mQ', ['header/wrong-scheme']],
    ['a word that is no scheme of ours', `Token ${PAIR}`, ['header/wrong-scheme']],
    ['a stand-in that would be sent', 'Basic <base64(client_id:client_secret)>', ['header/bad-base64']],
    ['a template that would be sent', 'Basic #{encoded}', ['header/bad-base64']],
  ])('%s', (_, header, codes) => {
    expect(seen(checks, given(header))).toEqual(codes);
  });

  it('is sure only of what no decoder forgives', () => {
    expect(look(checks, 'header/bad-base64', given(`Basic ${UUID}:${SECRET}`))).toMatchObject([
      { sufficient: true },
    ]);
    const forgiven = given(`Basic ${Buffer.from('nightly:\u00fb\u00ff\u00fe?>').toString('base64url')}`);
    expect(look(checks, 'header/bad-base64', forgiven)).toMatchObject([
      { sufficient: false, certainty: 'proved' },
    ]);
    expect(URL_SAFE).not.toBe('');
  });

  it('names characters outside the alphabet only where they are no part of a value', () => {
    const sighting = look(checks, 'header/bad-base64', given(`Basic ${UUID}:${SECRET}`))[0];
    expect(JSON.stringify(sighting)).not.toContain(SECRET.slice(0, 6));
  });
});

describe('the header of a token request', () => {
  it('Bearer at the token endpoint is the wrong scheme, and at the API it is right', () => {
    const bearer = { authorization: authorizationShape('Bearer kX8vP2nR5tW9yB3eH6mQ') };
    expect(seen(checks, sceneOf({ exchanges: [tokenExchange(json(401, {}), bearer)] }))).toEqual([
      'header/wrong-scheme',
    ]);
    expect(seen(checks, sceneOf({ exchanges: [apiExchange(json(401, {}))] }))).toEqual([]);
    const pasted = sceneOf({ ...bearer, exchanges: [apiExchange(json(401, {}))] }, { mode: 'everything' });
    expect(seen(checks, pasted)).toEqual([]);
  });

  it('credentials in header and body are there twice; the id alone may be', () => {
    const body = (secret: boolean) => ({ bodyCredentials: { id: true, secret } });
    expect(seen(checks, sceneOf({ exchanges: [tokenExchange(json(400, {}), body(true))] }))).toEqual([
      'header/duplicate-credentials',
    ]);
    expect(seen(checks, sceneOf({ exchanges: [tokenExchange(json(400, {}), body(false))] }))).toEqual([]);
  });

  it.each([
    ['is twice by the words of the server', 'everything', 1],
    ['is not, where it was sent by ourselves and in one place', 'climb', 0],
  ] as const)('%s', (_, mode, count) => {
    const words = {
      error: 'invalid_request',
      error_description: 'client authentication must only be provided using one mechanism',
    };
    const sightings = look(
      checks,
      'header/duplicate-credentials',
      sceneOf({ exchanges: [tokenExchange(json(400, words))] }, { mode }),
    );
    expect(sightings).toHaveLength(count);
    for (const sighting of sightings)
      expect(sighting).toMatchObject({ certainty: 'proved', sufficient: true, explains: ['token'] });
  });

  it('says nothing of a header that is not shown', () => {
    expect(
      seen(
        checks,
        sceneOf({
          exchanges: [{ ...tokenExchange(plain(401, '')), request: { authorization: { kind: 'absent' } } }],
        }),
      ),
    ).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { checks } from '../src/checks/credential/index.ts';
import {
  authorizationShape,
  clientShape,
  shapeOf,
  type AuthorizationShape,
  type Evidence,
  type Scene,
} from '../src/core/index.ts';
import { generic } from '../src/providers/generic.ts';
import { genesysCloud } from '../src/providers/genesys-cloud.ts';
import { basicOf, json, look, sceneOf, SECRET, seen, tokenExchange, UUID } from './scenes.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const genesys = (id: string | undefined, secret: string | undefined, more: Partial<Evidence> = {}): Scene =>
  sceneOf(
    { client: clientShape(id, secret, 'uuid', 'WHY403_CLIENT_ID and WHY403_CLIENT_SECRET'), ...more },
    { profile: genesysCloud },
  );
const other = (secret: string, more: Partial<Evidence> = {}): Scene =>
  sceneOf({ client: clientShape('nightly', secret, 'any'), ...more });

describe('the first that fits', () => {
  it.each<[string, string | undefined, string | undefined, string[]]>([
    ['a good pair', UUID, SECRET, []],
    ['no secret', UUID, undefined, ['credential/missing']],
    ['an empty id', '', SECRET, ['credential/missing']],
    ['an id that was cut', UUID.slice(0, -1), SECRET, ['credential/mangled']],
    ['an id of another kind', 'reporting-job-7', SECRET, ['credential/mangled']],
    ['neither', undefined, undefined, ['credential/missing']],
    ['exchanged', SECRET, UUID, ['credential/swapped']],
    ['base64 of this pair as the secret', UUID, base64(`${UUID}:${SECRET}`), ['credential/already-encoded']],
    ['base64 of another pair', UUID, base64('somebody:something-else'), ['credential/already-encoded']],
    ['the words of an example', 'your_client_id', 'your_client_secret', ['credential/placeholder']],
    ['an example in quotes', UUID, '"<CLIENT_SECRET>"', ['credential/placeholder']],
    ['kept quotes', UUID, `'${SECRET}'`, ['credential/mangled']],
    ['an id in braces', `{${UUID}}`, SECRET, ['credential/mangled']],
    ['an id in angle brackets', `<${UUID}>`, SECRET, ['credential/mangled']],
    ['the nil UUID in braces', '{00000000-0000-0000-0000-000000000000}', SECRET, ['credential/placeholder']],
    ['$NAME', UUID, '$CLIENT_SECRET', ['credential/mangled']],
    ['${NAME}', UUID, '${CLIENT_SECRET}', ['credential/mangled']],
    ['%NAME%', UUID, '%CLIENT_SECRET%', ['credential/mangled']],
    ['CRLF', UUID, `${SECRET}\r`, ['credential/mangled']],
    ['a blank in front', UUID, ` ${SECRET}`, ['credential/whitespace']],
    ['a tab behind the id', `${UUID}\t`, SECRET, ['credential/whitespace']],
    ['a line break of echo', UUID, `${SECRET}\n`, ['credential/whitespace']],
    ['typographic quotes', UUID, `\u201c${SECRET}\u201d`, ['credential/non-ascii']],
    ['a no-break space at the end', UUID, `${SECRET}\u00a0`, ['credential/non-ascii']],
    ['a byte order mark', `\ufeff${UUID}`, SECRET, ['credential/non-ascii']],
    [
      'both halves deformed, each its own way',
      `${UUID} `,
      `"${SECRET}"`,
      ['credential/mangled', 'credential/whitespace'],
    ],
  ])('%s', (_, id, secret, codes) => {
    expect(seen(checks, genesys(id, secret)).sort()).toEqual(codes);
  });

  it('tells to take away the brackets around an id', () => {
    const scene = genesys(`{${UUID}}`, SECRET);
    const check = checks.find(({ code }) => code === 'credential/mangled')!;
    const [sighting] = check.look(scene);
    expect(check.cause(sighting!.facts, scene)).toMatch(/brackets stand around it/);
    expect(check.fix(sighting!.facts, scene)[0]?.action).toMatch(/^Take the brackets away/);
  });

  it('blocks and is sure where the form rules the value out', () => {
    const [sighting] = look(checks, 'credential/whitespace', genesys(UUID, `${SECRET} `));
    expect(sighting).toMatchObject({
      certainty: 'proved',
      sufficient: true,
      severity: 'error',
      blocks: true,
    });
  });

  it('warns and lets the server decide where any form is possible', () => {
    const [sighting] = look(checks, 'credential/whitespace', other(`${SECRET} `));
    expect(sighting).toMatchObject({ sufficient: false, severity: 'warning', blocks: false });
  });

  it('an empty header that stands for the pair is missing too, and blocks', () => {
    const scene = sceneOf({ authorization: authorizationShape('\n'.trim()) }, { profile: genesysCloud });
    const check = checks.find(({ code }) => code === 'credential/missing')!;
    const [sighting, ...others] = check.look(scene);
    expect([sighting, others]).toMatchObject([{ certainty: 'proved', sufficient: true }, []]);
    expect(check.cause(sighting!.facts, scene)).toMatch(/^The Authorization header .* is empty/);
    expect(check.fix(sighting!.facts, scene)[0]?.action).toMatch(/--authorization-file/);
  });

  it('a missing half always blocks', () => {
    expect(look(checks, 'credential/missing', other(''))).toMatchObject([
      { certainty: 'proved', sufficient: true },
    ]);
  });

  it('asks for no client where a header or a ready token is given', () => {
    expect(seen(checks, sceneOf({ authorization: basicOf('nightly', SECRET) }))).toEqual([]);
    expect(seen(checks, sceneOf({ settings: { readyToken: true } }))).toEqual([]);
  });
});

describe('form-encoding', () => {
  it('is a warning where this program encodes', () => {
    expect(look(checks, 'credential/needs-form-encoding', other('a+b c'))).toMatchObject([
      { severity: 'warning', explains: [] },
    ]);
  });

  it('does not matter in the body, and not at Genesys Cloud', () => {
    expect(seen(checks, other('a+b c', { settings: { clientAuth: 'post' } }))).toEqual([]);
    expect(seen(checks, genesys(UUID, 'a+b'))).toEqual([]);
  });

  it('explains a refusal where a given header holds it raw', () => {
    const scene = sceneOf({
      authorization: basicOf('nightly', 'a+b'),
      exchanges: [tokenExchange(json(401, { error: 'invalid_client' }))],
    });
    expect(look(checks, 'credential/needs-form-encoding', scene)).toMatchObject([{ explains: ['token'] }]);
  });

  it('a refused encoded pair may be one that the server does not decode', () => {
    const refused = { exchanges: [tokenExchange(json(401, { error: 'invalid_client' }))] };
    expect(look(checks, 'credential/over-encoded', other('a+b', refused))).toMatchObject([
      { certainty: 'suspected', explains: ['token'] },
    ]);
    expect(look(checks, 'credential/over-encoded', other('ab', refused))).toEqual([]);
  });

  it('sees a value that was encoded before it was stored', () => {
    expect(look(checks, 'credential/over-encoded', other('a%2Bb%20c'))).toMatchObject([
      { certainty: 'suspected' },
    ]);
  });
});

describe('a header that was given', () => {
  const given = (header: string): Scene =>
    genesys(UUID, SECRET, { authorization: authorizationShape(header, { id: UUID, secret: SECRET }) });

  it('is silent where it holds the configured pair', () => {
    expect(seen(checks, given(`Basic ${base64(`${UUID}:${SECRET}`)}`))).toEqual([]);
  });

  it('is judged by what it decodes to', () => {
    expect(seen(checks, given(`Basic ${base64(`${UUID}:${SECRET}\n`)}`))).toEqual(['credential/whitespace']);
  });

  it('is mangled where it holds another value that has no other defect, and the server decides', () => {
    const [sighting, ...others] = look(
      checks,
      'credential/mangled',
      given(`Basic ${base64(`${UUID}:${SECRET.slice(1)}`)}`),
    );
    expect(others).toEqual([]);
    expect(sighting).toMatchObject({ certainty: 'suspected', blocks: false });
  });
});

describe('a paste', () => {
  const refused = json(401, { error: 'invalid_client' });
  const pasted = (more: Partial<Evidence>): Scene => sceneOf(more, { mode: 'everything', profile: generic });

  it('a mask is a note that explains nothing', () => {
    const scene = pasted({ client: clientShape('xxxx', '****', 'any'), exchanges: [tokenExchange(refused)] });
    expect(look(checks, 'credential/placeholder', scene)).toMatchObject([
      { severity: 'note', certainty: 'suspected', explains: [], facts: { which: 'id and secret' } },
    ]);
    expect(seen(checks, scene)).toEqual(['credential/placeholder']);
  });

  it('a mask in code that ran may be what was sent', () => {
    const scene = pasted({
      said: [{ where: 'code', key: 'client_secret', shape: shapeOf('your_client_secret') }],
      exchanges: [tokenExchange(refused, { authorization: { kind: 'masked' } })],
    });
    expect(look(checks, 'credential/placeholder', scene)).toMatchObject([
      { severity: 'note', explains: ['token'] },
    ]);
  });

  it('config that shows a shape is judged by its key', () => {
    const scene = pasted({
      said: [
        { where: 'config', key: 'oauth.clientSecret', shape: shapeOf('abcdefgh ') },
        { where: 'config', key: 'greeting', shape: shapeOf('hello ') },
      ],
    });
    expect(look(checks, 'credential/whitespace', scene)).toMatchObject([{ facts: { which: 'secret' } }]);
  });

  it('shows nothing missing where it just does not show the client', () => {
    const hidden = (authorization: AuthorizationShape) =>
      seen(checks, pasted({ exchanges: [tokenExchange(refused, { authorization })] }));
    expect(hidden({ kind: 'masked', scheme: 'Basic', built: true })).toEqual([]);
    expect(hidden({ kind: 'masked', scheme: 'Bearer' })).toEqual([]);
    expect(hidden({ kind: 'masked', scheme: 'Basic' })).toEqual(['credential/placeholder']);
  });

  it('a request without any credentials may be the cause', () => {
    const scene = pasted({ exchanges: [tokenExchange(refused, { authorization: { kind: 'absent' } })] });
    expect(look(checks, 'credential/missing', scene)).toMatchObject([
      { certainty: 'suspected', explains: ['token'] },
    ]);
  });
});

it('never shows a part of the value', () => {
  for (const secret of [
    `"${SECRET}"`,
    `${SECRET} `,
    `\u201c${SECRET}`,
    base64(`${UUID}:${SECRET}`),
    `${SECRET}%20`,
  ]) {
    const scene = genesys(UUID, secret);
    const texts = checks.flatMap((check) =>
      check
        .look(scene)
        .flatMap((s) => [
          JSON.stringify(s),
          check.cause(s.facts, scene),
          JSON.stringify(check.fix(s.facts, scene)),
        ]),
    );
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.join('\n')).not.toContain(SECRET.slice(0, 8));
  }
});

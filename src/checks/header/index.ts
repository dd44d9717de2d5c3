/** Is the Basic header one that RFC 7617 can read? Judges a given header and those of the token requests. */
import {
  defineCheck,
  type AuthorizationShape,
  type Check,
  type Facts,
  type FixStep,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { sentAsTheClient } from '../basic-call.ts';
import { proof } from '../proof.ts';
import { ownFirst } from '../own-first.ts';
import { ledBy } from '../readings.ts';
import { defectOf, foreignScheme, headers, mayBeEncodedYet, point, standInSent } from './places.ts';

const BASIC = {
  title: 'RFC 7617 §2: "Basic", a space, and the base64 of user-id:password',
  url: 'https://www.rfc-editor.org/rfc/rfc7617#section-2',
};
const BASE64 = {
  title: 'RFC 4648 §4: the standard base64 alphabet and its padding',
  url: 'https://www.rfc-editor.org/rfc/rfc4648#section-4',
};

/** curl builds the header by itself; a hand-built one is where these mistakes come from. */
const buildAnew = (scene: Scene): FixStep[] => [
  {
    who: 'you',
    action:
      'Build the header from the plain id and secret: "Basic", one space, and base64 of id:secret in the standard ' +
      'alphabet, with its padding and without a line break (printf, not echo; base64 -w0 on Linux).',
    command: `(umask 077; printf 'Basic %s' "$(printf '%s:%s' "$CLIENT_ID" "$CLIENT_SECRET" | base64 | tr -d '\\n')" > header.txt)`,
  },
  proof(scene, {
    shows: 'Or give id and secret instead of a header, and this program builds it:',
    instead: { 'authorization-file': undefined },
  }),
];

interface HeaderFacts extends Facts {
  readonly what: string;
  /** It is the header of a call, and not of the token request. */
  readonly call?: true;
}

const missingScheme = defineCheck<HeaderFacts>({
  code: 'header/missing-scheme',
  severity: 'error',
  blocks: true,
  title: 'The word "Basic " is missing before the value',
  page:
    'An Authorization header begins with a scheme and a space: "Basic " for id and secret. Here the value stands ' +
    'alone, so a server can only guess what it is, and does not. It is told from header/wrong-scheme by there being ' +
    'no scheme at all.',
  references: [BASIC],
  look: (scene) =>
    ownFirst(
      headers(scene).flatMap((place): Sighting<HeaderFacts>[] => {
        if (place.shape.kind !== 'bare') return [];
        const what = BARE[place.shape.looksLike];
        return [
          {
            facts: { what },
            certainty: 'proved',
            evidence: [point(place, `no scheme, only ${what}`)],
            explains: place.steps,
            sufficient: true,
            tell: 'Put "Basic " before it and send it again.',
          },
        ];
      }),
      'header/missing-scheme',
      scene,
      () => ({ what: 'a value' }),
    ),
  cause: ({ what }) =>
    `The Authorization header holds ${what} and no scheme before it. The server needs the word "Basic" and one space ` +
    'to know that an id and a secret follow.',
  fix: (_facts, scene) => [
    {
      who: 'you',
      action:
        'Write "Basic ", with the space, before the base64 value. If the value is not base64 yet, encode it first.',
    },
    ...buildAnew(scene),
  ],
});

const BARE = {
  'base64-pair': 'the base64 of an id:secret pair',
  token: 'what looks like a token',
  pair: 'a plain id:secret pair',
  other: 'a value',
} as const;

/** In a paste, `$TOKEN` and `$(…)` are what a shell replaces; whether one did is told by other signs. */
function replacedBeforeItIsSent(shape: AuthorizationShape, { mode }: Scene): boolean {
  return (
    mode === 'everything' &&
    shape.kind === 'basic' &&
    (shape.foreign?.some((sign) => sign === '$' || sign === '`') ?? false)
  );
}

const badBase64 = defineCheck<HeaderFacts>({
  code: 'header/bad-base64',
  severity: 'error',
  blocks: true,
  title: 'What follows "Basic" is not base64 of id:secret',
  page:
    'RFC 7617 wants the standard base64 alphabet (A to Z, a to z, 0 to 9, + and /), padded with = to a multiple of ' +
    'four, on one line, and a colon in what it decodes to. Common ways to miss it: base64 that wraps lines at 76 ' +
    'characters, the URL-safe alphabet (- and _), a value that lost its last character when it was copied, the plain ' +
    'id:secret, or the base64 of only one of the two. Some decoders forgive some of that, others answer 400, 401 or 500.',
  references: [BASIC, BASE64],
  look: (scene) =>
    ownFirst(
      headers(scene).flatMap((place): Sighting<HeaderFacts>[] => {
        const defect = defectOf(place.shape) ?? standInSent(place.shape, scene);
        if (!defect || replacedBeforeItIsSent(place.shape, scene)) return [];
        if (mayBeEncodedYet(place.shape, scene))
          return [
            {
              facts: { what: defect.what },
              certainty: 'suspected',
              evidence: [point(place, defect.what)],
              explains: place.steps,
              sufficient: false,
              likelihood: 0.6,
              tell: 'If this is a request file of an editor, the editor encodes the pair itself: look at what it sends.',
            },
          ];
        return [
          {
            facts: { what: defect.what },
            certainty: 'proved',
            evidence: [point(place, defect.what)],
            explains: place.steps,
            // Lenient servers read a value without padding and the URL-safe alphabet.
            sufficient: !defect.forgiven,
            ...(defect.forgiven && { likelihood: 0.75 }),
            tell: 'Build the header again from the plain id and secret, and send it once more.',
          },
        ];
      }),
      'header/bad-base64',
      scene,
      () => ({ what: 'the server could not read it' }),
    ),
  cause: ({ what }) =>
    `What follows "Basic " in the Authorization header cannot be read as base64 of id:secret: ${what}.`,
  fix: (_facts, scene) => buildAnew(scene),
});

const wrongScheme = defineCheck<HeaderFacts>({
  code: 'header/wrong-scheme',
  severity: 'error',
  blocks: true,
  title: 'The header has another scheme than the request needs',
  page:
    'A client shows its id and secret to the token endpoint with "Authorization: Basic …". "Bearer" carries a token, ' +
    'which is what the request is about to fetch; other words are not part of this. The usual reason is a header ' +
    'that was made for the API and is sent to the token endpoint as well. The other way round it is as wrong: the API ' +
    'wants the token behind "Bearer", and takes no id and secret.',
  references: [
    BASIC,
    {
      title: 'RFC 6749 §2.3: client authentication',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3',
    },
  ],
  look: (scene) =>
    ownFirst(
      headers(scene).flatMap((place): Sighting<HeaderFacts>[] => {
        const scheme = foreignScheme(place, scene);
        if (!scheme) return [];
        // Beside a mask the rest of the line may have been rewritten as well, and code is no request that was sent.
        const isSent = place.shape.kind !== 'masked';
        return [
          {
            facts: { what: scheme },
            certainty: isSent ? 'proved' : 'suspected',
            evidence: [point(place, `the scheme ${scheme}`)],
            explains: place.steps,
            sufficient: isSent && !place.exchange?.request.bodyCredentials?.secret,
            ...(!isSent && { likelihood: 0.85 }),
            tell: 'Send "Basic" with the base64 of id:secret instead.',
          },
        ];
      }),
      'header/wrong-scheme',
      scene,
      () => ({ what: 'another scheme' }),
    ).concat(atTheApi(scene)),
  cause: ({ what, call }) =>
    call
      ? `The call carries the header of a token request, ${what} with id and secret, and the API wants "Bearer" with a token.`
      : `The header for the token request has the scheme ${what}, and a client id with its secret goes with "Basic".`,
  fix: (_facts, scene) => [
    {
      who: 'you',
      action:
        'Send "Basic" to the token endpoint, and "Bearer" with the token that it answers to the API. Look for a ' +
        'default header (session, interceptor, HTTP client base options) that is added to every request.',
    },
    ...buildAnew(scene),
  ],
});

/** Id and secret where the token goes. */
function atTheApi(scene: Scene): Sighting<HeaderFacts>[] {
  const calls = sentAsTheClient(scene);
  if (calls.length === 0) return [];
  return [
    {
      facts: { what: '"Basic"', call: true },
      certainty: 'proved',
      evidence: calls.map((x) => ({
        at: `${x.step}: request.headers.authorization`,
        shows: 'a Basic header',
        ...(x.source && { source: x.source }),
      })),
      explains: calls.map((x) => x.step),
      // The same defect is endpoint/token-malformed, seen from the API.
      sufficient: false,
      likelihood: 0.9,
      tell: 'Fetch a token with this header, and send the token to the API behind "Bearer".',
    },
  ];
}

const duplicateCredentials = defineCheck<HeaderFacts>({
  code: 'header/duplicate-credentials',
  severity: 'error',
  blocks: false,
  title: 'Id and secret are sent in the header and in the body',
  page:
    'A client may use one way of authentication in a request (RFC 6749 §2.3). Sent twice, some servers take the one or ' +
    'the other, others refuse the request as invalid, even if both are right. The client id alone may stand in the ' +
    'body beside the header. It comes from libraries that add the header by themselves to a body that already has both.',
  references: [
    {
      title: 'RFC 6749 §2.3: not more than one method in a request',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3',
    },
  ],
  look: (scene) => {
    const twice = headers(scene).flatMap((place): Sighting<HeaderFacts>[] => {
      const { exchange, shape } = place;
      if (!exchange || shape.kind === 'absent' || !exchange.request.bodyCredentials?.secret) return [];
      return [
        {
          facts: { what: 'client_secret in the body, beside an Authorization header' },
          certainty: 'proved',
          evidence: [
            point(place, 'an Authorization header'),
            { at: `${place.at.split(':')[0]}: request.body`, shows: 'client_secret' },
          ],
          explains: place.steps,
          sufficient: false,
          likelihood: 0.6,
          tell: 'Leave one of the two out and send it again.',
        },
      ];
    });
    const said = ledBy('header/duplicate-credentials', scene).map((s) => ({
      ...s,
      facts: { what: 'the server counts more than one client authentication' },
    }));
    // The server's word makes sure what the request only shows.
    return said.length > 0 ? said : twice;
  },
  cause: ({ what }) =>
    `The token request authenticates the client twice: ${what}. RFC 6749 allows one way in a request, and servers may refuse both.`,
  fix: (_facts, scene) => [
    {
      who: 'you',
      action:
        'Keep the Authorization header and take client_secret (and client_id) out of the body. In a library, look for ' +
        'its setting for the client authentication method, and choose one.',
    },
    proof(scene),
  ],
});

export const checks: readonly Check[] = [missingScheme, badBase64, wrongScheme, duplicateCredentials];

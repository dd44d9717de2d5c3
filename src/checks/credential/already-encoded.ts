/** A value, or a whole pair, that went through base64 before it was put into a Basic header. */
import {
  answersTo,
  defineCheck,
  type AuthorizationShape,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { deformed, type CredentialFacts } from './sightings.ts';
import { certaintyNote, copyAnew, nameOf, proveOffline, subject } from './texts.ts';

const BASIC = {
  title: 'RFC 7617 §2: the Basic scheme',
  url: 'https://www.rfc-editor.org/rfc/rfc7617#section-2',
};

const TWICE = 'the header decodes to the base64 of an id:secret pair, so the pair was encoded twice';

export const alreadyEncoded = defineCheck<CredentialFacts>({
  code: 'credential/already-encoded',
  severity: 'error',
  blocks: true,
  title: 'The secret is already base64 of id:secret',
  page:
    'The value is what stands behind "Basic " in a finished header: the base64 of id, colon and secret. A client that ' +
    'builds the header itself encodes it a second time, and the server reads a secret that nobody issued. Encode ' +
    'once: give the plain id and secret here, and let the program build the header.',
  references: [BASIC],
  look: (scene) => [...deformed('already-encoded', scene), ...encodedTwice(scene)],
  cause: (facts, scene) =>
    facts.what === TWICE
      ? 'The Authorization header decodes to the base64 of an id:secret pair. The server decodes once, finds no colon ' +
        'and so neither an id nor a secret.'
      : `${subject(facts)} is not the plain value: ${facts.what}. The header that is built from it would be encoded ` +
        `twice.${certaintyNote(scene)}`,
  fix: (facts, scene) => [
    facts.what === TWICE
      ? {
          who: 'you',
          action:
            'Encode the plain id:secret once. Where the library builds the header, give it the plain pair.',
          where: 'where the header is built',
        }
      : copyAnew(
          facts,
          scene,
          `Put the plain ${nameOf(facts)} there, as issued, instead of its base64. If all you have is the finished ` +
            'header, give it as a header: --authorization-file.',
        ),
    proveOffline(scene),
  ],
});

/** The whole pair went through base64 twice; no server finds a colon in it (RFC 7617 §2). */
function encodedTwice({ evidence }: Scene): Sighting<CredentialFacts>[] {
  const isTwice = (shape?: AuthorizationShape): boolean => shape?.kind === 'basic' && shape.twice === true;
  const tokens = answersTo(evidence, 'token');
  const given = isTwice(evidence.authorization);
  const sent = given ? tokens : tokens.filter((x) => isTwice(x.request.authorization));
  if (!given && sent.length === 0) return [];
  const at = given ? 'authorization' : `${sent[0]?.step ?? 'token'}: request.authorization`;
  return [
    {
      facts: { which: 'id and secret', at, what: TWICE, from: 'header', masked: false },
      certainty: 'proved',
      evidence: [{ at, shows: TWICE }],
      explains: sent.map((x) => x.step),
      sufficient: true,
      likelihood: 0.96,
      why: `The client id and secret: ${TWICE}.`,
      tell: 'Encode the plain id:secret once, and send it again.',
    },
  ];
}

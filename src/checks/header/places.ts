/** Where an Authorization header is seen, and what is wrong with one. */
import {
  answersTo,
  visibleLine,
  type AuthorizationShape,
  type EvidencePoint,
  type Exchange,
  type Scene,
  type StepId,
} from '../../core/index.ts';

export interface HeaderPlace {
  readonly at: string;
  readonly shape: AuthorizationShape;
  readonly steps: readonly StepId[];
  readonly exchange?: Exchange;
}

/** A given header stands for those of the token requests that carry it. */
export function headers({ evidence }: Scene): HeaderPlace[] {
  const tokens = answersTo(evidence, 'token');
  const given = evidence.authorization;
  const own = given ? [{ at: 'authorization', shape: given, steps: tokens.map((x) => x.step) }] : [];
  const sent = tokens.map((x) => ({
    at: `${x.step}: request.authorization`,
    shape: x.request.authorization,
    steps: [x.step],
    exchange: x,
  }));
  return given && given.kind !== 'absent'
    ? [...own, ...sent.filter((p) => p.shape.kind !== given.kind)]
    : sent;
}

/** A place as a point of evidence. */
export function point(place: HeaderPlace, shows: string): EvidencePoint {
  const source = place.exchange?.source;
  return { at: place.at, shows, ...(source && { source }) };
}

/** What is wrong with the base64; undefined: nothing, or it is masked. */
export function defectOf(shape: AuthorizationShape): { what: string; forgiven: boolean } | undefined {
  if (shape.kind !== 'basic') return undefined;
  const foreign = shape.foreign?.slice(0, 5).map(visibleLine).join(' ');
  switch (shape.base64) {
    case 'invalid':
      return {
        what: foreign
          ? `it holds characters outside the alphabet (${foreign})`
          : 'its length or padding is impossible for base64',
        forgiven: false,
      };
    case 'url-safe':
      return { what: 'it is written in the URL-safe alphabet (- and _ instead of + and /)', forgiven: true };
    case 'wrapped':
      return { what: 'it is broken over several lines, as base64 does after 76 characters', forgiven: false };
    case 'unpadded':
      return {
        what: 'its length is no multiple of four: the padding (=) or the last characters are missing',
        forgiven: true,
      };
    case 'empty':
      return { what: 'nothing follows the scheme', forgiven: false };
    case 'standard':
      return shape.colon === false && !shape.twice
        ? {
            what: 'it decodes to a text without a colon, so id and secret cannot be told apart',
            forgiven: false,
          }
        : undefined;
  }
}

/** A header that is given to be sent hides nothing: what stands for the pair is sent as it stands. */
export function standInSent(shape: AuthorizationShape, { mode }: Scene): ReturnType<typeof defectOf> {
  if (mode !== 'climb' || shape.kind !== 'masked' || !/^basic$/i.test(shape.scheme ?? '')) return undefined;
  return { what: 'a template or example text stands there', forgiven: false };
}

/** A request file of an editor: requests between `###`, and variables behind `@`. */
const REQUEST_FILE =
  /^###[^\n]*\n+(?:#[^\n]*\n)?(?:GET|POST|PUT) |^@\w+ ?= ?\S|\w\.(?:http|rest)\b|\bREST Client\b/m;

/**
 * The pair in plain: the HTTP clients of VS Code and IntelliJ encode it themselves
 * (https://github.com/Huachao/vscode-restclient#basic-auth), as `id secret` or `id:secret`.
 */
export function mayBeEncodedYet(shape: AuthorizationShape, { mode, evidence }: Scene): boolean {
  if (mode !== 'everything' || shape.kind !== 'basic' || shape.base64 !== 'invalid') return false;
  const { foreign = [] } = shape;
  return foreign.includes(' ') || (foreign.includes(':') && REQUEST_FILE.test(evidence.paste ?? ''));
}

/** The scheme of a header for the token request, quoted, if it is none that carries id and secret. */
export function foreignScheme(
  { shape, exchange }: HeaderPlace,
  { evidence, mode }: Scene,
): string | undefined {
  const scheme = schemeOf(shape);
  if (scheme === undefined || /^basic$/i.test(scheme)) return undefined;
  if (!/^bearer$/i.test(scheme)) return `"${visibleLine(scheme)}"`;
  // A bare pasted Bearer header may belong to an API call; with a token request it does not.
  const forToken = exchange !== undefined || mode === 'climb' || answersTo(evidence, 'token').length > 0;
  const forApi = exchange === undefined && answersTo(evidence, 'endpoint').length > 0;
  return forToken && !forApi ? '"Bearer"' : undefined;
}

/** The first word of the header: a mask behind it does not hide it. */
function schemeOf(shape: AuthorizationShape): string | undefined {
  if (shape.kind === 'bearer') return 'Bearer';
  return shape.kind === 'unrecognised' || shape.kind === 'masked' ? shape.scheme : undefined;
}

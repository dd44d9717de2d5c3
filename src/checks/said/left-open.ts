/** What a defect that is there proves of a request that was seen, and leaves open where it was only pasted. */
import { bodyText, statusOf, type FindingCode, type Scene, type Sighting } from '../../core/index.ts';

/**
 * What an answer alone proves where the request is known leaves more open in a paste: a name that does not resolve or a
 * port that refuses may be those of a mistyped URL, another region or an unset variable; a 405 may come of a lost body,
 * a 404 of another tenant where the URL is not shown; and a body of JSON is read by some servers, so that an
 * invalid_request that names something else is about that.
 */
export function open(code: FindingCode, sighting: Sighting, scene: Scene): Sighting {
  if (!sighting.sufficient || !LEAVES_OPEN[code]?.(sighting, scene)) return sighting;
  return { ...sighting, sufficient: false };
}

type Doubt = (sighting: Sighting, scene: Scene) => boolean;

const LEAVES_OPEN: { readonly [code in FindingCode]?: Doubt } = {
  'connection/unreachable': () => true,
  // A blank within the base64 is where somebody's screen broke the line, more often than what was sent.
  'header/bad-base64': (_, { evidence }) =>
    [evidence.authorization, ...evidence.exchanges.map((x) => x.request.authorization)].some(
      (a) => a?.kind === 'basic' && (a.foreign?.every((c) => /\s/.test(c)) ?? false),
    ),
  // People cut a token short, and write a remark in its place.
  'endpoint/token-malformed': (s) =>
    typeof s.facts['what'] === 'string' && /white space|characters/.test(s.facts['what']),
  // What redirects does not issue tokens: there the sentence may be about the address that was asked.
  'grant/redirect-uri-mismatch': (s, { evidence }) =>
    evidence.exchanges.some(
      (x) =>
        s.explains.includes(x.step) && /(?:redirect|callback)[\w.]*(?:[?#]|$)/i.test(x.request.url ?? ''),
    ),
  'request/wrong-endpoint': (s, { evidence }) =>
    evidence.exchanges.some(
      (x) => s.explains.includes(x.step) && (statusOf(x) === 405 || x.request.url === undefined),
    ),
  'request/json-body': (s, { evidence }) =>
    evidence.exchanges.some((x) => {
      if (
        evidence.provider === 'generic' &&
        s.explains.includes(x.step) &&
        x.request.contentType === undefined
      )
        return true;
      const text = bodyText(x, 'error_description') ?? bodyText(x, 'message') ?? '';
      return (
        s.explains.includes(x.step) && text !== '' && !/grant|body|form|content|json|parameter/i.test(text)
      );
    }),
};

/**
 * People shorten and invent ids before they post: in a paste, an id that only lacks the provider's form (and shows no
 * quote, variable or line break) is likelier a stand-in than what was sent.
 */
export function softened(code: FindingCode, sighting: Sighting, { evidence }: Scene): Sighting {
  if (code !== 'credential/mangled' || !evidence.client) return sighting;
  const { idShape, secretShape } = evidence.client;
  const marks = [idShape, secretShape].some(
    (s) => s.quoted || s.carriageReturn || s.variable !== undefined || s.cutAt !== undefined,
  );
  if (marks) return sighting;
  return { ...sighting, certainty: 'suspected', severity: 'note', sufficient: false, likelihood: 0.02 };
}

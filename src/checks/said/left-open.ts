/** What a defect that is there proves of a request that was seen, and leaves open where it was only pasted. */
import {
  bodyText,
  statusOf,
  type Body,
  type Exchange,
  type FindingCode,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { foreignSigns, lookOf } from './rule.ts';

/** What speaks of the request, and not of a server that fails. */
const OF_THE_REQUEST =
  /(?<![a-z])(?:invalid|missing|expired|token|grant|client|scopes?|param\w*|limit\w*|quota|credentials?|api_?key|unauthori[sz]ed)(?![a-z])/i;
/** Where servers have their token endpoint; a 404 there may be about the tenant before it, or the method. */
const USUAL_PLACE =
  /\/(?:oauth2?|connect|oidc|openid-connect)(?:\/v\d[\w.]*)?\/(?:access_?)?token\/?(?:[?#]|$)/i;
/** The address is said to be the one that the server's own documentation names. */
const AS_DOCUMENTED =
  /\b(?:docs?|documentation|spec\w*|reference|manual|readme)\b[^\n.]{0,60}\b(?:has|have|says?|names?|lists?|shows?|gives?|calls?|describes?)\b|\b(?:as|like|which is|exactly as)\b[^\n.]{0,24}\b(?:documented|described|(?:in|by|per) the (?:docs?|documentation|spec\w*|manual))\b/i;

/**
 * What an answer alone proves where the request is known leaves more open in a paste: a name that does not resolve or a
 * port that refuses may be those of a mistyped URL, another region or an unset variable; a 405 may come of a lost body,
 * a 404 of another tenant where the URL is not shown; and a body of JSON is read by some servers, so that an
 * invalid_request that names something else is about that.
 */
export function open(code: FindingCode, sighting: Sighting, scene: Scene): Sighting {
  const doubt =
    sighting.sufficient && (LEAVES_OPEN[code]?.(sighting, scene) || isToldOtherwise(sighting, scene));
  if (doubt === false || doubt === undefined) return sighting;
  return { ...sighting, sufficient: false, ...(doubt !== true && { likelihood: doubt }) };
}

/** Whether there is a doubt; a number says how likely the cause still is, where another is likelier. */
type Doubt = (sighting: Sighting, scene: Scene) => boolean | number;

const LEAVES_OPEN: { readonly [code in FindingCode]?: Doubt } = {
  'connection/unreachable': () => true,
  // A server that fails over a request answers 5xx as well, and says what it did not like; one that is asked too often, too.
  'connection/outage': (s, scene) =>
    explained(s, scene).some(
      ({ outcome }) => outcome.kind === 'answered' && OF_THE_REQUEST.test(textIn(outcome.body)),
    ) || lookOf(scene).says(/\blimiting requests\b|\brate.?limit|\btoo many requests\b|\bthrottl/i),
  // One sentence for codes and refresh tokens; what was sent tells of which it is.
  'grant/refresh-token-invalid': (s, scene) =>
    (sentAsForm(s, scene) && 0.3) || (grantOf(s, scene) === 'authorization_code' && 0.2),
  'grant/code-invalid': (s, scene) =>
    (sentAsForm(s, scene) && 0.3) || (grantOf(s, scene) === 'refresh_token' && 0.2),
  // A blank within the base64 is where somebody's screen broke the line, more often than what was sent.
  'header/bad-base64': (_, { evidence }) =>
    foreignSigns(evidence).some((signs) => signs.every((sign) => /\s/.test(sign))),
  // People cut a token short, and write a remark in its place. And an API of somebody may take id and password.
  'endpoint/token-malformed': (s, { evidence }) =>
    typeof s.facts['what'] === 'string' &&
    (/white space|characters/.test(s.facts['what']) ||
      (evidence.provider === 'generic' && s.facts['what'].startsWith('is a Basic header'))),
  // What redirects does not issue tokens: there the sentence may be about the address that was asked.
  // A server that reads forms sees none of the parameters of a JSON body, and may name any of them.
  'grant/redirect-uri-mismatch': (s, scene) =>
    (explained(s, scene).some((x) => /json/i.test(x.request.contentType ?? '')) && 0.3) ||
    explained(s, scene).some((x) => /(?:redirect|callback)[\w.]*(?:[?#]|$)/i.test(x.request.url ?? '')),
  // A path without its host is half an address: the other half may be what is wrong, or the server's own routes.
  'request/wrong-endpoint': (s, scene) =>
    explained(s, scene).some(
      (x) =>
        statusOf(x) === 405 ||
        x.request.url === undefined ||
        !/^(?:https?:)?\/\/|^[\w-]+(?:\.[\w-]+)+(?::\d+)?\//i.test(x.request.url) ||
        USUAL_PLACE.test(x.request.url),
    ) || lookOf(scene).says(AS_DOCUMENTED),
  'request/json-body': (s, scene) =>
    explained(s, scene).some((x) => {
      const text = errorText(x);
      return (
        (scene.evidence.provider === 'generic' && x.request.contentType === undefined) ||
        (text !== '' && !/grant|body|form|content|json|parameter/i.test(text)) ||
        (!/grant/i.test(text) && showsNoClient(x))
      );
    }),
  // An invalid_request that names no parameter is as well about the others that are missing or cut off.
  'request/missing-grant-type': (s, scene) =>
    explained(s, scene).some(
      (x) =>
        !/grant/i.test(`${errorText(x)} ${bodyText(x, 'error') ?? ''}`) && (isCut(x) || showsNoClient(x)),
    ),
};

function errorText(exchange: Exchange): string {
  return bodyText(exchange, 'error_description') ?? bodyText(exchange, 'message') ?? '';
}

/** The request as it is shown proves no client: neither a header nor an id in the body. */
function showsNoClient({ request: { authorization, bodyCredentials, form } }: Exchange): boolean {
  return authorization.kind === 'absent' && !bodyCredentials?.id && form?.['client_id'] === undefined;
}

/** A parameter without a value, or three dots for one: the body is not shown to its end. */
function isCut({ request: { form = {} } }: Exchange): boolean {
  return Object.values(form).some((value) => value === '' || /^(?:\.{2,}|…)$/.test(value));
}

/** A body that a sentence quotes as expected, documented or past is not what comes now. */
const NOT_WHAT_COMES =
  /\b(?:docs?|documentation|expect\w*|assert\w*|mock\w*|unit tests?|before|earlier|previously|used to|now|not this|what one gets|would|with an? \w+ client)\b/i;
/** A line before the body that says whose it is; in the line of the body, too. */
const OF_SOMEBODY_ELSE =
  /\b(?:docs?|documentation|manual|reference|tutorial|guide) (?:says?|shows?|lists?|tells?|describes?|promises?|gives?|has|have)\b|\bI (?:know|am aware|understand) (?:that|of|about)\b/i;
/** What follows a refusal that was made good. */
const WENT_WELL = /\b(?:200|201|204) (?:OK|Created|No Content)\b|\btoken ok\b|\b(?:now|it) works\b/i;
/** What is said of a refusal that is over. */
const OVER =
  /\b(?:is|are|was|been|got) (?:now |since |already )?(?:fixed|solved|resolved|gone)\b|\bused to (?:say|be|get|give|answer)\b|\b(?:it|that|this) was[\s:"'(]{1,3}AADSTS/i;

/** The text around the answer speaks against its being the failure that is to be explained. */
function isToldOtherwise(sighting: Sighting, scene: Scene): boolean {
  const { paste = '' } = scene.evidence;
  return explained(sighting, scene).some(({ source }) => {
    if (!source) return false;
    const line = paste.slice(paste.lastIndexOf('\n', source.from) + 1, source.from);
    const [rest = ''] = paste.slice(source.to).split('\n', 1);
    const [before = ''] = paste.slice(0, source.from).split('\n').slice(-2);
    return (
      NOT_WHAT_COMES.test(`${line} … ${rest}`) ||
      OF_SOMEBODY_ELSE.test(`${before}\n${line}`) ||
      WENT_WELL.test(paste.slice(source.to)) ||
      OVER.test(paste.slice(Math.max(0, source.from - 40), source.to + 120))
    );
  });
}

function explained({ explains }: Sighting, { evidence }: Scene): Exchange[] {
  return evidence.exchanges.filter((x) => explains.includes(x.step));
}

/** The grant type of the request that was refused. */
function grantOf(sighting: Sighting, scene: Scene): string | undefined {
  return explained(sighting, scene).at(-1)?.request.form?.['grant_type'];
}

/** The code or token that was refused may not have arrived as it was written. */
function sentAsForm(sighting: Sighting, scene: Scene): boolean {
  return explained(sighting, scene).some((x) => x.request.rawPlus !== undefined);
}

function textIn(body: Body): string {
  if (body.kind === 'none') return '';
  return body.kind === 'json' ? JSON.stringify(body.value) : body.text;
}

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

/** What is shown to be in order: words that only hint at a defect have no say against it. */
import { statusOf, stepName, type Exchange, type FindingCode } from '../../core/index.ts';
import { readings } from '../readings.ts';
import { endedBefore } from './lacking.ts';
import type { Look } from './rule.ts';

type Test = (look: Look) => boolean;

/** Requests as they were sent: code and a command with a defect only tell what somebody meant to send. */
function sentTokenRequests({ token, codes, scene: { evidence } }: Look): readonly Exchange[] {
  const meant = evidence.said.some(
    (s) => s.where === 'code' || (s.where === 'command' && s.key === 'defect'),
  );
  if (meant || /[{(;]/.test(codes.replace(/\bcurl\b[^\n]*/g, ''))) return [];
  return token.filter(({ request: r }) => r.form !== undefined || r.authorization.kind !== 'absent');
}

const everyToken =
  (fits: (exchange: Exchange) => boolean): Test =>
  (look) => {
    const requests = sentTokenRequests(look);
    return requests.length > 0 && requests.every(fits);
  };

/** A mask is judged by nobody (contract, "People mask before they post"). */
const isReadableOrMasked = ({ request: { authorization: a } }: Exchange): boolean =>
  (a.kind === 'masked' && /^(?:basic)?$/i.test(a.scheme ?? '')) ||
  (a.kind === 'basic' && a.base64 === 'standard' && (a.colon !== false || a.twice === true));

const bodyHasClient = ({ request: { bodyCredentials, form } }: Exchange): boolean =>
  bodyCredentials?.secret === true || form?.['client_id'] !== undefined;

/** A table of PowerShell is sent as a form (Invoke-RestMethod, parameter -Body). */
const FORM_OF_POWERSHELL =
  /\bInvoke-(?:RestMethod|WebRequest)\b[^\n]{0,400}-Body\s+(?:@\{[^}\n]{0,300}\bgrant_type|\$\w)/i;

/** Genesys Cloud itself refuses a token with 401, so it was reached and trusted. */
const wasReached: Test = (look) =>
  look.scene.profile.access === 'roles' &&
  look.endpointStatus(401) &&
  look.scene.evidence.exchanges.every(({ outcome }) => outcome.kind !== 'unanswered');

/** Every call was let in, and no answer says in its body that it was refused. */
const allLetIn: Test = ({ endpoint, scene }) =>
  endpoint.length > 0 &&
  endpoint.every((x) => Math.floor((statusOf(x) ?? 0) / 100) === 2) &&
  readings(scene).length === 0;

/** The sign that makes the trouble is named, and it is one of ASCII; nothing else is shown. */
const NAMES_A_SIGN =
  /\b(?:contain\w*|ha(?:s|d|ve)|includ\w*|with|character|sign)\b[^\n.]{0,24}(?:\b(?:percent|plus|ampersand|dollar|equals?|slash|hash|colon|exclamation)\b|(?<![\w$])["'`(]?[%+&$#!=/:;]["'`),]?(?=\s|$))/im;
const namesAnAsciiSign: Test = (look) =>
  look.says(NAMES_A_SIGN) &&
  !look.says(/[^\x00-\x7f•…–—’‘“”]|\bascii|\bunicode|\butf-?8|\bumlauts?\b|\baccent|\blatin/i);

/** By the cause: whether what is shown of the request rules it out. */
const IN_ORDER: { readonly [code in FindingCode]?: Test } = {
  'credential/missing': (look) =>
    look.tokenRefused() &&
    [look.scene.evidence.client?.idShape, look.scene.evidence.client?.secretShape].every(
      (shape) =>
        shape !== undefined &&
        shape.length > 0 &&
        shape.nothing !== true &&
        shape.looksLike !== 'placeholder',
    ),
  'credential/non-ascii': namesAnAsciiSign,
  'connection/unreachable': wasReached,
  'connection/tls-or-proxy': wasReached,
  'header/bad-base64': everyToken(isReadableOrMasked),
  'header/missing-scheme': everyToken(isReadableOrMasked),
  'header/wrong-scheme': everyToken(isReadableOrMasked),
  'header/duplicate-credentials': (look) =>
    look.token.some((x) => ['basic', 'masked'].includes(x.request.authorization.kind)) &&
    !look.token.some(bodyHasClient) &&
    !/\bclient_?(?:id|secret)["']?\s{0,3}[:=]/i.test(look.codes),
  // Genesys Cloud takes the pair in the header and in the body (docs of its login server).
  'client/auth-method-mismatch': (look) =>
    look.scene.profile.access === 'roles' &&
    look.token.some((x) => (x.request.authorization.kind === 'basic') !== bodyHasClient(x)),
  // Genesys Cloud reads it in the query, too.
  'request/missing-grant-type': (look) =>
    (look.scene.profile.access === 'roles' && (look.form('grant_type') ?? '') !== '') ||
    (FORM_OF_POWERSHELL.test(look.context) &&
      /grant_type/.test(look.context) &&
      !/ConvertTo-Json/i.test(look.context)) ||
    everyToken(
      ({ request: { form, bodyForm, url = '' } }) =>
        bodyForm === 'form' && (form?.['grant_type'] ?? '') !== '' && !/[?&]grant_type=/.test(url),
    )(look),
  'connection/clock-skew': endedBefore,
  'request/json-body': everyToken(({ request }) => request.bodyForm === 'form'),
  // Without a right a call is refused; a list that is let in comes back with fewer rows.
  'endpoint/missing-division': allLetIn,
  'endpoint/missing-permission': allLetIn,
  'endpoint/user-context': allLetIn,
  'endpoint/token-malformed': (look) => {
    const calls = look.endpoint.filter((x) => stepName(x.step) === 'endpoint');
    return (
      calls.length > 0 &&
      calls.every(({ request: { authorization: a } }) => a.kind === 'bearer' && a.token === 'well-formed')
    );
  },
};

/** What is shown of the request has not this defect. */
export function isSeenOtherwise(code: FindingCode, look: Look): boolean {
  return IN_ORDER[code]?.(look) ?? false;
}

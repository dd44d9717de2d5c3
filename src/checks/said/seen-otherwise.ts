/** What is shown to be in order: words that only hint at a defect have no say against it. */
import { stepName, type Exchange, type FindingCode } from '../../core/index.ts';
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

const isReadableBasic = ({ request: { authorization: a } }: Exchange): boolean =>
  a.kind === 'basic' && a.base64 === 'standard' && a.colon !== false;

/** By the cause: whether what is shown of the request rules it out. */
const IN_ORDER: { readonly [code in FindingCode]?: Test } = {
  'credential/missing': (look) =>
    look.tokenRefused() &&
    [look.scene.evidence.client?.idShape, look.scene.evidence.client?.secretShape].every(
      (shape) => shape !== undefined && shape.length > 0 && shape.nothing !== true,
    ),
  'header/bad-base64': everyToken(isReadableBasic),
  'header/missing-scheme': everyToken(isReadableBasic),
  'header/wrong-scheme': everyToken(isReadableBasic),
  'header/duplicate-credentials': everyToken(
    ({ request: { authorization, bodyCredentials, form } }) =>
      authorization.kind === 'basic' && !bodyCredentials?.secret && form?.['client_id'] === undefined,
  ),
  'request/missing-grant-type': everyToken(
    ({ request: { form, bodyForm, url = '' } }) =>
      bodyForm === 'form' && (form?.['grant_type'] ?? '') !== '' && !/[?&]grant_type=/.test(url),
  ),
  'request/json-body': everyToken(({ request }) => request.bodyForm === 'form'),
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

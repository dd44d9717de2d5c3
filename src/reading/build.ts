/** From what was shown to evidence: the one place where parts become exchanges, facts and shapes. */
import {
  authorizationShape,
  clientShape,
  type AuthorizationShape,
  type Evidence,
  type Exchange,
  type Instant,
  type Outcome,
  type ProviderProfile,
  type StepId,
  isTokenUrl,
  pathOf,
} from '../core/index.ts';
import { outcomeOf } from './answers.ts';
import { pairOf } from './client-pair.ts';
import { codeFacts, type CodeFacts } from './code.ts';
import { curlCommand, type CurlCommand } from './curl.ts';
import { detectProvider } from './detect.ts';
import { endsOfList } from './ends.ts';
import { masked } from './mask.ts';
import type { Piece } from './piece.ts';
import { ofCode, ofCurl, ofShown, unquoted, type ReadRequest } from './requests.ts';
import { hashed, MOST, saidOf, spanOf } from './said.ts';
import type { Shown, ShownResponse } from './shown.ts';
import { issuedInProse, issuedNow } from './prose.ts';
import { variablesIn, withVariables } from './variables.ts';

interface Call extends ReadRequest {
  readonly source?: { readonly from: number; readonly to: number };
}

const NOT_SHOWN: Outcome = { kind: 'not-shown' };

/** @param at when it was read; the room has no clock */
export function evidenceOf(shown: Shown, profiles: readonly ProviderProfile[], at: Instant): Evidence {
  const variables = variablesIn(shown.document);
  const provider = detectProvider(shown.provider, withVariables(shown.document, variables), profiles);
  const codes = codePieces(shown)
    .slice(0, MOST)
    .map((piece) => ({ piece, facts: codeFacts(withVariables(piece.text, variables)) }));
  const calls = callsOf(shown, codes, variables);
  const tokenCalls = calls.filter((call) => isTokenCall(call));
  const apiCalls = calls.filter(
    (call) =>
      !isTokenCall(call) && (call.request.url !== undefined || call.request.authorization.kind !== 'absent'),
  );
  const tokens = exchangesOf('token', tokenCalls, shown.tokenResponses, shown);
  const api = exchangesOf('endpoint', apiCalls, shown.apiResponses, shown);
  const exchanges = endsWithToken(shown, tokens) ? [...api, ...tokens] : [...tokens, ...api];
  const idForm = profiles.find((p) => p.id === provider)?.credential.idForm ?? 'any';
  const pair = pairOf(shown, calls, codes);
  const authorization = headerOf(shown);
  return {
    schema: 1,
    provider,
    capturedAt: at,
    settings: settingsOf(exchanges),
    ...(pair && { client: clientShape(pair.id, pair.secret, idForm, pair.source, pair.cutAt) }),
    ...(authorization && { authorization }),
    needs: needsOf(exchanges),
    exchanges,
    said: [...saidOf(shown, codes, exchanges), ...hashed(pair?.secret)],
    paste: masked(shown.document),
  };
}

/**
 * A call comes after its token, so answers stand in that order, but where the text itself shows that a token was
 * refused below the calls: then that is what fails now.
 */
function endsWithToken({ tokenResponses, apiResponses }: Shown, tokens: readonly Exchange[]): boolean {
  const { place } = tokenResponses.at(-1) ?? {};
  const last = tokens.findLast(({ outcome }) => outcome.kind !== 'not-shown');
  if (place === undefined || last === undefined || hasToken(last)) return false;
  return apiResponses.every((response) => (response.place ?? Infinity) < place);
}

/** Each endpoint that is called, once. */
function needsOf(exchanges: readonly Exchange[]): Evidence['needs'] {
  const called = exchanges.filter((x) => x.step.startsWith('endpoint') && x.subject !== undefined);
  return [...new Map(called.map((x) => [x.subject, x])).values()].map(({ request }) => ({
    method: request.method ?? 'GET',
    path: request.url ?? '',
  }));
}

function isTokenCall({ request }: Call): boolean {
  return (request.url !== undefined && isTokenUrl(request.url)) || request.form?.grant_type !== undefined;
}

function callsOf(
  shown: Shown,
  codes: readonly { piece: Piece; facts: CodeFacts }[],
  variables: ReadonlyMap<string, string>,
): Call[] {
  const commands = shown.commands
    .slice(0, MOST)
    .map((piece) => ({ ...ofCurl(placed(curlCommand(piece), variables)), source: spanOf(piece) }));
  const stated = [shown.tokenRequest, shown.apiRequest].flatMap((request) =>
    request ? [ofShown(request)] : [],
  );
  const coded = codes
    .filter(({ facts }) => facts.tokenUrl !== undefined || facts.form.grant_type !== undefined)
    .slice(0, MOST)
    .map(({ piece, facts }) => ({ ...ofCode(facts), source: spanOf(piece) }));
  const others = [...commands, ...coded];
  return [...stated.map(asToken(shown)).filter((call) => !isShownBetter(call, others)), ...others];
}

function placed(command: CurlCommand, variables: ReadonlyMap<string, string>): CurlCommand {
  return command.url === undefined ? command : { ...command, url: withVariables(command.url, variables) };
}

/** A sentence names only the path of a request that a command or code shows whole. */
function isShownBetter({ request }: Call, others: readonly Call[]): boolean {
  const { url, form, bodyForm, contentType, authorization } = request;
  if (url === undefined || form || bodyForm || contentType || authorization.kind !== 'absent') return false;
  return others.some((other) => pathOf(other.request.url ?? '') === pathOf(url));
}

/** A statement's token request is one whatever its URL looks like. */
function asToken(shown: Shown): (call: ReadRequest, index: number) => Call {
  return (call, index) => {
    const isToken = shown.tokenRequest !== undefined && index === 0;
    if (!isToken || isTokenCall(call)) return call;
    return {
      ...call,
      request: {
        ...call.request,
        form: { ...call.request.form, grant_type: call.request.form?.grant_type ?? '' },
      },
    };
  };
}

function exchangesOf(
  name: 'token' | 'endpoint',
  calls: readonly Call[],
  responses: readonly ShownResponse[],
  shown: Shown,
): Exchange[] {
  const out: Exchange[] = [];
  const [first] = calls;
  const answered: Call[] = [];
  const step = (): StepId => (out.length === 0 ? name : `${name}/${out.length + 1}`);
  for (const response of endsOfList(responses, MOST)) {
    const call = askedBy(response, calls) ?? first;
    if (call) answered.push(call);
    out.push(exchange(step(), call, withHeader(name, shown), outcomeOf(response, name), response.body));
  }
  if (responses.length === 0 && first) {
    answered.push(first);
    out.push(exchange(step(), first, undefined, NOT_SHOWN));
  }
  const rest = distinct(calls, answered);
  // A token that the same credentials get elsewhere does not make good a refusal that is shown.
  const refusedHere = responses.length > 0 && shown.apiResponses.length === 0;
  const issued = issuedNow(shown.prose) || (!refusedHere && issuedInProse(shown.prose));
  if (name === 'token' && issued && !out.some(hasToken)) {
    const outcome: Outcome = {
      kind: 'answered',
      status: 200,
      headers: {},
      body: { kind: 'none' },
      token: { kind: 'opaque', length: 0 },
    };
    const last = out.at(-1);
    if (last?.outcome.kind === 'not-shown') out.splice(-1, 1, { ...last, outcome });
    else out.push(exchange(step(), rest.shift() ?? first, undefined, outcome));
  }
  for (const call of rest.slice(0, MOST)) out.push(exchange(step(), call, undefined, NOT_SHOWN));
  return out;
}

/** The call that stands beside an answer, by the command that shows it whole where there is one. */
function askedBy({ request }: ShownResponse, calls: readonly Call[]): Call | undefined {
  if (!request) return undefined;
  const own = ofShown(request);
  const whole = calls.filter(({ source }) => source !== undefined);
  const path = pathOf(own.request.url ?? '');
  return isShownBetter(own, whole) ? whole.find((call) => pathOf(call.request.url ?? '') === path) : own;
}

/** Requests that differ from those before in what the checks look at. */
function distinct(calls: readonly Call[], answered: readonly Call[]): Call[] {
  const keyOf = ({ request: r }: Call) => [r.url, r.form?.grant_type, r.form?.scope, r.bodyForm].join(' ');
  const seen = new Set(answered.map(keyOf));
  return calls.filter((call) => {
    const key = keyOf(call);
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
}

function hasToken({ outcome }: Exchange): boolean {
  return outcome.kind === 'answered' && outcome.token !== undefined;
}

function exchange(
  step: StepId,
  call: Call | undefined,
  header: AuthorizationShape | undefined,
  outcome: Outcome,
  answer?: Piece,
): Exchange {
  const source = answer ? spanOf(answer) : call?.source;
  const known = call?.request.authorization;
  const authorization = known && known.kind !== 'absent' ? known : (header ?? known ?? { kind: 'absent' });
  const request = plain({ ...call?.request, authorization });
  const { method, url } = request;
  return {
    step,
    ...(step.startsWith('endpoint') && url !== undefined && { subject: `${method ?? 'GET'} ${url}` }),
    ...(source && { source }),
    request,
    outcome,
  };
}

/** Drops the empty grant that only marks a token request. */
function plain(request: Exchange['request']): Exchange['request'] {
  const { form, ...rest } = request;
  if (!form || form.grant_type !== '') return request;
  const others = Object.fromEntries(Object.entries(form).filter(([name]) => name !== 'grant_type'));
  return Object.keys(others).length > 0 ? { ...rest, form: others } : rest;
}

function withHeader(name: 'token' | 'endpoint', shown: Shown): AuthorizationShape | undefined {
  const shape = headerOf(shown);
  const isBearer =
    shape?.kind === 'bearer' || (shape?.kind === 'masked' && /^bearer$/i.test(shape.scheme ?? ''));
  return isBearer === (name === 'endpoint') ? shape : undefined;
}

function headerOf(shown: Shown): AuthorizationShape | undefined {
  const text = unquoted(shown.headers[0]?.text);
  return text === undefined ? undefined : authorizationShape(text, undefined, 'uuid');
}

function settingsOf(exchanges: readonly Exchange[]): Evidence['settings'] {
  const token = exchanges.find((x) => x.step === 'token');
  const scope = token?.request.form?.scope;
  return { ...(scope !== undefined && { requestedScope: scope }) };
}

function codePieces(shown: Shown): Piece[] {
  return [
    ...shown.codes,
    ...shown.config.filter(({ key, value }) => isCode(key, value.text)).map(({ value }) => value),
  ];
}

function isCode(key: string, text: string): boolean {
  return (
    /code|script|snippet|source|provider "/i.test(key) ||
    (/[\n;]/.test(text) && /[=({]/.test(text)) ||
    /\w\([^)]*\)|=>/.test(text)
  );
}

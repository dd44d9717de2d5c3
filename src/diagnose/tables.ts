/** The tables of a report: every endpoint that was asked for, and what differed from probe to probe. */
import {
  answersTo,
  bodyText,
  issuedToken,
  statusOf,
  refusedInBody,
  stepName,
  type EndpointRow,
  type Exchange,
  type ProbeRow,
  type Scene,
} from '../core/index.ts';
import type { Seen } from './look.ts';

/** One row for each endpoint that the user named; none for a single one, or where none was reached. */
export function endpointRows(seen: readonly Seen[], { evidence }: Scene): EndpointRow[] {
  const named = evidence.needs.filter((need) => need.wantedBy === undefined);
  if (named.length < 2) return [];
  const rows = named.map(({ method, path }): EndpointRow => {
    const subject = `${method} ${path}`;
    const exchange = answersTo(evidence, 'endpoint').findLast((x) => x.subject === subject);
    const status = exchange && statusOf(exchange);
    const codes = seen.filter((s) => !s.refuted && isAbout(s, subject, exchange)).map((s) => s.check.code);
    return {
      method,
      path,
      result: resultOf(exchange),
      ...(status !== undefined && { status }),
      codes: [...new Set(codes)],
    };
  });
  // Where the climb ended before them, the table would say one thing many times.
  return rows.every(({ result }) => result === 'not asked') ? [] : rows;
}

function isAbout({ sighting }: Seen, subject: string, exchange: Exchange | undefined): boolean {
  const { subjects } = sighting.facts;
  return (
    (exchange !== undefined && sighting.explains.includes(exchange.step)) ||
    sighting.facts['subject'] === subject ||
    (Array.isArray(subjects) && subjects.includes(subject))
  );
}

function resultOf(exchange: Exchange | undefined): EndpointRow['result'] {
  switch (exchange?.outcome.kind) {
    case undefined:
    case 'not-shown':
      return 'not asked';
    case 'not-sent':
      return 'not sent';
    case 'unanswered':
      return 'not answered';
    case 'answered':
      return exchange.outcome.status >= 200 && exchange.outcome.status < 300 && !refusedInBody(exchange)
        ? 'let in'
        : 'refused';
  }
}

/** The truth table: the request of the climb first, then what differed from it in one thing each. */
export function probeRows({ evidence }: Scene): ProbeRow[] {
  const { probes = [] } = evidence;
  if (probes.length === 0) return [];
  const base = answersTo(evidence, 'token').at(-1);
  return [
    ...(base
      ? [{ variable: 'as configured', value: sentAs(base), asConfigured: true, ...answerOf(base) } as const]
      : []),
    ...probes.flatMap(rowOf),
  ];
}

function sentAs({ request }: Exchange): string {
  const way = request.bodyCredentials?.secret ? 'form body' : 'Basic header';
  const scope = request.form?.['scope'];
  return scope === undefined ? `${way}, no scope` : `${way}, scope ${scope}`;
}

const VALUES: { readonly [subject: string]: readonly [string, string] } = {
  'scope=': ['scope', 'left out'],
  'client-auth=post': ['client auth', 'form body'],
  'client-auth=basic': ['client auth', 'Basic header'],
  'basic-encoding=raw': ['Basic encoding', 'none'],
  'basic-encoding=form': ['Basic encoding', 'form-encoded'],
};

/** What a probe's subject means for people: `scope`, `left out`. */
export function variedIn(subject: string): readonly [variable: string, value: string] {
  return VALUES[subject] ?? ['scope', `${subject.slice('scope='.length)} alone`];
}

function rowOf(exchange: Exchange): ProbeRow[] {
  const { step, subject = '', request } = exchange;
  const host =
    request.url !== undefined && URL.canParse(request.url) ? new URL(request.url).host : 'its host';
  const name = stepName(step);
  if (name === 'probe') {
    const [variable, value] = variedIn(subject);
    return [{ variable, value, ...answerOf(exchange) }];
  }
  if (name === 'client-record')
    return [{ variable: 'second client', value: `reads it in ${host}`, ...recordOf(exchange) }];
  // A token that was issued as it should be says nothing of the first client.
  if (issuedToken(exchange)) return [];
  return [{ variable: 'second client', value: `its own token from ${host}`, ...answerOf(exchange) }];
}

function answerOf(exchange: Exchange): Pick<ProbeRow, 'result' | 'answer'> {
  const { outcome } = exchange;
  if (issuedToken(exchange)) return { result: 'token', answer: 'a token is issued' };
  if (outcome.kind === 'answered') return { result: 'refused', answer: wordsOf(exchange, outcome.status) };
  if (outcome.kind === 'unanswered') return { result: 'not answered', answer: outcome.detail };
  return { result: 'not sent', answer: outcome.kind === 'not-sent' ? outcome.reason : '' };
}

function recordOf(exchange: Exchange): Pick<ProbeRow, 'result' | 'answer'> {
  const status = statusOf(exchange);
  if (status === 404) return { result: 'not found', answer: wordsOf(exchange, status) };
  if (status !== 200) return answerOf(exchange);
  const [state, grant] = [bodyText(exchange, 'state'), bodyText(exchange, 'authorizedGrantType')];
  const known = [state && `state ${state}`, grant && `grant type ${grant}`].filter(Boolean);
  return { result: 'found', answer: known.join(', ') || 'it is there' };
}

function wordsOf(exchange: Exchange, status: number): string {
  const error = bodyText(exchange, 'error') ?? bodyText(exchange, 'code');
  const said =
    bodyText(exchange, 'error_description') ??
    bodyText(exchange, 'description') ??
    bodyText(exchange, 'message');
  const words = [error, said].filter((text) => text !== undefined && text !== '').join(': ');
  return `HTTP ${status}${words === '' ? '' : `, ${words.slice(0, 200)}`}`;
}

/** Reads the body of an analytics query, and refuses it in the API's words where it can't. */
import { HOUR_MS, type Json } from '../core/index.ts';
import { apiError } from './errors-genesys.ts';
import { BadFilter, filterOf, type Test } from './filter.ts';
import type { Call } from './route.ts';
import { isObject, parsed, type Answer } from './wire.ts';

export type Body = { readonly [key: string]: Json };

class Refused extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super('refused');
    this.answer = answer;
  }
}

export function refuse(code: string, message: string, status = 400): never {
  throw new Refused(apiError(status, code, message));
}

export const METRICS = [
  ...[
    'nOffered',
    'nConnected',
    'nOverSla',
    'nTransferred',
    'nBlindTransferred',
    'nConsultTransferred',
    'nConsult',
  ],
  ...[
    'nError',
    'nOutbound',
    'nOutboundAbandoned',
    'nOutboundAttempted',
    'nOutboundConnected',
    'oServiceLevel',
  ],
  ...[
    'oServiceTarget',
    'tAbandon',
    'tAcd',
    'tAcw',
    'tAgentResponseTime',
    'tAlert',
    'tAnswered',
    'tContacting',
  ],
  ...[
    'tDialing',
    'tFlowOut',
    'tHandle',
    'tHeld',
    'tHeldComplete',
    'tIvr',
    'tNotResponding',
    'tShortAbandon',
    'tTalk',
  ],
  ...['tTalkComplete', 'tUserResponseTime', 'tVoicemail', 'tWait'],
];
export const DIMENSIONS = ['queueId', 'mediaType'];

export function bodyOf({ asked }: Call): Body {
  if (asked.body.length > 512_000) {
    refuse('request.entity.too.large', 'The request is over the size limit. Maximum bytes: 512000', 413);
  }
  const body = parsed(asked.body);
  if (!isObject(body)) {
    refuse('bad.request', 'The request could not be understood by the server due to malformed syntax.');
  }
  return body;
}

export function listOf(body: Body, field: string, allowed: readonly string[], required: boolean): string[] {
  const value = body[field];
  if (!Array.isArray(value) || (required && value.length === 0)) {
    // The texts behind `constraint.validation` are not published; this one names the field.
    if (required || value !== undefined) refuse('constraint.validation', `${field}: may not be empty`);
    return [];
  }
  return (value as readonly Json[]).map((item) => {
    if (typeof item === 'string' && allowed.includes(item)) return item;
    return refuse(
      'invalid.value',
      `Value [${typeof item === 'string' ? item : JSON.stringify(item)}] is not valid for field type [${field}]. Allowable values are: ${allowed.join(', ')}`,
    );
  });
}

export function intervalOf(call: Call, body: Body): { from: number; to: number } {
  const text = body['interval'];
  if (typeof text !== 'string') return refuse('constraint.validation', 'interval: may not be null');
  const [from = NaN, to = NaN] = text
    .split('/')
    .map((at) => Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(at) ? at : `${at}Z`));
  if (!(from < to)) {
    refuse(
      'invalid.date',
      'Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ',
    );
  }
  if (from % HOUR_MS !== 0 || to % HOUR_MS !== 0) {
    refuse('bad.request', 'sandbox: it keeps whole hours (UTC), so an interval must begin and end on one');
  }
  const { maxDays } = call.org.analytics;
  if (maxDays !== undefined && to - from > maxDays * 24 * HOUR_MS) {
    refuse('bad.request', `sandbox: this org allows ${maxDays} days a query`);
  }
  return { from: from / HOUR_MS, to: to / HOUR_MS };
}

export function stepOf(body: Body, hours: number): number {
  const text = body['granularity'];
  if (text === undefined || text === null) return hours;
  const [, days, some] = (typeof text === 'string' ? /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(text) : null) ?? [];
  const step = Number(days ?? 0) * 24 + Number(some ?? 0);
  if (step > 0) return step;
  return refuse(
    'bad.request',
    'sandbox: it keeps whole hours; granularity may be PT1H and its multiples, or P1D',
  );
}

export function testOf(body: Body, known: readonly string[]): Test {
  try {
    return filterOf(body['filter'], known);
  } catch (error) {
    if (error instanceof BadFilter) return refuse('invalid.value', error.message);
    throw error;
  }
}

/** Turns a thrown refusal into its answer. */
export function checked(answer: (call: Call) => Answer): (call: Call) => Answer {
  return (call) => {
    try {
      return answer(call);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  };
}

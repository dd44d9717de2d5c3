/** What an answer says, in a line. */
import type { Answered, Body, Exchange } from './evidence.ts';
import type { Json } from './shapes.ts';
import { visibleLine } from './text.ts';

const TELLING = [
  'error',
  'error_description',
  'errorType',
  'code',
  'message',
  'errorCode',
  'reason',
  'detail',
  'title',
  'faultstring',
];
/** Where servers nest what they say. */
const WITHIN = ['error', 'errors', 'fault'];

/** The status and what an answer says of the refusal, made safe to show. The door has masked its secrets. */
export function wording(exchange: Exchange): string {
  const { outcome } = exchange;
  if (outcome.kind === 'unanswered') return `no answer: ${visibleLine(outcome.detail)}`;
  if (outcome.kind === 'not-sent') return `not sent: ${outcome.reason}`;
  if (outcome.kind === 'not-shown') return 'the answer is not shown';
  const status = outcome.status === 0 ? 'status not shown' : `HTTP ${outcome.status}`;
  const { body, headers } = outcome;
  if (body.kind !== 'json' && body.kind !== 'none') return `${status}: ${clip(body.text)}`;
  const fields = body.kind === 'json' ? toldIn(body.value) : [];
  const challenge = headers['www-authenticate'];
  // An answer that says nothing in its body may say it in its challenge (RFC 6750 §3).
  const said =
    fields.length === 0 && challenge !== undefined && /error/i.test(challenge)
      ? [`www-authenticate: ${clip(challenge)}`]
      : fields;
  if (said.length === 0 && body.kind === 'none') return `${status}, no body`;
  return [status, ...said].join(', ');
}

/** The fields that name the refusal, and where there are none those of the object or the first of the list within. */
function toldIn(value: Json, name = ''): string[] {
  const [first] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (first === undefined || first === null || typeof first !== 'object' || Array.isArray(first)) return [];
  const fields = first as { readonly [key: string]: Json };
  const own = TELLING.flatMap((key) => {
    const text = Object.hasOwn(fields, key) ? fields[key] : undefined;
    return typeof text === 'string' && text !== '' ? [`${name}${key}: ${clip(text)}`] : [];
  });
  if (own.length > 0 || name !== '') return own;
  const inner = WITHIN.find(
    (key) => Object.hasOwn(fields, key) && toldIn(fields[key] ?? null, key).length > 0,
  );
  return inner === undefined ? [] : toldIn(fields[inner] ?? null, `${inner}.`);
}

/**
 * An answer that nothing explains, for whoever must read it: its status, its type and its first words, e.g.
 * `HTTP 403, text/html: "Attention Required! | Cloudflare"`.
 */
export function firstWords(answer: Answered): string {
  const status = answer.status === 0 ? 'a status that is not shown' : `HTTP ${answer.status}`;
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(answer.headers['content-type'] ?? '')?.[0];
  const words = clip(wordsOf(answer.body).replace(/\s+/g, ' '), FIRST_WORDS);
  return [status, ...(type ? [type] : [])].join(', ') + (words === '' ? '' : `: "${words}"`);
}

const FIRST_WORDS = 160;

function wordsOf(body: Body): string {
  switch (body.kind) {
    case 'none':
      return '';
    case 'json': {
      const told = toldIn(body.value);
      const bare = JSON.stringify(body.value);
      return told.length > 0 ? told.join(', ') : /^(?:\{\}|\[\])$/.test(bare) ? '' : bare;
    }
    case 'html':
      return body.text.slice(0, 5000).replace(/<[^<>]{0,2000}>/g, ' ');
    case 'text':
    case 'xml':
    case 'cut':
      return body.text;
  }
}

function clip(text: string, most = 300): string {
  const line = visibleLine(text.trim());
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

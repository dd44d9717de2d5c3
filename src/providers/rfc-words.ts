/** The words of a refusal: its error code and its text, wherever a server puts them. */
import { bodyText, type Body, type Exchange } from '../core/index.ts';
import { parseChallenges } from './challenge.ts';

export interface Words {
  /** An error code of RFC 6749 §5.2, RFC 6750 §3.1 or RFC 8707 §2, in lower case; empty where there is none. */
  readonly error: string;
  /** All texts of the answer, in lower case, at most 2,000 characters; without the code. */
  readonly text: string;
  /** The same as the server wrote it. */
  readonly said: string;
}

const CODES =
  /\b(invalid_(?:client|grant|request|scope|target|token)|unauthorized_client|unsupported_grant_type|insufficient_scope|access_denied|server_error|temporarily_unavailable|slow_down)\b/;

const TEXTS = [
  'error_description',
  'description',
  'message',
  'error_message',
  'errorSummary',
  'detail',
  'hint',
  'title',
  'error',
];

/** A code in the field where the RFC puts it, in those where others put it, in the challenge, or in plain text. */
export function wordsOf(exchange: Exchange): Words {
  const { outcome } = exchange;
  if (outcome.kind !== 'answered') return { error: '', text: '', said: '' };
  const challenges = parseChallenges(outcome.headers['www-authenticate'] ?? '');
  const fields = ['error', 'code', 'errorCode', 'error.code', 'error.status', 'error_code']
    .map((path) => bodyText(exchange, path))
    .filter((value) => value !== undefined);
  const inChallenge = challenges.map(({ params }) => params.get('error') ?? '');
  const texts = TEXTS.map((path) => bodyText(exchange, path) ?? '');
  const nested = ['error.message', 'errors.0.message', 'fault.faultstring'].map(
    (path) => bodyText(exchange, path) ?? '',
  );
  const plain = plainText(outcome.body);
  const inTexts = challenges.map(({ params }) => params.get('error_description') ?? '');
  const said = [...new Set([...texts, ...nested, ...inTexts, plain])]
    .filter((text) => text !== '' && !CODES_ONLY.test(text))
    .join(' ')
    .slice(0, 2_000);
  const error = [...fields, ...inChallenge, said]
    .map((text) => CODES.exec(text.slice(0, 2_000).toLowerCase())?.[1])
    .find((code) => code !== undefined);
  return { error: error ?? '', text: said.toLowerCase(), said };
}

const CODES_ONLY = new RegExp(`^(?:${CODES.source})$`, 'i');

/** A body that is a text, or JSON that is nothing but one. */
function plainText(body: Body): string {
  if ('text' in body) return body.text;
  return body.kind === 'json' && typeof body.value === 'string' ? body.value : '';
}

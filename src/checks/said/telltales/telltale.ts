/**
 * Telltales: things that people say or show beside an answer, each with how far it speaks for or against a cause. One
 * telltale decides nothing; several together move the ranking, as weights of evidence do: nats that are added to the
 * logarithm of the odds (0.5 a hint, 1 fair, 2 strong, 3 all but decisive). None makes a cause proved.
 */
import { statusOf, type FindingCode } from '../../../core/index.ts';
import { readings } from '../../readings.ts';
import type { Look } from '../rule.ts';

export type Tells = { readonly [code in FindingCode]?: number };

export interface Telltale {
  readonly id: string;
  /** Looked for in `at`. */
  readonly says?: RegExp;
  /**
   * `told`: settings, code, commands and sentences (default); `answers`: the answers; `all`: both, but the answers only
   * where their reading leaves the cause open: what they say plainly must not be counted twice.
   */
  readonly at?: 'told' | 'answers' | 'code' | 'all';
  readonly when?: (look: Look) => boolean;
  /** Only where a token request, or a call of an API, is what failed, or nothing shows what failed. */
  readonly about?: 'token' | 'call';
  /** Only where the answers' reading leaves the cause open: people repeat in a sentence what the answer says. */
  readonly ifOpen?: true;
  readonly tells: Tells;
}

/** A telltale in one line. */
export function tells(
  id: string,
  says: RegExp,
  weights: Tells,
  more: Partial<Omit<Telltale, 'id' | 'says' | 'tells'>> = {},
): Telltale {
  return { id, says, tells: weights, ...more };
}

/** A telltale that looks at the parts of a paste instead of its words. */
export function shows(
  id: string,
  when: (look: Look) => boolean,
  weights: Tells,
  more: Partial<Omit<Telltale, 'id' | 'when' | 'tells'>> = {},
): Telltale {
  return { id, when, tells: weights, ...more };
}

/** What a telltale may look through, bounded so that many of them stay fast. */
const LONGEST = 20_000;

export function holds(telltale: Telltale, look: Look): boolean {
  const { says, at = 'told', about, when, ifOpen } = telltale;
  if (ifOpen && isPlain(look)) return false;
  if (about !== undefined && !isAbout(about, look)) return false;
  if (says !== undefined && !says.test(textOf(at, look))) return false;
  return when === undefined || when(look);
}

function textOf(at: NonNullable<Telltale['at']>, look: Look): string {
  if (at === 'answers') return wordsOf(look);
  if (at === 'code') return look.codes.slice(0, LONGEST);
  const told = look.context.slice(0, LONGEST);
  return at === 'told' || isPlain(look) ? told : `${told}\n${wordsOf(look)}`;
}

/**
 * Sentences that list every cause there is: RFC 6749 §5.2's own, and those that a provider adds to each refusal.
 */
const LISTS =
  /\(e\.g\.,? unknown client[^)\n]{0,120}\)|due to unknown client[^\n"]{0,120}|[^\n".]{0,40}invalid, expired, revoked[^\n"]{0,160}|includes an invalid parameter value[^\n"]{0,160}|This can happen if the application has not been[^\n"]{0,260}/gi;

function wordsOf(look: Look): string {
  return look.answers.slice(0, LONGEST).replace(LISTS, ' ');
}

/** The likelihood from which on a reading's lead says what the answer's words say. */
const PLAIN = 0.6;

function isPlain(look: Look): boolean {
  return readings(look.scene).some(({ reading }) => (reading.causes[0].likelihood ?? 0.5) >= PLAIN);
}

function isAbout(about: 'token' | 'call', look: Look): boolean {
  const token = look.tokenRefused() || look.token.some((x) => x.outcome.kind === 'unanswered');
  const call = look.endpoint.some(
    (x) => x.outcome.kind === 'unanswered' || (statusOf(x) !== undefined && isRefusal(statusOf(x) ?? 0)),
  );
  if (token === call) return true;
  return about === 'token' ? token : call;
}

function isRefusal(status: number): boolean {
  return status === 0 || status >= 400;
}

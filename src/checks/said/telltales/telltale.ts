/**
 * Telltales: things that people say or show beside an answer, each with how far it speaks for or against a cause. One
 * telltale decides nothing; several together move the ranking, as weights of evidence do: nats that are added to the
 * logarithm of the odds (0.5 a hint, 1 fair, 2 strong, 3 all but decisive). None makes a cause proved.
 */
import { statusOf, type FindingCode } from '../../../core/index.ts';
import type { Look } from '../rule.ts';

export type Tells = { readonly [code in FindingCode]?: number };

export interface Telltale {
  readonly id: string;
  /** Looked for in `at`. */
  readonly says?: RegExp;
  /** `told`: settings, code, commands and sentences (default); `answers`: the answers; `all`: both. */
  readonly at?: 'told' | 'answers' | 'code' | 'all';
  readonly when?: (look: Look) => boolean;
  /** Only where a token request, or a call of an API, is what failed, or nothing shows what failed. */
  readonly about?: 'token' | 'call';
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
  const { says, at = 'told', about, when } = telltale;
  if (about !== undefined && !isAbout(about, look)) return false;
  if (says !== undefined && !says.test(textOf(at, look))) return false;
  return when === undefined || when(look);
}

function textOf(at: NonNullable<Telltale['at']>, look: Look): string {
  if (at === 'answers') return look.answers.slice(0, LONGEST);
  if (at === 'code') return look.codes.slice(0, LONGEST);
  const told = look.context.slice(0, LONGEST);
  return at === 'told' ? told : `${told}\n${look.answers.slice(0, LONGEST)}`;
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

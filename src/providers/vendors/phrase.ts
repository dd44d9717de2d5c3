/** How a provider phrases a refusal, as rows: wording → ranked causes. */
import {
  bodyText,
  cause,
  refusedInBody,
  statusOf,
  stepName,
  type Cause,
  type Exchange,
  type FindingCode,
  type Json,
  type Reading,
  type Reference,
  type Scene,
  type StageId,
} from '../../core/index.ts';

export type Ranked = readonly [code: FindingCode, likelihood: number, why?: string, tell?: string];

export interface Phrase {
  /** What the answer says: its fields and its words, in any case. */
  readonly says: RegExp;
  readonly causes: readonly [Ranked, ...Ranked[]];
  /** The wording leaves only the first cause, whatever else is shown. */
  readonly forced?: boolean;
  /** The answer proves the stages up to this one. */
  readonly proves?: StageId;
  /** Only as an answer to this step. */
  readonly on?: 'token' | 'endpoint';
  readonly status?: readonly number[];
  /** Only if the paste shows this, too. */
  readonly when?: (exchange: Exchange, scene: Scene) => boolean;
  readonly source: string;
}

/** A row in one line. */
export function says(
  pattern: RegExp,
  causes: readonly [Ranked, ...Ranked[]],
  source: string,
  more: Partial<Omit<Phrase, 'says' | 'causes' | 'source'>> = {},
): Phrase {
  return { says: pattern, causes, source, ...more };
}

/**
 * Reads an answer by the first row that fits.
 * @param title whose rows they are, for the reference
 * @returns undefined where no row fits, or the answer is no refusal
 */
export function readPhrases(
  rows: readonly Phrase[],
  title: string,
  exchange: Exchange,
  scene: Scene,
): Reading | undefined {
  const status = statusOf(exchange);
  if (status === undefined) return undefined;
  if (status >= 200 && status < 300 && !refusedInBody(exchange)) return undefined;
  const words = wordsOf(exchange, scene);
  const step = stepName(exchange.step) === 'endpoint' ? 'endpoint' : 'token';
  const row = rows.find(
    (r) =>
      (r.on === undefined || r.on === step) &&
      (r.status === undefined || r.status.includes(status)) &&
      r.says.test(words) &&
      (r.when === undefined || r.when(exchange, scene)),
  );
  return row && readingOf(row, title, exchange);
}

function readingOf(row: Phrase, title: string, exchange: Exchange): Reading {
  const causes = row.causes.map((ranked): Cause => cause(...ranked));
  const reference: Reference = { title: `${title}: what this answer means`, url: row.source };
  const error = bodyText(exchange, 'error');
  const description = bodyText(exchange, 'error_description') ?? bodyText(exchange, 'message');
  return {
    causes: causes as [Cause, ...Cause[]],
    forced: row.forced ?? false,
    ...(row.proves && { proves: row.proves }),
    facts: { ...(error !== undefined && { error }), ...(description !== undefined && { description }) },
    references: [reference],
  };
}

/** All that an answer says: the texts of its body, its challenge, and the lines in which a paste shows it. */
export function wordsOf(exchange: Exchange, scene: Scene): string {
  const { outcome } = exchange;
  if (outcome.kind !== 'answered') return '';
  const { body, headers } = outcome;
  const fields = body.kind === 'json' ? texts(body.value, 0) : body.kind === 'none' ? [] : [body.text];
  const lines = scene.evidence.said
    .filter((said) => said.where === 'log' && said.key === exchange.step)
    .map((said) => said.text ?? '');
  const all = [...fields, headers['www-authenticate'] ?? '', ...lines];
  return all
    .filter((text) => text !== '')
    .join('\n')
    .slice(0, 40_000);
}

/** `name: text` for every text of a body, so that a row can tell a code from a sentence. */
function texts(value: Json, depth: number): string[] {
  if (depth > 8 || value === null) return [];
  if (typeof value !== 'object') return [String(value)];
  if (Array.isArray(value)) return (value as Json[]).slice(0, 50).flatMap((item) => texts(item, depth + 1));
  return Object.entries(value as { [key: string]: Json })
    .slice(0, 100)
    .flatMap(([name, held]) => {
      const inner = texts(held, depth + 1);
      return held !== null && typeof held === 'object' ? inner : inner.map((text) => `${name}: ${text}`);
    });
}

/** The texts of config, prose, code and commands of a paste, in one. */
export function contextOf(scene: Scene): string {
  return scene.evidence.said
    .filter((said) => said.where !== 'log')
    .map((said) => `${said.key}: ${said.text ?? ''}`)
    .join('\n')
    .slice(0, 100_000);
}

/** Secrets that a server or a log says again: where a value stands as a secret once, it is hidden wherever it recurs. */
import { standIn, type Evidence, type Json } from '../core/index.ts';
import { secretsIn } from './mask.ts';

/** What is shorter stands in other words by chance, and so does a short word, or the name of a variable. */
const SHORTEST = 5;
const A_WORD = /^[a-z]{1,9}$|^[A-Za-z]+(?:[_.-][A-Za-z]+)+$|^[a-z]+(?:[A-Z][a-z]+)+$/;
const MOST = 200;

/**
 * @param document all that was shown, secrets and all
 * @param others secrets that stand there in another form
 */
export function hushed(evidence: Evidence, document: string, others: readonly string[] = []): Evidence {
  const secrets = [...new Set([...secretsIn(document), ...others])]
    .filter((secret) => secret.length >= SHORTEST && !A_WORD.test(secret) && standIn(secret) === undefined)
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST);
  if (secrets.length === 0) return evidence;
  const again = new RegExp(`(?<![A-Za-z0-9])(?:${secrets.map(escaped).join('|')})(?![A-Za-z0-9])`, 'g');
  return hide(evidence as unknown as Json, again) as unknown as Evidence;
}

function hide(value: Json, again: RegExp): Json {
  if (typeof value === 'string') return value.replace(again, (found) => '•'.repeat(found.length));
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as Json[]).map((one) => hide(one, again));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hide(one, again)]));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The organisation's own rate limit, where the user wants it asked for (facts §4: it needs no permission). */
import type { DataCall, Json } from '../core/index.ts';
import type { ExportSummary } from '../export/run.ts';

const LIMITS = '/api/v2/organizations/limits/namespaces/platform.api?pageSize=100';
const KEY = 'client.credentials.token.rate.per.minute';

/**
 * Asks for the limit and hands it on. Where it can't be had the platform's default stays, and a warning says so.
 * @param allow takes requests a minute
 */
export async function allowAsTold(
  call: DataCall,
  allow: (perMinute: number) => void,
  summary: ExportSummary,
): Promise<void> {
  const answer = await call({ method: 'GET', path: LIMITS });
  const perMinute = answer.ok ? limitIn(answer.body) : undefined;
  if (perMinute !== undefined) allow(perMinute);
  else
    summary.warnings.push({
      message: `The organisation does not tell its own rate limit (${KEY}); the platform's 300 a minute is kept where answers tell nothing. Without --budget org nothing is asked.`,
    });
}

function limitIn(body: Json): number | undefined {
  const entities =
    body !== null && typeof body === 'object' && 'entities' in body ? body['entities'] : undefined;
  for (const one of Array.isArray(entities) ? (entities as readonly Json[]) : []) {
    const limit = one as { readonly key?: Json; readonly value?: Json } | null;
    if (limit?.key === KEY && typeof limit.value === 'number' && limit.value >= 1) return limit.value;
  }
  return undefined;
}

/** Where a part of a request stands in the paste, so that a finding underlines it and not the answer. */
import type { EvidencePoint, Exchange, Scene, Span } from '../core/index.ts';

/**
 * The first place of a text, inside the request where the exchange has one of its own, else anywhere in the paste.
 * @returns ready to be spread into a point of evidence; the exchange's own place where the text stands nowhere
 */
export function placeIn(
  { evidence: { paste } }: Scene,
  text: string,
  exchange?: Exchange,
): Pick<EvidencePoint, 'source'> {
  const source = wordAt(paste ?? '', text, exchange?.source) ?? wordAt(paste ?? '', text) ?? exchange?.source;
  return source ? { source } : {};
}

function wordAt(paste: string, text: string, within?: Span): Span | undefined {
  if (text === '') return undefined;
  const end = within?.to ?? paste.length;
  for (let at = paste.indexOf(text, within?.from ?? 0); at >= 0; at = paste.indexOf(text, at + 1)) {
    if (at + text.length > end) return undefined;
    // `read` is not a part of `reading`, nor a path of a longer one.
    const next = paste[at + text.length] ?? '';
    const before = paste[at - 1] ?? '';
    if (!/[\w/:-]/.test(next) && !/[\w:-]/.test(before)) return { from: at, to: at + text.length };
  }
  return undefined;
}

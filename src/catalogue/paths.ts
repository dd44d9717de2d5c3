/** Paths as people write them, turned into segments that can be compared. */

/** A request line's target: a path, a template, a URL, with or without query, version prefix and trailing slash. */
export function segmentsOf(target: string): string[] {
  let path = target.trim();
  path = path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  path = path.replace(/[?#].*$/s, '');
  const segments = path.split('/').filter((segment) => segment !== '');
  // `api.mypurecloud.com/api/v2/…`: a host without a scheme.
  const first = segments[0];
  if (!target.trim().startsWith('/') && first !== undefined && segments.length > 1 && isHost(first)) {
    segments.shift();
  }
  return segments;
}

function isHost(text: string): boolean {
  return /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?$|^localhost(?::\d+)?$/i.test(text);
}

/** `{queueId}`, `:queueId`, `<queue id>`, `$QUEUE`: a place to fill in. */
export function isParameter(segment: string): boolean {
  return /^(?:\{.*\}|<.*>|:[a-z_]\w*|\$\{?\w+\}?)$/i.test(segment);
}

/** A value rather than a word of the API: a UUID, a number, a long mix of letters and digits. */
export function looksLikeId(segment: string): boolean {
  return (
    /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(segment) ||
    /^\d+$/.test(segment) ||
    (segment.length >= 12 && /\d/.test(segment) && /^[\w.~%-]+$/.test(segment))
  );
}

/** The path for comparing letters: lower case, every place to fill in written `{}`. */
export function plain(segments: readonly string[]): string {
  return segments
    .map((segment) => (isParameter(segment) || looksLikeId(segment) ? '{}' : segment.toLowerCase()))
    .join('/');
}

const NOISE = new Set(['api', 'v1', 'v2', 'v3', 'rest', '']);

/** The words of a path, in the singular: `divisionViews/all` gives `division`, `view`, `all`. */
export function wordsOf(segments: readonly string[]): string[] {
  return spelledWordsOf(segments).map(singular);
}

/** The words of a path as they are spelled, in lower case, without the version prefix. */
export function spelledWordsOf(segments: readonly string[]): string[] {
  return segments
    .filter((segment) => !isParameter(segment) && !looksLikeId(segment))
    .flatMap((segment) => segment.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[^\p{L}\p{N}]+/u))
    .map((word) => word.toLowerCase())
    .filter((word) => !NOISE.has(word));
}

export function singular(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

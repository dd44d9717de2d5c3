/** `METHOD PATH` on a command line. */
import { Failure, visibleLine } from '../core/index.ts';

export interface AskedEndpoint {
  readonly method: string;
  /** Path or URL as the user wrote it. */
  readonly path: string;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const EXAMPLE = "write it as 'METHOD PATH', e.g. 'POST /api/v2/analytics/conversations/aggregates/query'";

/**
 * Endpoints out of words: each `'METHOD PATH'` in quotes, or the two as words of their own.
 * @throws Failure `usage` with an example for anything else
 */
export function endpointsOf(words: readonly string[]): AskedEndpoint[] {
  const parts = words.flatMap((word) => {
    const whole = word.trim();
    const space = whole.search(/\s/);
    // What follows the method is one path, whatever stands in it.
    return space < 0 ? [whole] : [whole.slice(0, space), whole.slice(space).trim()];
  });
  const endpoints: AskedEndpoint[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const [method = '', path] = parts.slice(i, i + 2);
    endpoints.push(endpointOf(method, path));
  }
  return endpoints;
}

function endpointOf(method: string, path: string | undefined): AskedEndpoint {
  const verb = method.toUpperCase();
  if (!METHODS.includes(verb)) {
    const what = method.includes('/')
      ? `'${visibleLine(method)}' has no method`
      : `'${visibleLine(method)}' is no HTTP method`;
    throw new Failure('usage', what, EXAMPLE);
  }
  if (path === undefined) throw new Failure('usage', `no path follows '${visibleLine(method)}'`, EXAMPLE);
  if (/\s/.test(path)) {
    throw new Failure('usage', `'${visibleLine(path)}' is no path: there is white space in it`, EXAMPLE);
  }
  if (!path.includes('/')) throw new Failure('usage', `'${visibleLine(path)}' is no path or URL`, EXAMPLE);
  return { method: verb, path };
}

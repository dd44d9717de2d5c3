/**
 * How the API of Genesys Cloud refuses. The `code` decides; the message of one code differs from endpoint to
 * endpoint (facts: Platform API definition, error codes of 3,180 operations). A message without its code is
 * compared with the published templates and never forces a cause.
 */
import {
  bodyText,
  endpointOf,
  statusOf,
  type Cause,
  type Exchange,
  type Facts,
  type Reading,
  type Scene,
} from '../core/index.ts';
import { API_CODES, FAMILIES, TEMPLATES, type Row } from './genesys-codes.ts';
import { botPage } from './bot-page.ts';
import { readApiRefusal } from './rfc-api-errors.ts';
import { PLATFORM_API } from './genesys-references.ts';
import { accessCauses, notFoundCauses, unauthorizedCauses } from './genesys-causes.ts';

/** Reads a refusal of the API; undefined where the answer names nothing (5xx, a page, no answer). */
export function readApi(exchange: Exchange, scene: Scene): Reading | undefined {
  const status = statusOf(exchange);
  if (status === undefined || (status >= 200 && status < 300)) return undefined;
  if (status >= 300 && status < 400) return readApiRefusal(exchange, scene);
  const code = codeOf(exchange);
  const message = messageOf(exchange);
  const row = rowOf(code, message);
  if (row) return fromRow(row, exchange, scene, code, message);
  if (botPage(exchange)) return readApiRefusal(exchange, scene);
  if (status >= 500 && status !== 501) return undefined;
  if (exchange.outcome.kind === 'answered' && exchange.outcome.body.kind === 'html') return undefined;
  return byChallenge(exchange, scene) ?? byStatus(status, exchange, scene, message);
}

/** Genesys sends no challenge (RFC 6750 §3); one in the answer comes from whatever stands in front of it. */
function byChallenge(exchange: Exchange, scene: Scene): Reading | undefined {
  const headers = exchange.outcome.kind === 'answered' ? exchange.outcome.headers : {};
  const named = bodyText(exchange, 'error') ?? bodyText(exchange, 'errorCode') ?? '';
  if (!/^(?:insufficient_scope|invalid_token)$/.test(named) && !headers['www-authenticate']) return undefined;
  const endpoint = endpointOf(exchange);
  if (endpoint && scene.catalogue.exists(endpoint.method, endpoint.path) === false) return undefined;
  const reading = readApiRefusal(exchange, scene);
  return reading && { ...reading, forced: false };
}

function codeOf(exchange: Exchange): string {
  return bodyText(exchange, 'code') ?? bodyText(exchange, 'errors.0.code') ?? '';
}

function messageOf(exchange: Exchange): string {
  const body = exchange.outcome.kind === 'answered' ? exchange.outcome.body : undefined;
  const loose = body?.kind === 'text' || body?.kind === 'cut' ? body.text : '';
  return bodyText(exchange, 'message') ?? bodyText(exchange, 'errors.0.message') ?? loose;
}

interface Found {
  readonly row: Row;
  /** Found by its code, not by a message alone. */
  readonly byCode: boolean;
}

function rowOf(code: string, message: string): Found | undefined {
  const own = Object.hasOwn(API_CODES, code) ? API_CODES[code] : undefined;
  const family = own ?? FAMILIES.find(({ pattern }) => pattern.test(code))?.row;
  if (family) return { row: family, byCode: true };
  const template = TEMPLATES.find(({ pattern }) => pattern.test(message));
  return template && { row: template.row, byCode: false };
}

function fromRow(
  { row, byCode }: Found,
  exchange: Exchange,
  scene: Scene,
  code: string,
  message: string,
): Reading {
  const causes = row.causes(exchange, scene);
  // A 404 is as sure as the knowledge of the path; every other code says what it says.
  const forced = byCode && (row.forced ?? false) && causes.length === 1;
  return {
    causes,
    forced,
    ...(row.proves && byCode && { proves: row.proves }),
    facts: { ...(code && byCode && { code }), ...row.facts, ...named(row, message, exchange) },
    references: [PLATFORM_API],
  };
}

const PERMISSION = /[A-Za-z][\w-]*:[\w*-]+:[\w*-]+/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** What the message names, by the kind of row. */
function named(row: Row, message: string, exchange: Exchange): Facts {
  const inBrackets = [...message.matchAll(/\[([^\]]{0,2000})\]/g)].map(([, inner = '']) => inner);
  const contextId = bodyText(exchange, 'contextId');
  return {
    ...(contextId && { contextId }),
    ...(row.names === 'permissions' && { permissions: unique(message.match(PERMISSION)) }),
    ...(row.names === 'permissions' && { divisionIds: unique(afterDivisions(message).match(UUID)) }),
    ...(row.names === 'scopes' && {
      scopes: unique(
        inBrackets
          .at(-1)
          ?.split(/[,\s]+/)
          .filter(Boolean) ?? null,
      ),
    }),
    ...(row.names === 'policies' && { policies: unique(message.match(UUID)) }),
    ...(row.names === 'address' && inBrackets[0] && { address: inBrackets[0].trim() }),
    ...(row.names === 'retryAfter' && retryAfter(message, exchange)),
  };
}

/** The ids of divisions stand behind the word; a correlation id in brackets may follow. */
function afterDivisions(message: string): string {
  const at = message.indexOf('division(s):');
  return at < 0 ? '' : message.slice(at).replace(/\([0-9a-f-]{36}\)\s*$/i, '');
}

function retryAfter(message: string, exchange: Exchange): Facts {
  const headers = exchange.outcome.kind === 'answered' ? exchange.outcome.headers : {};
  const wait = headers['retry-after'] ?? /\[(\d+)\] seconds/.exec(message)?.[1];
  return wait === undefined ? {} : { retryAfter: wait };
}

function unique(found: readonly string[] | null): string[] {
  return [...new Set(found ?? [])];
}

/** No code and no message that we know: the status is all there is. */
function byStatus(status: number, exchange: Exchange, scene: Scene, message: string): Reading | undefined {
  const read = (causes: Reading['causes'], forced = false, facts: Facts = {}): Reading => ({
    causes,
    forced,
    facts: { ...facts, ...named({ causes: () => causes, names: 'permissions' }, message, exchange) },
    references: [PLATFORM_API],
  });
  if (status === 429)
    return read(
      [API_CODES['too.many.requests']!.causes(exchange, scene)[0]],
      true,
      retryAfter(message, exchange),
    );
  if (status === 401) return read(unauthorizedCauses(exchange, scene));
  if (status === 404 || status === 405) return read(notFoundCauses(exchange, scene));
  if (status === 403 || status === 501) {
    return read(status === 501 ? [featureFirst] : accessCauses(exchange, scene));
  }
  return undefined;
}

const featureFirst: Cause = {
  code: 'endpoint/feature-missing',
  why: 'HTTP 501 is how the API says that a feature is not switched on for the organization.',
  tell: 'GET /api/v2/authorization/products lists what the organization has.',
  likelihood: 0.8,
};

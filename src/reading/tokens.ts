/** A token in a paste, its value left out: of a JWT the header and the claims that a check reads (RFC 9068 §2.2). */
import type { Json, TokenShape } from '../core/index.ts';

const CLAIMS = new Set(
  'iss aud exp nbf iat client_id azp appid cid scope scp roles tid ver typ token_use gty realm_access resource_access idtyp'.split(
    ' ',
  ),
);
const HEADER = new Set(['alg', 'typ', 'kid']);

/** The first token in a text: a JWT anywhere, or the value of `access_token`. */
export function tokenIn(text: string): TokenShape | undefined {
  const jwt = /\beyJ[A-Za-z0-9_-]{6,4000}\.eyJ[A-Za-z0-9_-]{2,8000}/.exec(text)?.[0];
  if (jwt) {
    const [head, body] = jwt.split('.').map(part);
    if (head && body) return { kind: 'jwt', header: only(head, HEADER), claims: only(body, CLAIMS) };
  }
  const value = /(?<![/\w])["']?access_token["']?\s{0,4}[:=]\s{0,4}["']?([^"'\s,&}]{3,8000})/i.exec(
    text,
  )?.[1];
  return value === undefined || /^(?:null|none|undefined|nil)$/i.test(value)
    ? undefined
    : { kind: 'opaque', length: value.length };
}

function part(text: string): { [k: string]: Json } | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as { [k: string]: Json })
      : undefined;
  } catch {
    return undefined;
  }
}

function only(from: { [k: string]: Json }, names: ReadonlySet<string>): { [k: string]: Json } {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.has(name)));
}

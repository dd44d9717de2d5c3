/** A token's shape: that it is opaque, or a JWT's allow-listed header fields and claims. Nothing is verified. */
import { decodeJwt } from 'jose/jwt/decode';
import { decodeProtectedHeader } from 'jose/decode/protected_header';
import type { Json, TokenShape } from '../core/index.ts';
import { claimAllowed, joseFieldAllowed } from './allowed.ts';

const LONGEST = 300;
const MOST = 200;

/** RFC 7519 for a JWS of three parts; an encrypted token (five parts) shows nothing, so it counts as opaque. */
export function tokenShape(token: string): TokenShape {
  if (token.split('.').length === 3) {
    try {
      return {
        kind: 'jwt',
        header: pick(decodeProtectedHeader(token), joseFieldAllowed),
        claims: pick(decodeJwt(token), claimAllowed),
      };
    } catch {
      // Three parts by chance.
    }
  }
  return { kind: 'opaque', length: token.length };
}

function pick(from: object, allowed: (name: string) => boolean): { [name: string]: Json } {
  const out: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(from) as [string, unknown][]) {
    if (!allowed(name)) continue;
    const kept = Array.isArray(value)
      ? value
          .slice(0, MOST)
          .map(scalar)
          .filter((v) => v !== undefined)
      : scalar(value);
    if (kept !== undefined) out[name] = kept;
  }
  return out;
}

function scalar(value: unknown): Json | undefined {
  if (typeof value === 'string') return value.slice(0, LONGEST);
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
}

/** Rankings that many services share, so that a row of their tables is a line: wording → one of these. */
import type { Ranked } from './phrase.ts';

export type Ranking = readonly [Ranked, ...Ranked[]];

// The pair.
export const WRONG_SECRET: Ranking = [
  ['client/wrong-secret', 0.9],
  ['request/wrong-region', 0.2],
  ['credential/whitespace', 0.15],
];
export const UNKNOWN_CLIENT: Ranking = [
  ['client/unknown', 0.88],
  ['request/wrong-region', 0.3],
  ['credential/placeholder', 0.2],
];
export const WRONG_PAIR: Ranking = [
  ['client/wrong-secret', 0.6],
  ['client/unknown', 0.55],
  ['client/auth-method-mismatch', 0.25],
];
export const NO_PAIR: Ranking = [
  ['credential/missing', 0.66],
  ['client/auth-method-mismatch', 0.5],
  ['request/json-body', 0.4],
];
export const DISABLED: Ranking = [
  ['client/disabled', 0.92],
  ['endpoint/policy-denied', 0.3],
];

// The grant.
export const NO_GRANT: Ranking = [
  ['request/missing-grant-type', 0.58],
  ['request/json-body', 0.52],
  ['grant/wrong-type-sent', 0.45],
  ['request/wrong-content-type', 0.4],
];
export const GRANT_REFUSED: Ranking = [
  ['grant/not-allowed', 0.9],
  ['grant/wrong-type-sent', 0.35],
];
export const CODE_ENDED: Ranking = [
  ['grant/code-invalid', 0.93],
  ['grant/redirect-uri-mismatch', 0.2],
];
export const REFRESH_ENDED: Ranking = [['grant/refresh-token-invalid', 0.94]];
export const GRANT_ENDED: Ranking = [
  ['grant/refresh-token-invalid', 0.6],
  ['grant/code-invalid', 0.55],
  ['grant/redirect-uri-mismatch', 0.25],
];
export const REDIRECT: Ranking = [['grant/redirect-uri-mismatch', 0.96]];
export const PKCE: Ranking = [['grant/pkce-mismatch', 0.95]];

// Scopes.
export const SCOPE_UNKNOWN: Ranking = [
  ['scope/unknown', 0.75],
  ['scope/not-allowed', 0.5],
  ['scope/malformed', 0.4],
];
export const SCOPE_REFUSED: Ranking = [
  ['scope/not-allowed', 0.88],
  ['scope/unknown', 0.3],
];
export const SCOPE_MISSING: Ranking = [
  ['endpoint/missing-scope', 0.9],
  ['scope/not-requested', 0.6],
  ['scope/granted-narrower', 0.3],
];

// The token at the call.
export const EXPIRED: Ranking = [
  ['endpoint/token-expired', 0.95],
  ['endpoint/token-malformed', 0.12],
];
export const TOKEN_ENDED: Ranking = [
  ['endpoint/token-expired', 0.6],
  ['endpoint/token-malformed', 0.5],
  ['endpoint/token-wrong-environment', 0.3],
];
export const TOKEN_SPOILT: Ranking = [
  ['endpoint/token-malformed', 0.6],
  ['endpoint/token-expired', 0.45],
  ['endpoint/token-wrong-environment', 0.35],
];
export const NO_TOKEN: Ranking = [
  ['endpoint/token-malformed', 0.88, 'No token in a form that the API reads reached it.'],
  ['header/missing-scheme', 0.35],
];
export const OTHER_PLACE: Ranking = [
  ['endpoint/token-wrong-environment', 0.88],
  ['request/wrong-region', 0.35],
];

// What the token may do.
export const PERMISSION: Ranking = [
  ['endpoint/missing-permission', 0.88],
  ['endpoint/missing-scope', 0.3],
];
export const HIDDEN: Ranking = [
  ['endpoint/missing-permission', 0.55],
  ['endpoint/not-found', 0.53],
];
export const GONE: Ranking = [
  ['endpoint/not-found', 0.9],
  ['endpoint/missing-permission', 0.2],
];
export const USER_WANTED: Ranking = [
  ['endpoint/user-context', 0.92],
  ['endpoint/missing-permission', 0.2],
];
export const FEATURE: Ranking = [
  ['endpoint/feature-missing', 0.93],
  ['endpoint/missing-permission', 0.25],
];
export const CONSENT: Ranking = [
  ['endpoint/consent-missing', 0.9],
  ['endpoint/policy-denied', 0.3],
];
export const POLICY: Ranking = [
  ['endpoint/policy-denied', 0.92],
  ['endpoint/missing-permission', 0.2],
];
export const ADDRESS: Ranking = [
  ['endpoint/ip-blocked', 0.95],
  ['endpoint/policy-denied', 0.3],
];
export const LIMIT: Ranking = [['endpoint/rate-limited', 0.96]];
export const CLOCK: Ranking = [
  ['connection/clock-skew', 0.9],
  ['client/wrong-secret', 0.2],
];
export const OUTAGE: Ranking = [['connection/outage', 0.9]];

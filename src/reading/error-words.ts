/**
 * The error codes of the RFCs, and how people and logs misspell them. RFC 6749 §4.1.2.1 and §5.2, RFC 6750 §3.1,
 * RFC 7009 §2.2.1, RFC 8628 §3.5, RFC 8707 §2, RFC 9449 §5, OpenID Connect Core §3.1.2.6.
 */
export const ERROR_CODES: readonly string[] = [
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
  'access_denied',
  'server_error',
  'temporarily_unavailable',
  'invalid_token',
  'insufficient_scope',
  'invalid_target',
  'invalid_dpop_proof',
  'use_dpop_nonce',
  'redirect_uri_mismatch',
  'invalid_redirect_uri',
  'interaction_required',
  'login_required',
  'consent_required',
  'account_selection_required',
  'invalid_request_uri',
  'authorization_pending',
  'slow_down',
  'expired_token',
  'unsupported_token_type',
  'invalid_client_id',
  'invalid_client_metadata',
  'invalid_client_secret',
  'incorrect_client_credentials',
  'bad_verification_code',
  'deleted_client',
  'disabled_client',
  'org_internal',
  'admin_policy_enforced',
  'invalid_code',
  'bad_client_secret',
  'inactive_client',
  'unmet_authentication_requirements',
];

const KNOWN = new Set(ERROR_CODES);
const EXACT = new RegExp(`\\b(?:${ERROR_CODES.join('|')})\\b`, 'i');

/**
 * The first RFC error code in a text: as written, in camel case or with spaces (`invalidClient`, `Invalid client`),
 * or one letter off (`invalid_cope`).
 * @param text at most the first 20,000 characters are looked at
 * @returns the code and the index where it stands
 */
export function errorCodeIn(text: string): { code: string; at: number; length: number } | undefined {
  const head = text.slice(0, 20_000);
  const exact = EXACT.exec(head);
  if (exact) return { code: exact[0].toLowerCase(), at: exact.index, length: exact[0].length };
  let near: { code: string; at: number; length: number } | undefined;
  for (const match of head.matchAll(/[A-Za-z][A-Za-z_-]{6,30}/g)) {
    const word = snake(match[0]);
    if (KNOWN.has(word)) return { code: word, at: match.index, length: match[0].length };
    if (!near && word.includes('_') && !IS_A_NAME.test(head.slice(match.index + match[0].length))) {
      const code = ERROR_CODES.find((known) => oneOff(word, known));
      if (code) near = { code, at: match.index, length: match[0].length };
    }
  }
  if (near) return near;
  const spaced =
    /\b(invalid|unauthorized|unsupported|insufficient|access)[ -](client|grant(?: type)?|request|scope(?=s?\b)|token|denied)s?\b(?! (?:id|secret|credentials?|uri|url|api|registration|library|app))/i.exec(
      head,
    );
  if (!spaced) return undefined;
  const code = `${spaced[1]}_${spaced[2]}`.toLowerCase().replace(/ /g, '_');
  return KNOWN.has(code) ? { code, at: spaced.index, length: spaced[0].length } : undefined;
}

/** What stands behind the name of a field or of a setting: such a name is no slip of the pen. */
const IS_A_NAME = /^(?:\\?["'`]\s{0,4}[:=]|\s{0,4}=)/;

/** A code of the RFCs, or one of Entra, stands in the text letter for letter. */
export function errorCodeAsWritten(text: string): boolean {
  return EXACT.test(text.slice(0, 20_000)) || /\bAADSTS\d{4,7}\b/.test(text);
}

export function isErrorCode(text: string): boolean {
  return KNOWN.has(snake(text));
}

/** `invalidClient`, `INVALID_CLIENT` and `invalid-client` as `invalid_client`. */
export function snake(word: string): string {
  const spaced = /[a-z]/.test(word) ? word.replace(/([a-z])([A-Z])/g, '$1_$2') : word;
  return spaced.replace(/[- ]/g, '_').toLowerCase();
}

/** One letter added, dropped or changed; with another first letter it is another word. */
function oneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  if (i === 0 && a.length === b.length) return false;
  let j = 0;
  while (j < Math.min(a.length, b.length) - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
  return Math.max(a.length, b.length) - i - j <= 1;
}

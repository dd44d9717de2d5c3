/** Causes in the words of the RFCs: why each is thought of, and the one thing that would tell it from the others. */
import type { Cause, FindingCode } from '../core/index.ts';

type Row = readonly [why: string, tell: string];

const ROWS = {
  'client/wrong-secret': [
    'The secret may be wrong, expired or replaced by a newer one.',
    'Have a new secret issued for this client, and use it once by hand.',
  ],
  'client/unknown': [
    'The server may not know this client id: mistyped, deleted, or of another tenant.',
    'Look the id up where the client was registered, at this very server.',
  ],
  'client/disabled': [
    'The client may be switched off.',
    'Read the state of the client where it was registered.',
  ],
  'client/public': [
    'The client may be registered as a public one, which has no secret and gets no token of its own (RFC 6749 §4.4).',
    'Read the type of the client: it must be confidential, with a secret.',
  ],
  'client/auth-method-mismatch': [
    'The server may expect id and secret in another place: in the body instead of the header, or the reverse.',
    'Run again with --client-auth post, or basic if post was used.',
  ],
  'credential/missing': [
    'The request may carry no client id and secret.',
    'Look at the request as it was sent: is there an Authorization header, or client_secret in the body?',
  ],
  'credential/needs-form-encoding': [
    'Id and secret must be form-encoded before they go into the header (RFC 6749 §2.3.1).',
    'Send them in the body once, where they are always encoded.',
  ],
  'header/bad-base64': [
    'What follows "Basic" may not be base64 of id:secret.',
    'Build the header again from the plain id and secret.',
  ],
  'header/missing-scheme': [
    'The word "Basic " may be missing in the header.',
    'Look at the header as it was sent.',
  ],
  'header/wrong-scheme': [
    'The header may have another scheme than Basic.',
    'Look at the header as it was sent.',
  ],
  'header/duplicate-credentials': [
    'Id and secret are sent in more than one way.',
    'Leave them in the header only, and send it again.',
  ],
  'request/missing-grant-type': [
    'The server did not find grant_type in the body.',
    'Print the body that leaves the program: it must hold grant_type=client_credentials.',
  ],
  'request/json-body': [
    'The body may have been sent as JSON; a token endpoint reads a form.',
    'Send grant_type=client_credentials with Content-Type: application/x-www-form-urlencoded.',
  ],
  'request/wrong-content-type': [
    'The Content-Type may not say that the body is a form.',
    'It must be application/x-www-form-urlencoded.',
  ],
  'request/wrong-endpoint': [
    'This URL may not be the token endpoint.',
    'Compare it with token_endpoint in the discovery document of the issuer.',
  ],
  'request/wrong-region': [
    'The client may live in another tenant, realm, region or environment than the one that was asked.',
    'Ask for a token at the place where the client was created.',
  ],
  'connection/clock-skew': [
    'The clock of this machine may be wrong: the server judges the times in the request.',
    'Compare date -u with the Date header of the answer.',
  ],
  'connection/outage': ['The server has a fault of its own.', 'Run again in some minutes.'],
  'connection/tls-or-proxy': ['A proxy may have answered.', 'Try the same from a network without the proxy.'],
  'grant/not-allowed': [
    'The client, or the whole server, may not be allowed to use this grant.',
    'Read the allowed grant types of the client: client_credentials must be among them.',
  ],
  'grant/wrong-type-sent': [
    'The request that was really sent may have asked for another grant.',
    'Print the body that leaves the program: it must hold grant_type=client_credentials.',
  ],
  'grant/code-invalid': [
    'The authorization code is unknown, used already, or too old; it is good once and for a short time.',
    'Fetch a new code and exchange it once, at once.',
  ],
  'grant/redirect-uri-mismatch': [
    'The redirect URI differs from the one that the code was fetched with, or from the registered one.',
    'Compare the two byte for byte, the last slash included.',
  ],
  'grant/pkce-mismatch': [
    'The code verifier does not belong to the challenge that the code was fetched with (RFC 7636 §4.6).',
    'S256 of the verifier, base64url without padding, must give the challenge.',
  ],
  'grant/refresh-token-invalid': [
    'The refresh token is used, revoked, expired, or of another client.',
    'Sign in anew; a service needs no refresh token with client_credentials.',
  ],
  'scope/not-allowed': [
    'The client may not be allowed to ask for this scope.',
    'Ask for the token without scope, then with one scope at a time.',
  ],
  'scope/unknown': [
    'The server may not have a scope of this name.',
    'Compare it with scopes_supported of the discovery document and with the documentation of the API.',
  ],
  'scope/malformed': [
    'The scope parameter may be malformed: scopes are separated by single spaces (RFC 6749 §3.3).',
    'Write it as --scope "one two".',
  ],
  'scope/not-requested': [
    'No scope was asked for, and the server has no default.',
    'Ask for one with --scope.',
  ],
  'scope/wrong-audience': [
    'The token may be meant for another API than the one that was called.',
    'Compare the aud claim of the token with what the API expects.',
  ],
  'endpoint/token-expired': [
    'The token may have ended, or been revoked.',
    'Fetch a new token and call at once; if that works, the old one had ended.',
  ],
  'endpoint/token-malformed': [
    'The header may not hold the token as it was issued: cut, quoted, or not behind the word Bearer.',
    'The header must read "Authorization: Bearer " and then the token, byte for byte.',
  ],
  'endpoint/token-wrong-environment': [
    'The token may have been issued by another server than the one that the API trusts.',
    'Compare the iss claim of the token with the issuer that the API is configured for.',
  ],
  'endpoint/missing-scope': [
    'The token may lack the scope that the endpoint demands.',
    'Compare the scopes of the token with those that the API names for the endpoint.',
  ],
  'endpoint/missing-permission': [
    'The client may lack a role or permission that the API demands beside the scope.',
    'Ask the API which permission the endpoint needs, and read what the client has.',
  ],
  'endpoint/policy-denied': [
    'A policy of the API or of a gateway before it may deny the call.',
    'Ask whoever runs it, with the time of the call.',
  ],
  'endpoint/ip-blocked': [
    'The address of this machine may not be on the list of allowed ones.',
    'Call from a machine that is on the list.',
  ],
  'endpoint/user-context': [
    'The endpoint may be about a signed-in user, and the token of a machine has none.',
    'Call it with the token of a user once.',
  ],
  'endpoint/consent-missing': [
    'Nobody may have consented yet that this client uses the API.',
    'Ask an admin whether the client is approved for the API.',
  ],
  'endpoint/not-found': [
    'The API has no such endpoint, or nothing with this id.',
    'Compare method and path with the documentation of the API.',
  ],
  'endpoint/rate-limited': [
    'Too many requests were made.',
    'Wait as long as Retry-After says, then ask once.',
  ],
} as const satisfies Partial<Record<FindingCode, Row>>;

export type RfcCode = keyof typeof ROWS;

/** A cause with the words of the table; `why` replaces the table's where the case knows more. */
export function cause(code: RfcCode, likelihood: number, why?: string): Cause {
  const [usual, tell] = ROWS[code];
  return { code, why: why ?? usual, tell, likelihood };
}

/** Likeliest first; one a code. */
export function ranked(causes: readonly Cause[]): Cause[] {
  const best = new Map<FindingCode, Cause>();
  for (const one of causes) {
    const known = best.get(one.code);
    if (!known || (one.likelihood ?? 0) > (known.likelihood ?? 0)) best.set(one.code, one);
  }
  return [...best.values()].sort((a, b) => (b.likelihood ?? 0) - (a.likelihood ?? 0));
}

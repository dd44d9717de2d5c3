/** The causes in general words, for answers whose wording names them; a row gives its own words where it knows more. */
import type { Cause, FindingCode } from './finding.ts';

type Words = readonly [why: string, tell: string];

const WORDS: { readonly [code in FindingCode]: Words } = {
  'credential/missing': [
    'The request may carry no id or no secret at all.',
    'Print the length of both values just before the request; 0 means that the setting was never read.',
  ],
  'credential/swapped': [
    'Id and secret may stand in each other’s place.',
    'Compare both with the console: which of the two is the id there?',
  ],
  'credential/mangled': [
    'The id or the secret may have been changed on its way into the program: quotes kept, a variable not expanded, cut at # or $.',
    'Compare the length of the value in the running program with the one in the console.',
  ],
  'credential/placeholder': [
    'A placeholder from the documentation may stand where the real value belongs.',
    'Read the settings that the running program uses; a real id does not look like a sentence.',
  ],
  'credential/non-ascii': [
    'A character outside ASCII (a typographic quote, a zero-width space) may stand in the id or the secret.',
    'Copy the value from the console into a plain text editor, or print the code points of the one in use.',
  ],
  'credential/over-encoded': [
    'The id or the secret may be form-encoded although this server does not decode the Basic header.',
    'Send the pair in the body, or raw in the header; if one of the two works, the server does not decode.',
  ],
  'credential/needs-form-encoding': [
    'The server may form-decode the id and the secret of the Basic header (RFC 6749 §2.3.1), which changes a secret with + or %.',
    'If the secret has a character other than letters and digits, form-encode both before base64, or send them in the body.',
  ],
  'credential/whitespace': [
    'A blank or a line break may stand at an edge of the id or the secret.',
    'Compare the length of the value in the program with the length of the value in the console.',
  ],
  'credential/already-encoded': [
    'The secret may be an encoded form of the real one.',
    'Compare it with the value in the console, character by character.',
  ],
  'header/duplicate-credentials': [
    'The credentials were sent in two ways at once, in the header and in the body.',
    'Leave out one of the two; RFC 6749 §2.3 allows one method a request.',
  ],
  'header/missing-scheme': [
    'The Authorization header may lack its scheme.',
    'It must begin with the word Basic (or Bearer) and one blank.',
  ],
  'header/bad-base64': [
    'The Basic header may not be decodable: cut, wrapped or in the wrong alphabet.',
    'Decode it with `base64 -d`; it must give id:secret and nothing else.',
  ],
  'header/wrong-scheme': [
    'The Authorization header has another scheme than the server wants.',
    'A token request wants Basic, a call wants Bearer.',
  ],
  'request/wrong-endpoint': [
    'The request may have gone to a URL that is not the token endpoint.',
    'Read token_endpoint in the metadata document of the server (/.well-known/openid-configuration).',
  ],
  'request/wrong-region': [
    'The client may live in another region, tenant or environment than the one that was asked.',
    'Compare the host, tenant or environment of the request with the one where the client was made.',
  ],
  'request/wrong-content-type': [
    'The content type may not be application/x-www-form-urlencoded, so the server reads no parameters.',
    'Print the Content-Type header of the request as it was sent.',
  ],
  'request/json-body': [
    'The body may have been sent as JSON; a token endpoint reads a form, so it sees no grant_type.',
    'Look at the raw body: it must read grant_type=…&…, not {"grant_type": …}.',
  ],
  'request/missing-grant-type': [
    'The server saw no grant_type.',
    'Look at the raw body as it was sent; grant_type must be in it.',
  ],
  'request/malformed-command': [
    'The command may not send what it seems to send.',
    'Run it with -v and read what is sent.',
  ],
  'connection/tls-or-proxy': [
    'The certificate of the server is not trusted on this machine, or a proxy answers in its place.',
    'Read the issuer with `openssl s_client -connect HOST:443`.',
  ],
  'connection/unreachable': ['Nobody answered at this address.', 'Ask with `curl -v` from the same machine.'],
  'connection/clock-skew': [
    'The clock of this machine may be wrong, so the signed request seems too old or too new.',
    'Compare `date -u` with the Date header of any answer of the server.',
  ],
  'connection/outage': [
    'The server failed by itself (5xx); that says nothing about the request.',
    'Read the status page of the provider, and ask again later with the same request.',
  ],
  'client/unknown': [
    'The server may not know this client id.',
    'Look for the id in the console of the very tenant or environment that was asked.',
  ],
  'client/wrong-secret': [
    'The secret may be wrong, expired or replaced by a newer one.',
    'Make a second secret if the provider allows two, and try it once.',
  ],
  'client/disabled': ['The client may be disabled.', 'Read its state in the console.'],
  'client/public': [
    'The client may be registered as a public one, which has no secret of its own.',
    'Read the client type (public or confidential) in the console.',
  ],
  'client/auth-method-mismatch': [
    'The client may be registered for another way of proving itself than the one that was used (Basic header, form body, assertion).',
    'Send the same credentials the other way once; if that works, this was it.',
  ],
  'grant/not-allowed': [
    'The client is not allowed to use this grant.',
    'Read the allowed grant types of the client in the console.',
  ],
  'grant/wrong-type-sent': [
    'Another grant_type was sent than the one that was meant.',
    'Look at grant_type in the raw body as it was sent.',
  ],
  'grant/code-invalid': [
    'The authorization code is used up, expired or of another client.',
    'Fetch a new code and exchange it once, at once.',
  ],
  'grant/redirect-uri-mismatch': [
    'The redirect URI of the request is not, letter for letter, the registered one.',
    'Compare both, with scheme, port, path and trailing slash.',
  ],
  'grant/refresh-token-invalid': [
    'The refresh token is expired, revoked or already replaced.',
    'Sign in again; if the new refresh token works, the old one had ended.',
  ],
  'grant/pkce-mismatch': [
    'The code_verifier does not belong to the code_challenge.',
    'base64url(SHA-256(code_verifier)) must equal the code_challenge that was sent.',
  ],
  'scope/not-requested': [
    'The scope that the call needs was not asked for.',
    'Compare the scope of the token with the one that the API documents.',
  ],
  'scope/not-allowed': [
    'The scope exists, but this client is not allowed to have it.',
    'Read the scopes that are assigned to the client in the console.',
  ],
  'scope/unknown': [
    'The server does not know a scope with this name.',
    'Compare the name with scopes_supported of the metadata document or the documentation of the API.',
  ],
  'scope/malformed': [
    'The scope does not have the form that this server wants.',
    'Scopes are separated by one blank (RFC 6749 §3.3), and some servers want one of a fixed form.',
  ],
  'scope/granted-narrower': [
    'The token carries fewer scopes than the call needs.',
    'Read the scope of the token answer, or the scp or scope claim of the token.',
  ],
  'scope/wrong-audience': [
    'The token is for another API than the one that was called, or no audience was asked for.',
    'Read the aud claim of the token and compare it with the identifier of the API.',
  ],
  'endpoint/token-expired': [
    'The token has ended.',
    'Fetch a new one and call at once; if that works, the old one had ended.',
  ],
  'endpoint/token-malformed': [
    'What stands behind Bearer is not the token as it was issued.',
    'Print the length of the token in the program; it must equal that of access_token.',
  ],
  'endpoint/token-wrong-environment': [
    'The token was issued by another environment, tenant or issuer than the one that was called.',
    'Compare the iss claim (or the token host) with the host of the API.',
  ],
  'endpoint/missing-permission': [
    'The client lacks the permission or role that the endpoint demands.',
    'Compare the permissions that the endpoint documents with those that are assigned to the client.',
  ],
  'endpoint/missing-scope': [
    'The token lacks a scope that the endpoint demands.',
    'Read the scope of the token and compare it with the one that the API documents.',
  ],
  'endpoint/missing-division': [
    'The client may not see the part of the organization in which the object lies.',
    'Ask for an object of which you know that the client sees it.',
  ],
  'endpoint/user-context': [
    'The endpoint wants a signed-in user, and a client credentials token has none.',
    'Try the same call with a token of a user; if that works, this was it.',
  ],
  'endpoint/consent-missing': [
    'Nobody has consented to the permissions that the client asks for.',
    'An administrator looks whether consent was granted, in the tenant where the call is made.',
  ],
  'endpoint/not-found': [
    'The API has no such endpoint or object.',
    'Compare method and path with the documentation of the API.',
  ],
  'endpoint/feature-missing': [
    'The feature, licence or API is not switched on for this organization or project.',
    'Look for it among the enabled products or APIs.',
  ],
  'endpoint/ip-blocked': [
    'The address from which the request came is not allowed.',
    'Try the same request from an allowed network.',
  ],
  'endpoint/policy-denied': [
    'A policy of the organization denies it, although the permission is there.',
    'An administrator reads the sign-in or audit log; it names the policy.',
  ],
  'endpoint/silently-empty': [
    'The call may be answered with less than there is, because the client does not see the rest; no error tells.',
    'Ask for an object that is missing by its id, or compare with what an administrator sees.',
  ],
  'endpoint/rate-limited': [
    'Too many requests in a short time.',
    'Wait as long as Retry-After says, then ask once; keep tokens until they expire.',
  ],
};

/** A cause in general words, or in the row's own. */
export function cause(code: FindingCode, likelihood: number, why?: string, tell?: string): Cause {
  const [generalWhy, generalTell] = WORDS[code];
  return { code, likelihood, why: why ?? generalWhy, tell: tell ?? generalTell };
}

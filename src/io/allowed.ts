/** What may pass the door: names of headers, error fields and claims. What is not named here is dropped, never masked. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().toLowerCase().split(/\s+/));

const HEADERS = words(`
  content-type content-length date age server via warning allow location retry-after www-authenticate
  proxy-authenticate x-cache x-squid-error cf-ray x-amz-cf-id x-amzn-requestid x-amzn-errortype
  x-request-id request-id x-correlation-id correlation-id inin-correlation-id x-ms-request-id x-okta-request-id
  x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset x-rate-limit-limit x-rate-limit-remaining
  x-rate-limit-reset ratelimit ratelimit-policy ratelimit-limit ratelimit-remaining ratelimit-reset
  inin-ratelimit-count inin-ratelimit-allowed inin-ratelimit-reset deprecation sunset`);

const ERROR_FIELDS = words(`
  error errors error_description error_uri error_code error_codes error_type error_subtype error_subcode
  error_summary error_message error_msg error_reason errorCode errorMessage errorSummary errorCauses errorId
  errorLink errorType errorDetails suberror subError description message messages msg detail details title type
  code status statusCode status_code statusText status_message httpStatus httpStatusCode reason reasons cause
  causes hint info contextId context_id correlationId correlation_id requestId request_id trace_id traceId
  timestamp messageWithParams messageParams entityId entityName limit limits field fieldName location parameter
  param path resource domain service metadata fault faultstring faultcode errorcode odata.error value lang
  innerError innererror scope scopes required requiredScopes requiredPermissions permissions permission
  missingPermissions missing needed provided granted policies policy success ok developerMessage userMessage
  moreInfo more_info documentation_url doc_url name claims_error Code Message Type RequestId __type
  exception throwable line level severity retryAfter retry_after retriable`);

/** Maps whose keys the server chooses; scalar values pass unless their name is that of a secret. */
const FREE_MAPS = words('messageParams metadata');

/** RFC 9068, RFC 7519 and the vendors' names for the same things. */
const CLAIMS = words(`
  iss aud sub client_id cid azp appid scope scp roles permissions groups_overage exp iat nbf jti typ ver tid
  gty idtyp token_use active token_type org_id`);
const JOSE_FIELDS = words('alg typ kid enc cty');

const SECRET_NAME =
  /secret|passw|pwd|passphrase|credential|assertion|signature|api[_-]?key|apikey|private|cookie|session|samlresponse|otp/i;
const TOKEN_NAME = /token/i;
const SHORT_SECRET_NAME =
  /^(?:code|key|sig|sid|auth|authorization|jwt|bearer|code_verifier|state|nonce|device_code|user_code)$/i;
const HARMLESS_NAME =
  /^(?:token_type|token_type_hint|grant_type|requested_token_type|subject_token_type|actor_token_type|client_assertion_type|expires_in|token_endpoint|token_use|token_endpoint_auth_method)$/i;

export const headerAllowed = (name: string): boolean => HEADERS.has(name.toLowerCase());
export const errorFieldAllowed = (name: string): boolean => ERROR_FIELDS.has(name.toLowerCase());
export const freeMap = (name: string): boolean => FREE_MAPS.has(name.toLowerCase());
export const claimAllowed = (name: string): boolean => CLAIMS.has(name.toLowerCase());
export const joseFieldAllowed = (name: string): boolean => JOSE_FIELDS.has(name.toLowerCase());

/** A parameter or field whose name says that its value is a secret. */
export function secretNamed(name: string): boolean {
  if (HARMLESS_NAME.test(name)) return false;
  return SECRET_NAME.test(name) || TOKEN_NAME.test(name) || SHORT_SECRET_NAME.test(name);
}

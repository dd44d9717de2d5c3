/** Whether a server has to find a form with a grant_type in a request at all, and whether it found what was sent. */
import { bodyText, type Exchange, type Scene } from '../../core/index.ts';

/** Errors that a server mostly gives after it has read the body. */
const MOSTLY_AFTER_READING =
  /^(?:invalid_scope|invalid_target|unauthorized_client|access_denied|invalid_grant)$/;

/** A multipart body is one that a form reader misreads, so an error about its content speaks against nothing. */
export function speaksOfContent(exchange: Exchange, error: string): boolean {
  const isMultipart = /multipart/i.test(exchange.request.contentType ?? '');
  return MOSTLY_AFTER_READING.test(error) && !(error === 'invalid_grant' && isMultipart);
}

/**
 * The endpoint asks for no grant_type, by its host and path: the device authorization endpoint (RFC 8628 §3.1), and
 * endpoints older than RFC 6749, which exchange a code and nothing else.
 */
const WITHOUT_GRANT_TYPE: readonly { readonly url: RegExp; readonly source: string }[] = [
  {
    url: /\/(?:oauth2?|connect|v\d|auth|login)(?:\/[\w.-]+)*\/(?:device(?:[_/-]?(?:code|authori[sz](?:e|ation)))?|devicecode|device_authorization|deviceauthorization)\/?(?:[?#]|$)/i,
    source: 'https://www.rfc-editor.org/rfc/rfc8628#section-3.1',
  },
  {
    url: /^https?:\/\/(?:[\w-]+\.)?slack\.com\/api\/(?:oauth(?:\.v2)?\.access|openid\.connect\.token)\b/i,
    source: 'https://docs.slack.dev/reference/methods/oauth.v2.access#arguments',
  },
  {
    url: /^https?:\/\/github\.com\/login\/(?:oauth\/access_token|device\/code)\b/i,
    source: 'https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps',
  },
  {
    url: /^https?:\/\/graph\.facebook\.com\/(?:v[\d.]+\/)?oauth\/access_token\b/i,
    source: 'https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow#confirm',
  },
  {
    url: /^https?:\/\/[\w-]+\.myshopify\.com\/admin\/oauth\/access_token\b/i,
    source: 'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens',
  },
];

/** @returns false where the endpoint is known to ask for none */
export function takesGrantType({ request: { url = '' } }: Exchange): boolean {
  return !WITHOUT_GRANT_TYPE.some((endpoint) => endpoint.url.test(url));
}

/** Token endpoints that read JSON as well as a form, or JSON only, by their documentation. */
const READS_JSON: readonly { readonly url: RegExp; readonly source: string }[] = [
  {
    url: /^https?:\/\/[\w.-]+\.auth0\.com\/oauth\/token\b/i,
    source:
      'https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow',
  },
  {
    url: /^https?:\/\/auth\.atlassian\.com\/oauth\/token\b/i,
    source: 'https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/',
  },
  {
    url: /^https?:\/\/api\.notion\.com\/v1\/oauth\/token\b/i,
    source: 'https://developers.notion.com/reference/create-a-token',
  },
  {
    url: /^https?:\/\/connect\.squareup(?:sandbox)?\.com\/oauth2\/token\b/i,
    source: 'https://developer.squareup.com/reference/square/o-auth-api/obtain-token',
  },
  {
    url: /^https?:\/\/[\w-]+\.myshopify\.com\/admin\/oauth\/access_token\b/i,
    source: 'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens',
  },
  {
    url: /^https?:\/\/api\.trakt\.tv\/oauth\/token\b/i,
    source: 'https://trakt.docs.apiary.io/#reference/authentication-oauth/get-token',
  },
];

/** Whether the server is known to read JSON: by the address that was asked, or by the provider. */
export function readsJson({ request: { url = '' } }: Exchange, { evidence }: Scene): boolean {
  return evidence.provider === 'auth0' || READS_JSON.some((endpoint) => endpoint.url.test(url));
}

const GRANT = `["'\`(]?(?:client_credentials|authorization_code|refresh_token|password|urn:ietf:[\\w:.-]{4,80})\\b`;
const REFUSED =
  '(?:not (?:allowed|authori[sz]ed|permitted|enabled|supported)|un(?:supported|authori[sz]ed)|disabled)';
/** A grant is refused by its name; a server that saw none has no name to say. */
const GRANT_NAMED = new RegExp(
  `\\bgrant[ _-]?type:? ?${GRANT}["'\`)]?,? (?:(?:is|was) )?${REFUSED}\\b|\\b${REFUSED}\\b[^.;\\n]{0,40}\\bgrant[ _-]?type:? ?${GRANT}`,
  'i',
);
/** The client is told by its name; a name of a parameter (`'client_id'`) is none. */
const CLIENT_NAMED =
  /\b(?:client|application|app)(?: with)?(?: the)?(?: (?:id|identifier|name))?:? ?["'`(](?!client|app_?id|["'`)])[^"'`)\n]{3,100}["'`)]/i;

/**
 * The answer names what only the body told: the grant that was sent, the client, the scope, the audience, the redirect
 * URI. So the server has read it, whatever is shown of the request.
 */
export function namesWhatWasSent(exchange: Exchange): boolean {
  const words = ['error_description', 'message', 'description'].flatMap(
    (field) => bodyText(exchange, field) ?? [],
  );
  const text = words.join('\n').slice(0, 5000);
  if (text === '') return false;
  const { form = {}, authorization } = exchange.request;
  const sent = ['scope', 'scopes', 'audience', 'resource', 'redirect_uri'].flatMap((name) =>
    (form[name] ?? '').split(/\s+/),
  );
  return (
    GRANT_NAMED.test(text) ||
    (authorization.kind === 'absent' && CLIENT_NAMED.test(text)) ||
    sent.some((value) => value.length > 5 && /[^a-z]/i.test(value) && text.includes(value))
  );
}

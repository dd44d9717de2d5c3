/** What is shown of the grant that a request names, and what a server says of the flow of a sign-in. */
import type { Look, SaidRule } from './rule.ts';

/** Words of servers that have grants of their own, beside those of the RFCs, which are URIs (RFC 6749 §4.5). */
const OF_A_VENDOR =
  /^(?:account_credentials|client_credential|(?:fb|ig|th)_\w+|convert_token|device_code|token[-_]exchange|passwordless|otp|social|external\w*|mfa[-_]\w+|jwt[-_]bearer|app_?token|personal_access|webserver|web_server|sso|custom\w*|delegation|anonymous|http\w*|urn\w*)$/i;
const OF_THE_RFC = /^(?:client_credentials|authorization_code|refresh_token|password|implicit)$/;

function grantOf(look: Look): string {
  return look.form('grant_type') ?? '';
}

/** `user_token`, `access_token`: what one wants to get, where the way to it belongs. */
const isAToken = (grant: string): boolean =>
  /token$/i.test(grant) && !OF_THE_RFC.test(grant) && !OF_A_VENDOR.test(grant);

export const grantWords: readonly SaidRule[] = [
  {
    id: 'grant-type-in-codes',
    code: 'grant/wrong-type-sent',
    likelihood: 0.97,
    shows: /\burn%(?:25)?3A[\w%.-]{1,80}/i,
    when: (look) => /%(?:3A|2F|25)/i.test(grantOf(look)),
    why: 'The grant type is percent-encoded where nothing decodes it: in JSON it stands as it is, and a form is encoded once.',
    tell: 'Write urn:ietf:params:oauth:grant-type:… with its colons, or send a form.',
  },
  {
    id: 'token-as-the-grant',
    code: 'grant/wrong-type-sent',
    likelihood: 0.92,
    shows: /\bgrant_type\b\W{1,6}\w*token\b/i,
    when: (look) => isAToken(grantOf(look)),
    why: 'grant_type names a token; it has to name the way to it: client_credentials, authorization_code, refresh_token.',
    tell: 'For a token of the app itself send grant_type=client_credentials.',
  },
  {
    id: 'grant-of-a-client-misspelt',
    code: 'grant/wrong-type-sent',
    likelihood: 0.96,
    pattern:
      /\bgrant[ _-]?types?\b[^\n.]{0,24}["'`]CLIENT_CREDENTIALS["'`]|\bauthorizedGrantType\W{1,5}CLIENT_CREDENTIALS\b/i,
    when: (look) =>
      look.scene.evidence.provider === 'genesys-cloud' &&
      look.failureTold() &&
      look.says(/["'`:= ]CLIENT_CREDENTIALS\b/) &&
      look.says(/\bcreat\w+|\bclient\b[^\n.]{0,20}\b(?:made|making)\b|authorizedGrantType/i),
    why: 'Where a client is created, Genesys Cloud writes the type as CLIENT-CREDENTIALS, with a hyphen; in a token request it is client_credentials.',
    tell: 'Compare the value with authorizedGrantType of a client that GET /api/v2/oauth/clients lists.',
  },
  // RFC 6749 §4.1.2.1: it is the answer of the authorization endpoint, so no grant_type was read.
  {
    id: 'flow-of-a-sign-in-refused',
    code: 'grant/not-allowed',
    likelihood: 0.96,
    shows: /\bunsupported_response_type\b/i,
    when: (look) => look.tokenError(/^unsupported_response_type$/) && grantOf(look) === '',
    why: 'The client may not ask for this response_type: the flow that it stands for (implicit, hybrid) is not switched on for it.',
    tell: 'Switch the flow on where the client is registered (at Entra: ID tokens under Authentication), or ask with response_type=code.',
  },
  {
    id: 'app-down-in-the-console',
    code: 'client/disabled',
    likelihood: 0.96,
    where: ['prose'],
    pattern:
      /\b(?:portal|console|dashboard|(?:admin\w*|app|application|developer|settings)[’']?s? pages?|settings)\b(?:(?!\b(?:APIs?|feature|plugin|scope|option|flow|grant|permission|users?|secret)\b)[^\n.]){0,60}\b(?:app|application|project|client|integration|consumer)\b(?:(?!\b(?:APIs?|feature|plugin|scope|option|flow|grant|permission|users?|secret)\b)[^\n.]){0,40}\b(?:suspended|deactivated|disabled|inactive|revoked|banned|switched off)\b|\b(?:app|application|project|client|integration|consumer)\b (?:is|was|got|has been)? ?(?:flagged|marked|listed|shown|displayed|labell?ed) (?:there )?(?:as )?["'`]?(?:suspended|deactivated|disabled|inactive|revoked|banned)\b/i,
    when: (look) =>
      look.failureTold() &&
      !look.says(
        /\b(?:not|n[’']t|never)\b[^\n.]{0,12}\b(?:suspended|deactivated|disabled|inactive|revoked|banned)\b/i,
      ),
    why: 'The page of the provider shows the app as switched off or suspended.',
    tell: 'Have it made active again there; what it was issued before may be invalid for good.',
  },
];

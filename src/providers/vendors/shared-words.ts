/**
 * Wordings that many servers share (libraries, gateways, frameworks), tried after a vendor's own. They stand before
 * the RFC reading, which knows only what the standards prescribe.
 */
import { callWords } from './call-words.ts';
import { says, type Phrase } from './phrase.ts';
import { TOKEN_ENDED } from './rankings.ts';

const RFC6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2';
const RFC6750 = 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1';
const GRAPHQL = 'https://www.apollographql.com/docs/apollo-server/data/errors';
const LEAGUE = 'https://oauth2.thephpleague.com/authorization-server/client-credentials-grant/';
const FOSITE = 'https://www.ory.com/docs/hydra/guides/client-credentials';
const WSO2 =
  'https://apim.docs.wso2.com/en/latest/api-security/key-management/tokens/overview-of-access-tokens/';
const DOT = 'https://django-oauth-toolkit.readthedocs.io/en/latest/getting_started.html';

export const common: readonly Phrase[] = [
  says(
    /\bunsupported_response_type\b/i,
    [
      [
        'grant/not-allowed',
        0.82,
        'The client may not ask for this response_type: the flow that it stands for (implicit, hybrid, code) is not switched on for it.',
        'Switch that flow on at the client (at Entra: "ID tokens" or "Access tokens" under Authentication), or ask with response_type=code.',
      ],
      ['grant/wrong-type-sent', 0.35],
    ],
    'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1',
  ),
  says(
    /\bclient[_ ]secret (?:is |was )?(?:invalid|incorrect|wrong|not valid|not correct)\b|\b(?:invalid|incorrect|wrong|bad)[_ ]client[_ ]secret\b/i,
    [
      ['client/wrong-secret', 0.88],
      ['client/unknown', 0.2],
      ['credential/mangled', 0.12],
    ],
    RFC6749,
    { on: 'token' },
  ),
  // The PHP league's server says so when it finds no grant_type that fits, most often because the body was no form.
  says(
    /Check that all required parameters have been provided/i,
    [
      [
        'request/json-body',
        0.65,
        'This server says so when it finds no grant_type in a form body; most often the body was sent as JSON.',
      ],
      ['request/wrong-content-type', 0.55],
      ['request/missing-grant-type', 0.5],
      ['grant/not-allowed', 0.4],
    ],
    LEAGUE,
  ),
  says(
    /Check the (?:.|u0022|&quot;){0,6}grant_type/i,
    [
      ['request/missing-grant-type', 0.55],
      ['grant/wrong-type-sent', 0.5],
      ['request/json-body', 0.45],
    ],
    LEAGUE,
  ),
  says(
    /Check the (?:.|u0022|&quot;){0,6}(?:client_id|client_secret)/i,
    [
      ['credential/missing', 0.55],
      ['request/json-body', 0.5],
      ['client/auth-method-mismatch', 0.45],
    ],
    LEAGUE,
  ),
  says(
    /Check the (?:.|u0022|&quot;){0,6}scope|requested scope is invalid, unknown,? (?:or )?malformed/i,
    [
      ['scope/unknown', 0.65],
      ['scope/not-allowed', 0.5],
      ['scope/malformed', 0.45],
    ],
    LEAGUE,
  ),
  says(
    /Cannot decrypt the authorization code|Authorization code has (?:expired|been revoked)|Authorization code (?:doesn't exist|was not issued)/i,
    [
      ['grant/code-invalid', 0.8],
      ['grant/refresh-token-invalid', 0.4],
    ],
    LEAGUE,
  ),
  says(
    /Token (?:has been revoked|is not linked to client)|The refresh token is invalid|wrong client for (?:this )?refresh token/i,
    [['grant/refresh-token-invalid', 0.9]],
    LEAGUE,
    { on: 'token' },
  ),
  says(
    /auth_code_not_found|(?:invalid|expired|unknown|bad|used) (?:or expired )?(?:authori[sz]ation|auth|verification|one-time) code|(?:authori[sz]ation|auth|verification) code (?:is |was |has |has been )?(?:already )?(?:invalid|expired|used|redeemed|consumed|unknown|not (?:found|valid)|incorrect|revoked)|code (?:was |has been |is )?(?:already|previously) (?:been )?(?:used|redeemed|consumed)|code (?:has |is )?expired/i,
    [
      ['grant/code-invalid', 0.9],
      ['grant/redirect-uri-mismatch', 0.25],
      ['request/wrong-region', 0.1],
    ],
    RFC6749,
    {
      on: 'token',
      when: (x, scene) =>
        scene.profile.id !== 'genesys-cloud' && x.request.form?.['grant_type'] !== 'client_credentials',
    },
  ),
  says(
    /(?:either|only one of)\b[^\n]{0,60}\b(?:header|body|basic)\b[^\n]{0,60}\b(?:not both|but not both|or body|or in the body)\b|\bnot both\b|(?:header|basic)[^\n]{0,40}\band\b[^\n]{0,40}(?:body|request parameters?)[^\n]{0,40}(?:not allowed|at the same time|simultaneously)/i,
    [['header/duplicate-credentials', 0.9]],
    RFC6749,
    { on: 'token' },
  ),
  says(
    /explicit deny/i,
    [
      [
        'endpoint/policy-denied',
        0.85,
        'A policy denies the call by name; no permission outweighs an explicit deny.',
      ],
      ['endpoint/missing-permission', 0.3],
    ],
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
  ),
  // fosite (ORY Hydra and others) decodes id and secret of the Basic header as RFC 6749 §2.3.1 prescribes.
  says(
    /Client authentication failed \(e\.g\., unknown client, no client authentication included, or unsupported authentication method\)/i,
    [
      [
        'client/auth-method-mismatch',
        0.5,
        'This server tells one method for each client (token_endpoint_auth_method) and takes no other.',
      ],
      ['client/wrong-secret', 0.48],
      [
        'credential/needs-form-encoding',
        0.46,
        'This server form-decodes id and secret of the Basic header (RFC 6749 §2.3.1); many client libraries do not encode them, which spoils a secret with + or %.',
      ],
      ['client/unknown', 0.42],
      ['request/wrong-region', 0.2],
    ],
    FOSITE,
    { on: 'token' },
  ),
  says(
    /OAuth 2\.0 Client[^\n]{0,60}(?:not allowed|authorized)[^\n]{0,40}grant|The client is not authorized to request a token using this method/i,
    [['grant/not-allowed', 0.9]],
    FOSITE,
  ),
  says(
    /A valid OAuth client could not be found for client_id/i,
    [
      ['client/unknown', 0.93, 'The server names the client id that it does not know.'],
      ['request/wrong-region', 0.3],
    ],
    WSO2,
    { proves: 'connection' },
  ),
  says(
    /Client Authentication failed\.|Provided Authorization Grant is invalid(?!,)|Persisted access token data not found/i,
    [
      ['client/wrong-secret', 0.6],
      ['grant/code-invalid', 0.35],
      ['client/unknown', 0.35],
    ],
    WSO2,
    { on: 'token' },
  ),
  says(
    /900901|Invalid Credentials\. Make sure you have provided the correct security credentials/i,
    [
      ['endpoint/token-malformed', 0.5],
      ['endpoint/token-expired', 0.5],
      ['endpoint/token-wrong-environment', 0.35],
    ],
    WSO2,
    { on: 'endpoint' },
  ),
  says(
    /900908|Resource forbidden|900910|does not allow (?:you )?to access the requested resource/i,
    [
      [
        'endpoint/missing-permission',
        0.6,
        'The application is not subscribed to this API, or its token lacks the scope.',
      ],
      ['endpoint/missing-scope', 0.58],
      ['endpoint/consent-missing', 0.3],
    ],
    WSO2,
    { on: 'endpoint' },
  ),
  says(
    /Authentication credentials were not provided/i,
    [
      [
        'endpoint/token-malformed',
        0.6,
        'No Authorization header in a form that the server reads reached it.',
      ],
      ['endpoint/token-expired', 0.3],
      ['header/missing-scheme', 0.3],
    ],
    DOT,
    { on: 'endpoint' },
  ),
  // Wrong place, environment, tenant.
  says(
    /(?:wrong|different|another|other|invalid|incorrect|unknown) (?:environment|region|tenant|data ?cent(?:er|re)|instance|cluster|realm|domain)\b|not (?:found|valid|registered) (?:in|for) this (?:environment|region|tenant|data ?cent(?:er|re)|realm)|(?:sandbox|production|live|test) (?:credentials|keys?|client|app)[^\n]{0,60}(?:cannot|can't|not)\b/i,
    [
      ['request/wrong-region', 0.75],
      ['client/unknown', 0.45],
      ['endpoint/token-wrong-environment', 0.4],
    ],
    RFC6749,
  ),
  says(
    /Missing mandatory request header: authorization|no authorization header|authorization header (?:is )?(?:missing|required|not (?:found|present))|missing (?:the )?authorization header/i,
    [
      [
        'client/auth-method-mismatch',
        0.5,
        'No Authorization header reached the server; some clients try the header first and report the error of a second try without it.',
      ],
      ['credential/missing', 0.48],
      ['client/wrong-secret', 0.4],
      ['client/unknown', 0.35],
      ['header/missing-scheme', 0.2],
    ],
    RFC6749,
    { on: 'token' },
  ),
  says(
    /^(?![^]*\bpublic\b)[^]*\bclient[_ ]assertion\b/i,
    [
      [
        'client/auth-method-mismatch',
        0.75,
        'The server speaks of a signed assertion: the one that came does not fit, or it expects one.',
      ],
      ['client/wrong-secret', 0.35],
      ['request/wrong-endpoint', 0.2, 'Its aud must be the token endpoint or the issuer, letter for letter.'],
    ],
    'https://www.rfc-editor.org/rfc/rfc7523#section-3',
    { on: 'token' },
  ),
  ...callWords,
  // RFC 6750 §3.1: to a request without a token the server says no error code.
  says(
    /^Bearer(?: (?:realm|charset|authorization_uri|resource_metadata)=[^\n=]{0,200})?$/im,
    [
      [
        'endpoint/token-malformed',
        0.5,
        'The challenge names no error: that is what an API says where it saw no token (RFC 6750 §3.1).',
        'Look at the request as it was sent: a redirect or a proxy may drop the Authorization header.',
      ],
      ['endpoint/token-expired', 0.4],
      ['scope/wrong-audience', 0.3],
      ['endpoint/token-wrong-environment', 0.25],
    ],
    RFC6750,
    { on: 'endpoint', status: [401] },
  ),
  // The codes of Apollo and of those that follow it, under a status of 200.
  says(
    /^(?:code|type|errorType): ["']?(?:UNAUTHENTICATED|AUTHENTICATION_(?:ERROR|REQUIRED)|UNAUTHORI[SZ]ED)\b/im,
    TOKEN_ENDED,
    GRAPHQL,
    { on: 'endpoint', status: [200] },
  ),
  says(
    /^(?:code|type|errorType): ["']?(?:FORBIDDEN|ACCESS_DENIED|PERMISSION_DENIED)\b/im,
    [
      ['endpoint/missing-permission', 0.66],
      ['endpoint/missing-scope', 0.5],
      ['endpoint/policy-denied', 0.2],
    ],
    GRAPHQL,
    { on: 'endpoint', status: [200] },
  ),
];

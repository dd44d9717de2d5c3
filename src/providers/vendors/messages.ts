/**
 * Messages of servers, frameworks, gateways and client libraries that stand word for word in many places. A row here is
 * as specific as the message; the shared words come after it. This table is long.
 */
import { says, type Phrase } from './phrase.ts';
import { REFRESH_ENDED } from './rankings.ts';

const API_GATEWAY =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html';
const COGNITO =
  'https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html';
const KONG = 'https://developer.konghq.com/plugins/oauth2/';
const APIGEE = 'https://cloud.google.com/apigee/docs/api-platform/troubleshoot/runtime';
const ENVOY = 'https://istio.io/latest/docs/reference/config/security/jwt/';
const SPRING = 'https://docs.spring.io/spring-security/reference/servlet/oauth2/resource-server/index.html';
const OPENIDDICT = 'https://documentation.openiddict.com/errors/';
const OAUTHLIB = 'https://oauthlib.readthedocs.io/en/latest/oauth2/server.html';
const REQUESTS_OAUTHLIB = 'https://requests-oauthlib.readthedocs.io/en/latest/oauth2_workflow.html';
const NODE_SERVER = 'https://node-oauthoauth2-server.readthedocs.io/en/master/api/errors/';
const LEAGUE = 'https://oauth2.thephpleague.com/authorization-server/';
const HYDRA = 'https://www.ory.com/docs/hydra/debug/';
const OIDC_PROVIDER = 'https://github.com/panva/node-oidc-provider/blob/main/lib/helpers/errors.js';
const WSO2 = 'https://apim.docs.wso2.com/en/latest/troubleshooting/error-handling/';
const JWT_LIBRARY = 'https://github.com/auth0/node-jsonwebtoken#errors--codes';
const UAA = 'https://docs.cloudfoundry.org/api/uaa/';
const GO_OAUTH2 = 'https://pkg.go.dev/golang.org/x/oauth2#RetrieveError';
const RFC6750 = 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1';
const RFC6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2';
const AUTHENTIK = 'https://docs.goauthentik.io/docs/add-secure-apps/providers/oauth2/';
const MCP = 'https://modelcontextprotocol.io/specification/2025-06-18/basic/authorization';
const PROXY = 'https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview';

const gateways: readonly Phrase[] = [
  says(
    /Missing ?Authentication ?Token/i,
    [
      [
        'request/wrong-endpoint',
        0.82,
        'AWS API Gateway says "Missing Authentication Token" of a path or method that it does not have: the token request went to the API, not to the authorization server.',
        "Take the token endpoint's host and path from the documentation, letter for letter.",
      ],
      ['request/wrong-region', 0.2],
    ],
    API_GATEWAY,
    { on: 'token' },
  ),
  says(
    /Missing ?Authentication ?Token/i,
    [
      [
        'endpoint/not-found',
        0.72,
        'AWS API Gateway says "Missing Authentication Token" of a path or method that it does not have.',
        'Compare method, stage and path with the documentation of the API, letter for letter.',
      ],
      ['endpoint/token-malformed', 0.45],
    ],
    API_GATEWAY,
    { on: 'endpoint' },
  ),
  says(
    /Invalid key=value pair \(missing equal-sign\)|not a valid key=value pair|Authorization header requires '?(?:Credential|Signature)|IncompleteSignatureException/i,
    [
      [
        'endpoint/not-found',
        0.55,
        'AWS takes the bearer token for a signature of its own: the path is none of this API (or the method wants IAM), so no authorizer reads the token.',
        'Compare method, stage and path with the documentation of the API.',
      ],
      ['endpoint/token-malformed', 0.5],
      ['header/wrong-scheme', 0.3],
    ],
    API_GATEWAY,
    { on: 'endpoint' },
  ),
  says(/The incoming token has expired/i, [['endpoint/token-expired', 0.96]], API_GATEWAY),
  says(
    /User is not authorized to access this resource(?: with an explicit deny)?|explicit deny in an? (?:identity|service control|resource)/i,
    [
      ['endpoint/policy-denied', 0.62],
      ['endpoint/missing-permission', 0.58],
      ['endpoint/missing-scope', 0.3],
    ],
    API_GATEWAY,
    { on: 'endpoint' },
  ),
  says(
    /security token included in the request is (?:expired|invalid)|UnrecognizedClientException/i,
    [
      ['endpoint/token-expired', 0.5],
      ['endpoint/token-wrong-environment', 0.45],
      ['endpoint/token-malformed', 0.35],
    ],
    API_GATEWAY,
  ),
  says(
    /is not authorized to perform: ?[\w:*-]+/i,
    [
      ['endpoint/missing-permission', 0.93],
      ['endpoint/policy-denied', 0.25],
    ],
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html',
  ),
  says(
    /API not found with these values|no (?:API|Route|route) (?:found|matched) with (?:those|these) values/i,
    [
      [
        'request/wrong-endpoint',
        0.85,
        'Kong has no route for this host, path or method: its own /oauth2/token stands under the route that it protects.',
        'Send the request with the Host header and the path of the protected route, over https.',
      ],
    ],
    KONG,
    { on: 'token' },
  ),
  says(
    /API not found with these values|no (?:API|Route|route) (?:found|matched) with (?:those|these) values/i,
    [['endpoint/not-found', 0.93]],
    KONG,
    { on: 'endpoint' },
  ),
  says(
    /You must use HTTPS|HTTPS (?:is )?required|must be (?:sent|made) over (?:https|tls|ssl)|OAuth 2 MUST utilize https|InsecureTransportError|insecure_transport|requires? https|ssl (?:is )?required|only accepts? https/i,
    [
      [
        'request/wrong-endpoint',
        0.72,
        'The address is one of plain http, and the server (or the library) takes https only.',
        'Write https://; behind a proxy that ends TLS, let it set X-Forwarded-Proto.',
      ],
      ['connection/tls-or-proxy', 0.5],
      ['grant/redirect-uri-mismatch', 0.2],
    ],
    RFC6749,
  ),
  says(
    /Failed to resolve (?:API Key|OAuth)|InvalidApiKey|Invalid ApiKey|FailedToResolveAPIKey/i,
    [
      ['client/unknown', 0.5],
      ['credential/missing', 0.48],
      ['client/disabled', 0.3],
    ],
    APIGEE,
  ),
  says(
    /InvalidApiKeyForGivenResource|InvalidAPICallAsNoApiProductMatchFound|no apiproduct match found/i,
    [
      [
        'endpoint/missing-permission',
        0.7,
        'The application is registered for no API product that holds this resource.',
        'Apigee: the products of the developer app, and their paths.',
      ],
      ['endpoint/feature-missing', 0.5],
      ['endpoint/not-found', 0.3],
    ],
    APIGEE,
  ),
  says(
    /keymanagement\.service\.(?:access_token_expired|invalid_access_token|refresh_token)|oauth\.v2\.InvalidAccessToken/i,
    [
      ['endpoint/token-expired', 0.6],
      ['endpoint/token-wrong-environment', 0.4],
      ['endpoint/token-malformed', 0.35],
    ],
    APIGEE,
    { on: 'endpoint' },
  ),
  says(/Jwt is expired/i, [['endpoint/token-expired', 0.96]], ENVOY),
  says(
    /Jwt issuer is not configured|Jwt verification fails|Jwks remote fetch is failed|Jwks doesn't have key to match kid/i,
    [
      ['endpoint/token-wrong-environment', 0.9],
      ['connection/unreachable', 0.15],
    ],
    ENVOY,
  ),
  says(/Audiences? in Jwt (?:is|are) not allowed/i, [['scope/wrong-audience', 0.96]], ENVOY),
  says(
    /RBAC: access denied/i,
    [
      ['endpoint/policy-denied', 0.7],
      ['endpoint/missing-permission', 0.55],
    ],
    ENVOY,
  ),
  says(/Jwt is missing|Jwt is not in the form/i, [['endpoint/token-malformed', 0.93]], ENVOY),
  says(
    /Access denied due to (?:missing|invalid) subscription key/i,
    [
      [
        'endpoint/missing-permission',
        0.6,
        'Azure API Management wants a subscription key beside the token (Ocp-Apim-Subscription-Key), and got none, or one of another product.',
        'Look for a subscription to the product of this API.',
      ],
      ['endpoint/token-malformed', 0.3],
      ['endpoint/feature-missing', 0.3],
    ],
    'https://learn.microsoft.com/azure/api-management/api-management-subscriptions',
  ),
  says(
    /upstream sent too big header|400 Request Header Or Cookie Too Large|request header (?:fields )?too large/i,
    [['connection/tls-or-proxy', 0.7, 'A proxy before the server refuses the size of the headers.']],
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#large_client_header_buffers',
  ),
  says(
    /The plain HTTP request was sent to HTTPS port|Client sent an HTTP request to an HTTPS server/i,
    [
      ['request/wrong-endpoint', 0.8],
      ['connection/tls-or-proxy', 0.5],
    ],
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html',
  ),
  says(
    /No required SSL certificate was sent|client certificate (?:is )?(?:required|missing|not)|400 The SSL certificate error/i,
    [
      ['connection/tls-or-proxy', 0.75],
      ['client/auth-method-mismatch', 0.5],
    ],
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_verify_client',
  ),
];

const tokens: readonly Phrase[] = [
  says(
    /signature verification failed|invalid signature|JWSSignatureVerificationFailed|SignatureException|Signed JWT rejected|bad signature|signature is invalid|crypto\/rsa: verification error|JWT signature does not match/i,
    [
      ['endpoint/token-wrong-environment', 0.75],
      ['endpoint/token-malformed', 0.4],
      ['scope/wrong-audience', 0.25],
    ],
    JWT_LIBRARY,
    { on: 'endpoint' },
  ),
  says(
    /(?:claim"?:? ?"?aud|unexpected "?aud|"aud" (?:claim|check)|invalid ['"]?aud|aud(?:ience)? (?:claim )?(?:is |was )?(?:invalid|not|mismatch|wrong)|audience (?:doesn|does|is|was|not)|jwt audience invalid|incorrect ['"]?aud|audience mismatch|has invalid 'aud')/i,
    [
      ['scope/wrong-audience', 0.92],
      ['endpoint/token-wrong-environment', 0.25],
    ],
    JWT_LIBRARY,
  ),
  says(
    /(?:claim"?:? ?"?iss\b|unexpected "?iss\b|invalid ['"]?iss(?:uer)?|jwt issuer invalid|issuer (?:doesn|does|is|was|not|mismatch)|iss claim)/i,
    [
      ['endpoint/token-wrong-environment', 0.9],
      ['scope/wrong-audience', 0.2],
    ],
    JWT_LIBRARY,
    { on: 'endpoint' },
  ),
  says(
    /"?exp"? claim timestamp check failed|TokenExpiredError|Signature has expired|ExpiredJwtException|ExpiredSignatureError|token is expired by|JWTExpired|expired_access_token|expired access token|access token (?:has )?expired|token expired|JWT expired/i,
    [
      ['endpoint/token-expired', 0.94],
      ['connection/clock-skew', 0.15],
    ],
    JWT_LIBRARY,
    { on: 'endpoint' },
  ),
  says(
    /jwt not active|"?nbf"? claim timestamp|PrematureJwtException|ImmatureSignatureError|token is not valid yet|not yet valid|used before issued|Cannot handle token prior to|issued in the future|iat[^\n]{0,30}future|future date|exp(?:iration time)?'?\)?[^\n]{0,30}too far in the future|Token used too early/i,
    [
      ['connection/clock-skew', 0.94],
      ['endpoint/token-expired', 0.15],
    ],
    JWT_LIBRARY,
  ),
  says(
    /no auth(?:entication|orization)? token (?:was )?(?:found|provided)|credentials_required|No authorization token was found|Bad HTTP authentication header format|Bad authorization (?:string|header)|Format is Authorization: Bearer|credentials_bad_scheme|Authorization header (?:must|should) (?:start|begin|be)|Malformed Authorization header|invalid authorization header|wrong number of segments|Invalid number of part|Not enough segments|invalid_jwt|jwt must be (?:provided|a string)|Invalid Compact JWS|JWTs? (?:strings )?must (?:have|contain)/i,
    [
      ['endpoint/token-malformed', 0.88],
      ['header/missing-scheme', 0.35],
    ],
    JWT_LIBRARY,
    { on: 'endpoint' },
  ),
  says(
    /outside (?:the|of) (?:the )?(?:authori[sz]ed|granted|allowed) scopes?|not (?:covered|permitted) by (?:the |your )?(?:granted |token )?scopes?/i,
    [
      ['endpoint/missing-scope', 0.72],
      ['scope/not-requested', 0.6],
      ['scope/granted-narrower', 0.4],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /An OAuth 2 Access Token is required|Full authentication is required to access this resource/i,
    [
      [
        'endpoint/token-malformed',
        0.72,
        'No bearer token reached the API: the header is missing, has another form or was dropped on the way.',
      ],
      ['header/missing-scheme', 0.3],
      ['endpoint/token-expired', 0.25],
    ],
    SPRING,
    { on: 'endpoint' },
  ),
  says(
    /Full authentication is required to access this resource/i,
    [
      [
        'credential/missing',
        0.62,
        'The token endpoint got no client credentials: no Basic header, or one that was dropped on the way.',
      ],
      ['header/missing-scheme', 0.4],
      ['client/auth-method-mismatch', 0.42],
      ['request/wrong-endpoint', 0.25],
    ],
    SPRING,
    { on: 'token' },
  ),
  says(
    /make sure the relevant (?:pages|databases)[^\n]{0,60}shared|shared with (?:your|the) (?:integration|service account|app)|(?:share|add) (?:it|the \w+) (?:with|to) (?:the |your )?(?:integration|service account|app|bot)|bot is not (?:a member|in)|not_in_channel|is not a member of/i,
    [
      [
        'endpoint/missing-permission',
        0.93,
        'The object is not shared with this client: it exists, and the client may not see it.',
        'Share it with the integration, bot or service account, and call again.',
      ],
      ['endpoint/not-found', 0.3],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /read[- ]only (?:application|app|token|access|user|mode)|cannot (?:POST|write)|write access|not allowed to (?:write|create|delete|update|modify|post)/i,
    [
      ['endpoint/missing-permission', 0.82],
      ['endpoint/missing-scope', 0.5],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /(?:essential|free|basic|elevated|premium|pro|enterprise|standard|starter|trial) (?:access|plan|tier|level|subscription|edition|account)|upgrade (?:your|to (?:a |an )?)|subscription (?:required|has (?:lapsed|expired|ended)|is (?:not active|inactive))|SUBSCRIPTION_REQUIRED|lacks? (?:a|an) [\w ]{2,40}licen[cs]e|licen[cs]e (?:is )?(?:required|missing|expired)|payment required|apply for (?:elevated )?access|not (?:available|included) (?:in|on|with) (?:your|this) (?:plan|subscription|edition|tier|account)|closed beta|early access/i,
    [
      [
        'endpoint/feature-missing',
        0.9,
        'The plan, licence or access level of this account does not hold what was called.',
        'Compare the plan of the account with the one that the documentation names.',
      ],
      ['endpoint/missing-permission', 0.25],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /sender ?id ?mismatch|SENDER_ID_MISMATCH|Mismatching? (?:sender|project|tenant|organization)|(?:belongs?|issued|registered|created) (?:to|for|in|by) (?:a |an )?(?:different|another|other) (?:project|organization|tenant|account|environment|app|application|client)|(?:sandbox|test)[^\n]{0,40}(?:works? with|only)[^\n]{0,20}(?:sandbox|test)[^\n]{0,60}production/i,
    [
      [
        'endpoint/token-wrong-environment',
        0.9,
        'Token and target belong to two different projects, tenants or environments.',
      ],
      ['request/wrong-region', 0.3],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
];

const servers: readonly Phrase[] = [
  // ASP.NET: OpenIddict's numbered messages.
  says(
    /ID2055|ID2087|ID2054/,
    [
      ['client/wrong-secret', 0.75],
      ['client/public', 0.35],
    ],
    OPENIDDICT,
  ),
  says(
    /ID2081|ID3027/,
    [
      ['client/unknown', 0.8],
      ['request/wrong-region', 0.25],
    ],
    OPENIDDICT,
  ),
  // "The specified '…' is invalid": the number says it of any parameter, and the text of which.
  says(
    /ID2052/,
    [
      ['client/unknown', 0.5],
      ['scope/unknown', 0.45],
      ['grant/pkce-mismatch', 0.3],
      ['grant/redirect-uri-mismatch', 0.25],
    ],
    OPENIDDICT,
    { on: 'token' },
  ),
  says(
    /ID2053|ID2060/,
    [
      ['client/public', 0.8],
      ['client/auth-method-mismatch', 0.4],
    ],
    OPENIDDICT,
  ),
  says(/ID2064|ID2075|ID2063/, [['grant/not-allowed', 0.92]], OPENIDDICT),
  says(
    /ID2065|ID2074/,
    [
      ['grant/not-allowed', 0.7],
      ['scope/not-allowed', 0.45],
    ],
    OPENIDDICT,
  ),
  says(/ID2051/, [['scope/not-allowed', 0.92]], OPENIDDICT, { on: 'token' }),
  says(
    /ID2077|ID2071/,
    [
      ['scope/unknown', 0.85],
      ['scope/not-allowed', 0.3],
    ],
    OPENIDDICT,
  ),
  says(
    /ID2083|ID2034|ID2030/,
    [
      ['request/wrong-endpoint', 0.65, 'The server takes https only.'],
      ['connection/tls-or-proxy', 0.5],
    ],
    OPENIDDICT,
  ),
  says(
    /ID2032|ID2033|ID2079/,
    [
      ['grant/not-allowed', 0.8],
      ['grant/wrong-type-sent', 0.4],
    ],
    OPENIDDICT,
  ),
  says(
    /ID2029(?=[^\n]*grant_type)|ID2028/,
    [
      ['request/missing-grant-type', 0.8],
      ['request/json-body', 0.5],
    ],
    OPENIDDICT,
  ),
  says(/ID2043|ID2069|ID2072/, [['grant/redirect-uri-mismatch', 0.9]], OPENIDDICT),
  says(
    /ID2019|ID2018|ID2010|ID2016/,
    [
      ['grant/code-invalid', 0.6],
      ['grant/refresh-token-invalid', 0.55],
    ],
    OPENIDDICT,
  ),
  says(
    /ID2004|ID2089|ID2090/,
    [
      ['endpoint/token-malformed', 0.6],
      ['endpoint/token-wrong-environment', 0.5],
    ],
    OPENIDDICT,
  ),
  // oauthlib and what is built on it.
  says(
    /Please supply either code or authorization_response/i,
    [
      [
        'grant/wrong-type-sent',
        0.92,
        'The library runs the authorization code flow: the session was made without the client of the client credentials grant (OAuth2Session(client=…) with a name).',
        'OAuth2Session(client=BackendApplicationClient(client_id=…)).',
      ],
    ],
    REQUESTS_OAUTHLIB,
  ),
  says(
    /\(missing_token\)|MissingTokenError|Missing access token parameter/i,
    [
      [
        'request/wrong-endpoint',
        0.45,
        'The answer held no token, and the library tells no more: the status and body of the answer tell why.',
        'Print the status and the body of the token answer.',
      ],
      ['client/wrong-secret', 0.4],
      ['client/auth-method-mismatch', 0.35],
      ['request/json-body', 0.2],
    ],
    REQUESTS_OAUTHLIB,
  ),
  says(
    /\(mismatching_state\)|MismatchingStateError|state (?:is )?(?:mismatch|invalid|not equal)/i,
    [
      [
        'grant/code-invalid',
        0.6,
        'The state of the callback is not the one that was sent: another session, a second tab, an old link.',
      ],
      ['grant/redirect-uri-mismatch', 0.3],
    ],
    OAUTHLIB,
  ),
  says(
    /Missing client_id parameter|Missing parameter: `?client_id`?|client_id (?:parameter )?(?:is )?(?:missing|required)|missing client id/i,
    [
      ['credential/missing', 0.66],
      ['client/auth-method-mismatch', 0.5],
      ['request/json-body', 0.45],
    ],
    OAUTHLIB,
    { on: 'token' },
  ),
  says(
    /missing client secret|Missing parameter: `?client_secret`?|client_secret (?:is )?(?:missing|required)/i,
    [
      ['credential/missing', 0.72],
      ['client/auth-method-mismatch', 0.5],
      ['client/public', 0.25],
    ],
    OAUTHLIB,
    { on: 'token' },
  ),
  says(
    /Mismatching redirect URI|Redirect URI (?:Error|mismatch)|redirect_uri (?:is )?(?:not whitelisted|mismatch)/i,
    [['grant/redirect-uri-mismatch', 0.95]],
    OAUTHLIB,
  ),
  // PHP.
  says(/Access token has been revoked/i, [['endpoint/token-expired', 0.92]], LEAGUE, { on: 'endpoint' }),
  says(
    /The resource owner or authorization server denied the request|Access token could not be verified|Missing "Authorization" header/i,
    [
      ['endpoint/token-malformed', 0.45],
      ['endpoint/token-expired', 0.42],
      ['endpoint/token-wrong-environment', 0.4],
    ],
    LEAGUE,
    { on: 'endpoint' },
  ),
  says(
    /Client (?:is )?not authorized to use (?:this )?grant type|The client is not authorized to (?:use|request)/i,
    [['grant/not-allowed', 0.92]],
    LEAGUE,
  ),
  says(
    /Personal access client not found|password grant client/i,
    [
      ['client/unknown', 0.6],
      ['grant/not-allowed', 0.55],
    ],
    LEAGUE,
  ),
  says(
    /Key path "[^"\n]{0,120}" does not exist|Key file[^\n]{0,80}permissions/i,
    [['connection/outage', 0.85, 'The server cannot read its own signing keys.']],
    LEAGUE,
  ),
  // Node.
  says(
    /Missing parameter: `grant_type`|Invalid parameter: `grant_type`/i,
    [
      ['request/missing-grant-type', 0.75],
      ['request/json-body', 0.45],
      ['request/wrong-content-type', 0.45],
    ],
    NODE_SERVER,
  ),
  says(
    /Invalid request: content must be application\/x-www-form-urlencoded|(?:only )?application\/x-www-form-urlencoded content-type|content-?type (?:must|should) be|unsupported content[- ]type|Content type '[^'\n]{1,80}' not supported/i,
    [
      ['request/wrong-content-type', 0.86],
      ['request/json-body', 0.72],
    ],
    NODE_SERVER,
    { on: 'token' },
  ),
  says(
    /Invalid client: cannot retrieve client credentials/i,
    [
      ['credential/missing', 0.7],
      ['client/auth-method-mismatch', 0.4],
      ['header/missing-scheme', 0.35],
    ],
    NODE_SERVER,
  ),
  says(
    /Unauthorized client: `grant_type` is invalid|Missing client `grants`/i,
    [['grant/not-allowed', 0.93]],
    NODE_SERVER,
  ),
  says(
    /Invalid client: client is invalid/i,
    [
      ['client/wrong-secret', 0.55],
      ['client/unknown', 0.52],
    ],
    NODE_SERVER,
  ),
  says(
    /mismatch in body and authorization client ids|client authentication must only be provided using one mechanism|multiple client authentication/i,
    [['header/duplicate-credentials', 0.95]],
    OIDC_PROVIDER,
    { forced: true },
  ),
  says(
    /no client authentication mechanism provided/i,
    [
      ['credential/missing', 0.7],
      ['client/auth-method-mismatch', 0.45],
    ],
    OIDC_PROVIDER,
  ),
  says(
    /grant request is invalid/i,
    [
      ['grant/code-invalid', 0.5],
      ['grant/redirect-uri-mismatch', 0.42],
      ['grant/pkce-mismatch', 0.4],
      ['grant/refresh-token-invalid', 0.38],
    ],
    OIDC_PROVIDER,
    { on: 'token' },
  ),
  says(/requested grant type is not allowed for this client/i, [['grant/not-allowed', 0.95]], OIDC_PROVIDER, {
    forced: true,
  }),
  // Go: fosite, dex.
  says(
    /HTTP authorization header missing or invalid/i,
    [
      [
        'client/auth-method-mismatch',
        0.6,
        'This server reads id and secret in a Basic header only, and the client sent them in the body.',
      ],
      ['credential/missing', 0.45],
      ['header/missing-scheme', 0.35],
      ['header/bad-base64', 0.3],
    ],
    HYDRA,
  ),
  says(
    /hashedPassword is not the hash of the given password/i,
    [
      ['client/wrong-secret', 0.6, 'The secret that arrived is another one than that which was stored.'],
      ['credential/needs-form-encoding', 0.5],
      ['credential/whitespace', 0.25],
    ],
    HYDRA,
  ),
  says(
    /OAuth 2\.0 Client supports client authentication method '?(\w+)'?, but method/i,
    [['client/auth-method-mismatch', 0.96]],
    HYDRA,
    { forced: true },
  ),
  says(
    /OAuth 2\.0 Client is not allowed to request scope|is not allowed to request scope|requested scope[^\n]{0,40}not (?:allowed|whitelisted)/i,
    [['scope/not-allowed', 0.93]],
    HYDRA,
  ),
  says(
    /is not allowed to use authorization grant|not allowed to use the[^\n]{0,20}grant/i,
    [['grant/not-allowed', 0.95]],
    HYDRA,
  ),
  says(/Requested audience[^\n]{0,80}not (?:been )?whitelisted/i, [['scope/wrong-audience', 0.95]], HYDRA),
  // Java.
  says(
    /UnapprovedClientAuthentication|Bad credentials[^\n]{0,60}client|Client_id[^\n]{0,20}not found/i,
    [
      ['client/wrong-secret', 0.6],
      ['client/unknown', 0.5],
    ],
    UAA,
  ),
  says(
    /invalid_scope[^\n]{0,20}Invalid scope:? ?[\w.:/-]+|Invalid scope:? [\w.:/-]+/i,
    [
      ['scope/not-allowed', 0.7],
      ['scope/unknown', 0.6],
    ],
    SPRING,
    { on: 'token', when: (x) => !/keycloak/i.test(JSON.stringify(x.request)) },
  ),
  says(
    /[\w.-]* is invalid; not a valid scope name|(?:Unknown|Invalid) scope requested/i,
    [
      ['scope/unknown', 0.8],
      ['scope/not-allowed', 0.4],
    ],
    UAA,
  ),
  says(
    /900900|900907/,
    [
      ['endpoint/feature-missing', 0.6, 'The API or the subscription to it is blocked.'],
      ['endpoint/policy-denied', 0.5],
    ],
    WSO2,
    { on: 'endpoint' },
  ),
  says(/900902|Missing Credentials/i, [['endpoint/token-malformed', 0.85]], WSO2, { on: 'endpoint' }),
  says(
    /90080[0-7]|Message throttled out|You have exceeded your quota/i,
    [['endpoint/rate-limited', 0.96]],
    WSO2,
  ),
  says(
    /900909|900908/,
    [
      ['endpoint/missing-permission', 0.6],
      ['endpoint/feature-missing', 0.45],
      ['endpoint/missing-scope', 0.4],
    ],
    WSO2,
    { on: 'endpoint' },
  ),
  says(
    /OAuth2Provider does not exist|Invalid client identifier|Client ID Error/i,
    [
      ['client/unknown', 0.7],
      ['credential/missing', 0.4],
    ],
    AUTHENTIK,
  ),
  says(
    /No identity with specified client ID|no (?:such )?(?:identity|machine identity)/i,
    [
      ['client/unknown', 0.6],
      ['request/wrong-region', 0.58],
    ],
    'https://infisical.com/docs/documentation/platform/identities/universal-auth',
  ),
  says(
    /Protected resource[^\n]{0,60}does not match|resource (?:indicator|mismatch)|resource_metadata|invalid_target|resource indicator is missing/i,
    [
      ['scope/wrong-audience', 0.85],
      ['request/wrong-endpoint', 0.2],
    ],
    MCP,
    { on: 'token' },
  ),
  says(
    /Incompatible auth server: does not support dynamic client registration|dynamic client registration/i,
    [
      ['client/unknown', 0.6],
      ['client/public', 0.3],
    ],
    MCP,
  ),
  says(
    /(?:bad|invalid) (?:session|csrf)[^\n]{0,40}cookie|unable to obtain csrf cookie|csrf (?:failed|token|mismatch)/i,
    [
      ['grant/code-invalid', 0.55],
      ['grant/redirect-uri-mismatch', 0.45],
    ],
    PROXY,
  ),
  says(
    /oauth2: cannot fetch token: 404|oauth2: cannot fetch token: 405/i,
    [['request/wrong-endpoint', 0.93]],
    GO_OAUTH2,
  ),
  says(
    /server response missing access_token/i,
    [
      [
        'request/wrong-endpoint',
        0.5,
        'The answer is 2xx and holds no access_token: another address than the token endpoint, or an answer of another form.',
      ],
      ['client/auth-method-mismatch', 0.3],
      ['grant/wrong-type-sent', 0.3],
    ],
    GO_OAUTH2,
  ),
  says(
    /Unable to verify secret hash for client|SecretHash does not match|Client \w* ?is configured with secret but SECRET_HASH was not received/i,
    [
      [
        'client/auth-method-mismatch',
        0.5,
        'The app client has a secret, and the request carries no SECRET_HASH, or one of another secret or user name.',
      ],
      ['client/wrong-secret', 0.5],
      ['credential/missing', 0.48],
    ],
    COGNITO,
  ),
  says(
    /USER_PASSWORD_AUTH flow not enabled|Auth flow not enabled for this client|USER_SRP_AUTH is not enabled|ADMIN_NO_SRP_AUTH/i,
    [['grant/not-allowed', 0.96]],
    COGNITO,
    { forced: true },
  ),
  says(
    /ResourceNotFoundException[^\n]{0,60}(?:User pool|client)|User pool (?:client )?[^\n]{1,60} does not exist/i,
    [
      [
        'request/wrong-region',
        0.6,
        'Cognito looks in the region that was asked: a pool or client of another region does not exist there.',
      ],
      ['client/unknown', 0.58],
    ],
    COGNITO,
  ),
];

const scopes: readonly Phrase[] = [
  says(
    /does not have any configured default scopes|scope['"]? must be provided|no default scopes? (?:are |is )?(?:configured|defined)|(?:must|should) (?:include|contain|specify|request) (?:at least one|a|the) scope|scope (?:parameter )?(?:is )?(?:missing|required|empty)|missing (?:required )?(?:parameter:? )?["'`]?scope\b|at least one scope/i,
    [
      ['scope/not-requested', 0.9],
      ['scope/malformed', 0.25],
    ],
    RFC6749,
    { on: 'token' },
  ),
  says(
    /Custom scopes are not allowed for this request/i,
    [
      [
        'request/wrong-endpoint',
        0.6,
        'The org authorization server of Okta knows no custom scopes; those stand at a custom one, /oauth2/default or /oauth2/{id}.',
        'Use the issuer https://{yourOktaDomain}/oauth2/default.',
      ],
      ['scope/not-allowed', 0.55],
      ['scope/unknown', 0.4],
    ],
    'https://developer.okta.com/docs/concepts/auth-servers/',
  ),
  says(
    /Invalid parameter value for: scope|scopes? (?:must|should) be (?:separated|delimited)|(?:space|comma)[- ](?:separated|delimited) (?:list|string)|scope (?:is |format )?(?:malformed|invalid format)/i,
    [
      ['scope/malformed', 0.85],
      ['scope/unknown', 0.35],
    ],
    RFC6749,
  ),
  says(
    /scopes?[^\n]{0,20}['"`: ]([\w.:/-]{2,60}),\s?([\w.:/-]{2,60})[^\n]{0,60}(?:doesn|does not|not|invalid|unknown)/i,
    [
      [
        'scope/malformed',
        0.72,
        'The scopes are joined by commas, so the server takes them for one scope with a strange name; RFC 6749 §3.3 wants one blank between them.',
      ],
      ['scope/unknown', 0.55],
    ],
    'https://www.rfc-editor.org/rfc/rfc6749#section-3.3',
    { on: 'token' },
  ),
  says(
    /(?:application|client|app) has not been (?:authorized|granted|approved) for (?:the )?scopes?|unauthorized_scope|scope[^\n]{0,40}not (?:been )?(?:authori[sz]ed|approved|enabled|assigned)|exceeds the scope granted to the client/i,
    [
      ['scope/not-allowed', 0.88],
      ['scope/unknown', 0.35],
    ],
    RFC6749,
    { on: 'token' },
  ),
];

/** Words that mean little, read where nothing says more. */
const bare: readonly Phrase[] = [
  says(
    /\brefresh[ _-]?token\b(?: (?:you (?:sent|gave)|that was (?:sent|given)|provided|supplied|given))?(?: (?:has|is|was|had))?(?: already| been| now| either)* (?:expired|revoked|consumed|redeemed|no longer valid|used (?:before|already))\b(?! or )/i,
    REFRESH_ENDED,
    'https://www.rfc-editor.org/rfc/rfc6749#section-6',
  ),
  says(
    /^(?:\W|error|exception|message|status|code)*not found\W*$/im,
    [
      ['endpoint/not-found', 0.8],
      ['endpoint/missing-permission', 0.3],
    ],
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5',
    { on: 'endpoint', status: [0] },
  ),
];

export const messages: readonly Phrase[] = [...gateways, ...servers, ...scopes, ...tokens, ...bare];

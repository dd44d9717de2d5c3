/** Wordings that mean the same at every server: how a client is registered, and which place and token are its own. */
import { NO_GRANT, PKCE } from './rankings.ts';
import { says, type Phrase } from './phrase.ts';

const RFC6750 = 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1';

export const wordsOfTheClient: readonly Phrase[] = [
  says(
    /\b(?:client[_ ]?id|application|client|identifier)\b["'`]?[^\n"'`]{0,24}[:=\s]\s{0,2}(?:\\?"\\?"|''|``)(?:\s|[.,;)\\]|$)/i,
    [
      ['credential/missing', 0.93, 'The server quotes back an empty client id.'],
      ['client/unknown', 0.15],
    ],
    'https://www.rfc-editor.org/rfc/rfc6749#section-2.2',
    { on: 'token' },
  ),
  says(
    /\bbad_code_verifier\b|\b(?:bad|invalid|wrong|incorrect|mismatched)[_ ]code[_ ]?(?:verifier|challenge)\b/i,
    PKCE,
    'https://supabase.com/docs/guides/auth/debugging/error-codes',
    { on: 'token' },
  ),
  says(
    /\bscopes?\b[^\n]{0,60}\b(?:contains?|has|with) (?:an? )?(?:invalid|illegal|forbidden|disallowed) char/i,
    [
      [
        'scope/malformed',
        0.93,
        'The scope holds a character that a scope must not have (RFC 6749 §3.3), mostly a blank or a quote that came with the setting.',
        'Print the scope between brackets as it is sent.',
      ],
    ],
    'https://www.rfc-editor.org/rfc/rfc6749#section-3.3',
  ),
  says(
    /\bscopes?\b (?:\\?["'`])?[\w.:/-]{2,60}(?:\\?["'`])? (?:is|are|must be) (?:required|mandatory|requested)\b|\binvalid[+ ]scopes?(?::|%3A)[+ ]?(?:&|["'\n]|$)/i,
    [
      [
        'scope/not-requested',
        0.88,
        'The request names no scope, or leaves out one that the server demands.',
        'Add it to the scope parameter; several are separated by a blank.',
      ],
      ['scope/malformed', 0.3],
      ['scope/unknown', 0.2],
    ],
    'https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest',
    { on: 'token' },
  ),
  says(
    /\bgrant[ _]?type\b[^\n]{0,80}\b(?:enabled|allowed|permitted|registered)(?: grants?| flows?| grant[ _]types?)?(?: are)?\s?:|\bno (?:suitable |matching |enabled )?(?:flow|handler|provider|granter)s?\b[^\n]{0,24}\bgrant[ _]?type\b/i,
    [
      [
        'grant/not-allowed',
        0.88,
        'The server has no way open for this grant type; the answer may list those that are.',
      ],
      ['grant/wrong-type-sent', 0.4],
    ],
    'https://github.com/GoogleCloudPlatform/iam-federation-tools/issues/47',
    {
      on: 'token',
      when: (x) => !/grant[ _]?type\W{0,4}(?:null|none|undefined|''|"")/i.test(JSON.stringify(x.outcome)),
    },
  ),
  says(
    /\bscopes?\b[^\n]{0,20}\b(?:you(?:[’']re| are)? )?(?:request(?:ing|ed)|ask(?:ing|ed) for)?\b[^\n]{0,12}\b(?:is|are|was|were) (?:currently |no longer |not )(?:un)?(?:available|offered|supported)\b|\bscopes?\b[^\n]{0,30}\b(?:has|have|was|were|is|are) (?:been )?(?:retired|deprecated|removed|discontinued|sunset)\b/i,
    [
      ['scope/unknown', 0.88, 'The server has this scope no more, or has none of this name.'],
      ['scope/not-allowed', 0.4],
    ],
    'https://github.com/jprjr/docker-multistreamer/issues/22',
    { on: 'token' },
  ),
  // What a server quotes is decoded: a plus that is still there was sent as %2B, and parts nothing.
  says(
    /\binvalid scopes?:? ?["'`[]?[\w.:/-]{2,80}\+[\w.:/-]{2,80}/i,
    [
      [
        'scope/malformed',
        0.9,
        'The server quotes back the list with plus signs in it: they arrived as signs and not as blanks, so all of it is one scope.',
        'Write %20 between the scopes, or give the library blanks and let it encode them once.',
      ],
      ['scope/unknown', 0.3],
    ],
    'https://url.spec.whatwg.org/#concept-urlencoded-parser',
    { on: 'token' },
  ),
  says(
    /\bclient_?id (?:is |was |has )?(?:not (?:been )?(?:set|given|sent|specified|supplied)|empty|null|blank)\b/i,
    [
      ['credential/missing', 0.88, 'The server says that no client id came.'],
      ['request/json-body', 0.3],
      ['client/auth-method-mismatch', 0.2],
    ],
    'https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1',
    { on: 'token' },
  ),
  // fosite: QueryUnescape of what stands in the Basic header failed.
  says(
    /\bclient (?:id|secret) in the HTTP authorization header could not be decoded\b/i,
    [
      [
        'credential/needs-form-encoding',
        0.96,
        'The server form-decodes id and secret of the Basic header (RFC 6749 §2.3.1) and cannot: a % stands there that encodes nothing.',
        'Form-encode both before base64 (% becomes %25), or send them in the body.',
      ],
    ],
    'https://github.com/ory/fosite/blob/master/client_authentication.go',
    { on: 'token' },
  ),
  says(
    /\b(?:parameter|param|field|argument)s?:? ["'`]?(?:app_?id|client_?key|consumer_?key)["'`]? (?:is|was) (?:required|missing|mandatory|empty)|\b(?:missing|required)(?: required)? (?:parameter|param|field|argument)s?:? ["'`]?(?:app_?id|client_?key|consumer_?key)\b/i,
    [
      [
        'credential/missing',
        0.96,
        'The server found no id of the application in the address.',
        'Give the id to the setting that the library reads, and look for it in the address of the sign-in page.',
      ],
    ],
    'https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow/',
    { on: 'token' },
  ),
  // Authelia and others of the fosite family write this behind the sentence that lists every cause there is.
  says(
    /token_endpoint_auth_method\b[^\n]{0,160}\bdoes(?: not|n[’']t) (?:allow|support|match)|\bclient registration does not allow this method\b/i,
    [
      [
        'client/auth-method-mismatch',
        0.97,
        'The server names the way in which the credentials came, and the client is registered for another.',
        'Give token_endpoint_auth_method of the client the way that the program uses, or the reverse.',
      ],
    ],
    'https://github.com/cavefire/hass-openid/issues/10',
    { on: 'token' },
  ),
  says(
    /\bclient secret (?:did|does) not match (?:the )?(?:registered|stored|configured|expected|one)\b/i,
    [['client/wrong-secret', 0.96]],
    'https://github.com/christiaangoossens/hass-oidc-auth/issues/97',
    { on: 'token' },
  ),
  says(
    /\bpublic clients? (?:should|must|may|can) ?not (?:send|have|use|include|present)\b[^\n]{0,30}secret\b/i,
    [
      [
        'client/public',
        0.94,
        'The server has the client as a public one, and those have no secret.',
        'Leave client_secret out, or register the client as a confidential one.',
      ],
      ['client/auth-method-mismatch', 0.3],
    ],
    'https://learn.microsoft.com/azure/active-directory-b2c/error-codes',
    { on: 'token' },
  ),
  says(
    /\bneeds? (?:an? |the )?grant_?type (?:param\w*|field)\b|\bgrant_?type (?:param\w*|field) (?:is )?needed\b/i,
    NO_GRANT,
    'https://github.com/malach-it/boruta_auth/pull/23',
    { on: 'token' },
  ),
  says(
    /\b(?:invalid|unsupported|unexpected|wrong)\b[^\n]{0,40}\bcontent-?type\b[^\n]{0,60}\bapplication\/json\b|\bcontent-?type\b[^\n]{0,30}\bapplication\/json\b[^\n]{0,40}\b(?:not (?:supported|allowed|accepted)|unsupported|invalid)\b/i,
    [
      [
        'request/json-body',
        0.9,
        'The server names the type that it got: the token request was sent as JSON.',
        'Send a form: Content-Type application/x-www-form-urlencoded and grant_type=…&….',
      ],
      ['request/wrong-content-type', 0.5],
    ],
    'https://github.com/openiddict/openiddict-core/issues/745',
    { on: 'token' },
  ),
  says(
    /\bAccept and\/or Content-Type headers\b[^\n]{0,40}\bdo not match\b/i,
    [
      ['request/json-body', 0.88],
      ['request/wrong-content-type', 0.55],
    ],
    'https://developer.okta.com/docs/reference/error-codes/',
    { on: 'token' },
  ),
  // No secret is shown to the authorization endpoint: what the league's server refuses there is the id or the address.
  says(
    /\bClient authentication failed\b/i,
    [
      [
        'grant/redirect-uri-mismatch',
        0.7,
        'The authorization endpoint checks id and redirect URI, and this server says the same of both.',
        'Compare redirect_uri with the one that is registered, letter for letter.',
      ],
      ['client/unknown', 0.6],
    ],
    'https://github.com/uafrica/oauth-server/issues/14',
    { when: (x) => /\/authori[sz]e\b/i.test(x.request.url ?? '') },
  ),
  says(
    /\bredirect(?:ion)?[_ ]?ur[il]\b[^\n,;]{0,16}\b(?:mismatch\w*|(?:does|did)(?: not|n[’']t) match)\b(?![^\n]{0,80}\bor\b)/i,
    [
      ['grant/redirect-uri-mismatch', 0.96],
      ['grant/code-invalid', 0.15],
    ],
    'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3',
    { on: 'token' },
  ),
  says(
    /\b(?:account|user|tenant|project|organi[sz]ation)(?:'s)? (?:region|data ?cent(?:er|re)|environment)\b[^\n]{0,40}\b(?:differs? from|is not|does not match|mismatch\w*)\b/i,
    [
      [
        'endpoint/token-wrong-environment',
        0.93,
        'The server says that the account lives in another region than the one that was called.',
        'Call the host of the region of the account.',
      ],
      ['request/wrong-region', 0.4],
    ],
    'https://github.com/logzio/public-api/issues/36',
  ),
  says(
    /\b(?:access |bearer |oauth )?token\b[^\n]{0,40}\b(?:can ?not|could not|can['’]t) be parsed\b|\b(?:can ?not|could not|unable to|failed to) (?:parse|decode|deserialize) (?:the )?(?:access |bearer |oauth |auth )?token\b(?![^\n]{0,120}\b(?:expired|not valid yet|future|nbf|iat|audience|signature)\b)/i,
    [
      [
        'endpoint/token-malformed',
        0.88,
        'The API could not read the token: it was cut, or another text was sent in its place.',
        'Compare the length of the token that is sent with that of access_token.',
      ],
      ['endpoint/token-wrong-environment', 0.2],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /\b(?:invalid|illegal)(?: http)? header value\b[^\n]{0,16}\bBearer\b/i,
    [
      [
        'endpoint/token-malformed',
        0.88,
        'A line break or blank stands in the token, so the library does not send the header.',
        'Take white space off the token where it is read; printf writes none behind it.',
      ],
      ['credential/whitespace', 0.4],
    ],
    'https://www.rfc-editor.org/rfc/rfc9110#section-5.5',
    { on: 'endpoint' },
  ),
  says(
    /\b(?:oauth2? )?(?:client|app(?:lication)?|consumer|service provider)\b(?: \S{1,60})? (?:is |was )?(?:not in (?:an? )?(?:active|enabled) (?:state|status)|in (?:an? )?(?:inactive|disabled|revoked|suspended|blocked) (?:state|status))\b/i,
    [
      [
        'client/disabled',
        0.95,
        'The server knows the client and says that it is not active: it was deactivated, revoked, or not approved yet.',
        'Read its state in the console; at WSO2 a new secret makes a revoked application active again.',
      ],
    ],
    'https://github.com/wso2/product-is/issues/5531',
  ),
  says(
    /\bfailed to load system roots\b|\bno (?:system |trusted )?(?:roots|ca certificates?) (?:provided|found|installed|available)\b/i,
    [
      [
        'connection/tls-or-proxy',
        0.96,
        'The machine or image holds no certificates of authorities, so none can be verified.',
        'Install ca-certificates in the image, or mount those of the host.',
      ],
    ],
    'https://github.com/grafana/grafana/issues/8226',
  ),
];

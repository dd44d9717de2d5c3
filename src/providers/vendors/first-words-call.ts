/** Wordings that mean the same at every server: why an API refuses a call, and where a discovery document is not. */
import { says, type Phrase } from './phrase.ts';
import {
  ADDRESS,
  CLOCK,
  EXPIRED,
  FEATURE,
  LIMIT,
  OTHER_PLACE,
  SCOPE_MISSING,
  USER_WANTED,
} from './rankings.ts';

const RFC6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-5.1';
const RFC6750 = 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1';
const IN_THE_URL = 'https://www.rfc-editor.org/rfc/rfc6750#section-2.3';
const DISCOVERY = 'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig';
const GONE_STATUS = 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.11';
const AWS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html';

export const wordsOfTheCall: readonly Phrase[] = [
  says(
    /\bauthori[sz]ation\b[^\n]{0,12}\.split\s?\([^]{0,200}\b(?:unpack|out of (?:range|bounds)|undefined|nil|null)\b|\b(?:unpack|out of (?:range|bounds)|undefined|nil|null)\b[^]{0,200}\bauthori[sz]ation\b[^\n]{0,12}\.split\s?\(/i,
    [
      [
        'endpoint/token-malformed',
        0.9,
        'The server parts the Authorization header at its blank and finds one word: the scheme or the token is not there.',
        'Send "Authorization: Bearer", one blank and the token.',
      ],
      ['header/missing-scheme', 0.4],
    ],
    'https://github.com/miguelgrinberg/Flask-HTTPAuth/issues/51',
    { on: 'endpoint' },
  ),
  says(
    /\bSecurityTokenExpiredException\b|\bIDX10223\b|\bLifetime validation failed\. The token is expired\b/i,
    EXPIRED,
    'https://learn.microsoft.com/dotnet/api/microsoft.identitymodel.tokens.securitytokenexpiredexception',
    { on: 'endpoint' },
  ),
  says(
    /\b(?:token|PAT|api[ _-]?key)\b(?: (?:used|provided|supplied|given|sent|presented|you (?:used|provided)))? (?:has|is|was|had) (?:already )?(?:expired|lapsed|run out)\b/i,
    EXPIRED,
    'https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
    { on: 'endpoint' },
  ),
  says(
    /\bUnicodeEncodeError\b|\bcodec can[’']t encode character|\bTypeError: Cannot convert argument to a ByteString\b|\bnon[- ]?(?:ISO-8859-1|latin-?1|ascii) (?:code ?point|char(?:acter)?)/i,
    [
      [
        'credential/non-ascii',
        0.93,
        'The program could not put its value into a header: a character outside ASCII stands in the key or the token, mostly a typographic dash or quote.',
        'Print the value with its escapes (repr in Python), or copy it anew from the console.',
      ],
      ['endpoint/token-malformed', 0.3],
    ],
    'https://github.com/psf/requests/issues/4564',
  ),
  // OAuth 1.0 signs a time with each request, and so do the keys of some clouds.
  says(
    /\b(?:expired|invalid|bad|old|wrong|unacceptable)[ _](?:oauth_?)?timestamps?\b|\b(?:oauth_?)?timestamp(?:_refused\b| (?:is |was )?(?:refused|rejected|expired|too (?:old|new|far|early|late)|out of (?:range|bounds|window|sync)|not within)\b)|\boauth_acceptable_timestamps\b|\btoken is not valid at (?:the current|this) time\b/i,
    CLOCK,
    'https://wiki.oauth.net/w/page/12238543/ProblemReporting',
  ),
  says(
    /\bmethod \\?["'`]?(?:GET|POST|PUT|PATCH|DELETE|HEAD)\\?["'`]? (?:is )?not (?:allowed|supported)\b/i,
    [
      [
        'endpoint/not-found',
        0.85,
        'The API has no such method at this path. A POST arrives as a GET where a redirect lies between: a slash that is missing at the end, or http instead of https.',
        'Print the method and the URL as they are sent, after all redirects.',
      ],
      ['request/wrong-endpoint', 0.5],
    ],
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6',
    { on: 'endpoint' },
  ),
  says(
    /\b(?:source|client|remote|originating) (?:ip )?address\b[^\n]{0,30}\b(?:unauthori[sz]ed|not (?:allowed|authori[sz]ed|permitted|valid)|denied|rejected|blocked|outside)\b|\b(?:blocked|denied|rejected|unauthori[sz]ed|disallowed)\b[^\n]{0,30}\bCIDRs?\b|\bCIDR (?:block|range|list|restriction)s?\b[^\n]{0,60}\b(?:unauthori[sz]ed|not (?:allowed|authori[sz]ed)|denied|mismatch|does not)\b/i,
    ADDRESS,
    'https://github.com/hashicorp/vault/issues/2332',
  ),
  says(
    /\btoken\b[^\n]{0,20}\b(?:is|was) (?:granted|issued|valid|meant|intended) (?:only )?for\b[^\n]{1,80}\b(?:can(?:no|[’'])t|can not|may not|must not|is not allowed to) be used (?:for|with|at|on|in)\b/i,
    [
      [
        'scope/wrong-audience',
        0.9,
        'The token names the services that it is for, and this one is not among them.',
      ],
      ['endpoint/missing-scope', 0.4],
    ],
    'https://www.jetbrains.com/help/youtrack/devportal/Manage-Permanent-Token.html',
    { on: 'endpoint' },
  ),
  says(
    /\bfeature\b[^\n.]{0,60}\b(?:is|has) (?:not|n[’']t) (?:been )?(?:enabled|activated|licensed|purchased|switched on|turned on)\b/i,
    FEATURE,
    'https://docs.gitlab.com/api/rest/troubleshooting/',
    { on: 'endpoint' },
  ),
  says(
    /\bonly one auth(?:entication|ori[sz]ation)? (?:mechanism|method|scheme|header)s? (?:is )?(?:allowed|supported|permitted)\b/i,
    [
      [
        'header/duplicate-credentials',
        0.94,
        'The request proves itself in two ways. A signed address wants no Authorization header; a client that follows a redirect must not send it along to the other host.',
        'Follow the redirect without the Authorization header.',
      ],
      ['endpoint/token-malformed', 0.2],
    ],
    'https://github.com/request/request/issues/860',
  ),
  says(
    /\b(?:wrong|incorrect|invalid|another|different) (?:regional (?:host(?:name)?|endpoint)|region|data ?cent(?:er|re))\b|\b(?:make|send) your requests? to \w{2,5}\.api\./i,
    [
      [
        'request/wrong-region',
        0.88,
        'The account or project lives in another region than the host that was asked.',
        'Ask the host of the region that the answer or the console names.',
      ],
      ['endpoint/token-wrong-environment', 0.6],
    ],
    'https://github.com/earendil-works/pi/issues/956',
    { on: 'endpoint' },
  ),
  says(
    /\bwrong mode\b|\b(?:switch|chang)(?:e|ing) (?:your )?(?:live|test) ?(?:\/|or|and) ?(?:live|test) (?:api )?keys?\b|\b(?:live|test) mode\b[^\n.]{0,60}\b(?:test|live) mode (?:key|token|object)\b/i,
    OTHER_PLACE,
    'https://docs.mollie.com/reference/error-handling',
    { on: 'endpoint' },
  ),
  says(
    /\b(?:user|api|account|app|application|daily|monthly|hourly) (?:usage|quota|allowance) (?:has been |was |is )?(?:reached|exceeded|exhausted|used up)\b/i,
    LIMIT,
    'https://dev.netatmo.com/guideline',
    { on: 'endpoint' },
  ),
  says(
    /\b(?:token|key|app|client|request|you|it)\b (?:is missing|lacks?|(?:does|do)(?: not|n[’']t) (?:have|include|contain|hold)|has no)\b[^\n]{0,60}\bscopes?\b|\bmissing (?:the )?['"`]?\w[\w.-]*[:.][\w.:-]+['"`]? scope\b/i,
    SCOPE_MISSING,
    RFC6750,
    { on: 'endpoint' },
  ),
  // The definition of insufficient_scope, word for word.
  says(/requires higher privileges than provided by the access token/i, SCOPE_MISSING, RFC6750, {
    on: 'endpoint',
  }),
  says(
    /\b(?:not|n[’']t) (?:\w+ )?(?:allowed|permitted|covered|included|authori[sz]ed|enough) (?:\w+ ){0,3}(?:by|in|with|under|within) (?:the |your |its )?(?:current |granted |token(?:[’']s)? |access |oauth ){1,3}scopes?\b/i,
    SCOPE_MISSING,
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /\bgranted scopes?\b[^\n]{0,80}\b(?:differ\w*|(?:do|does|did) ?(?:not|n[’']t) match|less|fewer|narrower)\b|\bscopes? (?:has|have) changed from\b|\bnot all (?:of the )?requested scopes? (?:were|was|have been) granted\b/i,
    [
      [
        'scope/granted-narrower',
        0.86,
        'The library compares the scopes of the answer with those that were asked for, and fewer came back.',
      ],
      ['scope/not-requested', 0.4],
      ['scope/not-allowed', 0.35],
    ],
    RFC6749,
  ),
  says(
    /\btokens? (?:in|as|via|through) (?:an? |the )?(?:query|url|uri)\b[^\n.]{0,30}(?:\b(?:not|no longer|deprecated|disabled|removed|forbidden)|n[’']t)\b|\btokens?\b[^\n.]{0,40}\b(?:not|no longer|n[’']t)\b[^\n.]{0,16}\b(?:supported|allowed|accepted|permitted|passed|valid)\b[^\n.]{0,16}\b(?:query|url|uri)\b|\bmust (?:specify|send|pass|provide)\b[^\n.]{0,24}\btoken\b[^\n.]{0,16}\b(?:via|in|through|using)\b[^\n.]{0,12}\bauthori[sz]ation header\b|deprecating-auth-through-query-param/i,
    [
      [
        'endpoint/token-malformed',
        0.92,
        'The token stands in the URL, and this API reads it in the Authorization header only.',
        'Send the header Authorization: Bearer, one blank, the token, and leave it out of the URL.',
      ],
    ],
    IN_THE_URL,
    { on: 'endpoint' },
  ),
  says(
    /\bno (?:\w+ ){0,4}credentials? (?:(?:was|were|is|are) )?(?:presented|supplied|sent|attached|received)\b|^(?:[\w ]{1,24}: )?no credentials?\.?$/im,
    [
      [
        'endpoint/token-malformed',
        0.85,
        'No Authorization header reached the API: it was not sent, or something on the way took it out.',
        'Print the headers where the request arrives; web servers and proxies may drop Authorization (Apache: CGIPassAuth On).',
      ],
      ['header/missing-scheme', 0.3],
    ],
    RFC6750,
    { on: 'endpoint' },
  ),
  says(
    /\b(?:endpoint|call|request|operation|resource|method|api)\b[^\n.]{0,24}\brequires? (?:an? )?(?:interactive )?(?:user sign-?in|signed[- ]in user|user (?:log-?in|session))\b|authenticated context is not valid for this request/i,
    USER_WANTED,
    'https://learn.microsoft.com/graph/resolve-auth-errors',
    { on: 'endpoint' },
  ),
  says(
    /(?:\b(?:not|never)|n[’']t)\b[^\n.]{0,12}\b(?:allow|permit|accept|authori[sz]e)\w*\b[^\n.]{0,24}\bfrom (?:this |your |the )?(?:current )?(?:source |client |remote )?ip\b|\binvalid_?ip\b/i,
    ADDRESS,
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4',
  ),
  says(
    /\b(?:organi[sz]ation|enterprise|tenant|workspace|company)\b[^\n]{0,40}\b(?:forbids|prohibits|disallows|does not (?:allow|permit)) (?:the )?(?:access|use|usage)\b[^\n]{0,60}\b(?:tokens?|keys?|apps?)\b/i,
    [
      ['endpoint/policy-denied', 0.93, 'A rule of the organization refuses tokens of this kind.'],
      ['endpoint/consent-missing', 0.2],
    ],
    'https://docs.github.com/organizations/managing-programmatic-access-to-your-organization/setting-a-personal-access-token-policy-for-your-organization',
  ),
  says(
    /is not authorized to perform\b[^\n]{0,400}\bexplicit deny\b/i,
    [
      [
        'endpoint/policy-denied',
        0.88,
        'A policy denies the call by name; no permission outweighs an explicit deny. It may be one of the whole organization.',
      ],
      ['endpoint/missing-permission', 0.3],
    ],
    AWS,
  ),
  // PingFederate and servers that were made after it.
  says(
    /requested scopes?(?:\(s\))? must be (?:blank|empty) or (?:be )?a subset of/i,
    [
      [
        'scope/not-allowed',
        0.7,
        'The server gives this client a list of scopes, and one that is asked for is not on it.',
      ],
      ['scope/unknown', 0.55],
    ],
    'https://docs.pingidentity.com/pingfederate/latest/developers_reference_guide/pf_oauth_2_0_endpoints.html',
  ),
  says(/\b(?:not[_ ]entitled|entitlement[_ ](?:missing|required|not[_ ]found))\b/i, FEATURE, RFC6750, {
    on: 'endpoint',
  }),
  says(
    /\.well-known\/openid-configuration[^\n]{0,80}\b404\b|\b404\b[^\n]{0,120}\.well-known\/openid-configuration/i,
    [
      [
        'request/wrong-endpoint',
        0.84,
        'There is no discovery document at this address: the issuer in the settings lacks a part of its path, or has one too many.',
        'Open the issuer with /.well-known/openid-configuration behind it in a browser, and correct it until that is a document.',
      ],
      ['request/wrong-region', 0.3],
      ['connection/unreachable', 0.2],
    ],
    DISCOVERY,
  ),
  says(
    /\b(?:endpoint|url|path|route) (?:\w+ ){0,3}(?:is|was|has been) (?:\w+ ){0,2}(?:no longer (?:valid|supported|available|in use|active)|retired|decommissioned|discontinued|sunset|shut ?down|removed|moved)\b/i,
    [
      ['request/wrong-endpoint', 0.88, 'The server says that this address is out of use.'],
      ['endpoint/not-found', 0.3],
    ],
    GONE_STATUS,
    { on: 'token' },
  ),
  says(
    /\b(?:endpoint|url|path|route|api (?:version )?v?\d[\w.]*|version \w{1,12} of (?:the|this) api) (?:\w+ ){0,3}(?:is|was|has been) (?:\w+ ){0,2}(?:no longer (?:valid|supported|available|in use|active)|retired|decommissioned|discontinued|sunset|shut ?down|removed|moved)\b|\buse (?:the )?(?:api )?v\d+(?: api)? instead\b/i,
    [
      [
        'endpoint/not-found',
        0.88,
        'The server says that this address, or this version of the API, is out of use.',
      ],
      ['endpoint/feature-missing', 0.25],
    ],
    GONE_STATUS,
    { on: 'endpoint' },
  ),
];

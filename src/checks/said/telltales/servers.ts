/** What people show of the place that was asked, the way there, and the client as it is registered. This table is long. */
import { statusOf } from '../../../core/index.ts';
import { LABEL_TWICE } from '../places.ts';
import type { Look } from '../rule.ts';
import { shows, tells, type Telltale } from './telltale.ts';

/** Words for parts of the world and clouds of their own; two of them in one paste are two places. */
const PLACES: readonly (readonly [name: string, words: RegExp])[] = [
  ['us', /\b(?:us-(?:east|west)-\d|US1|us region|united states|north america|api\.us\.|us\d?\.)/i],
  ['eu', /\b(?:eu-(?:west|central|north|south)-\d|EU1?\b|europe\w*|frankfurt|ireland|\.eu\b|eu\d?\.)/i],
  [
    'ap',
    /\b(?:ap-(?:south|north|east)\w*-\d|asia\w*|sydney|singapore|tokyo|mumbai|india|australia|\.com\.au\b)/i,
  ],
  ['gov', /\b(?:gov ?cloud|us ?gov\w*|gcc ?high|\.us\/|microsoftonline\.us|azure government|fedramp)/i],
  ['cn', /\b(?:china|chinacloudapi|partner\.microsoftonline\.cn|21vianet)/i],
  ['uk', /\b(?:uk region|united kingdom|london|eu-west-2|\.co\.uk\b)/i],
  ['ca', /\b(?:ca-central-1|canada)/i],
];

function placesIn(look: Look): number {
  const text = `${look.context}\n${look.answers}\n${[...look.token, ...look.endpoint].map((x) => x.request.url ?? '').join('\n')}`;
  return PLACES.filter(([, words]) => words.test(text)).length;
}

function isHtml(look: Look): boolean {
  return look.token.some((x) => x.outcome.kind === 'answered' && x.outcome.body.kind === 'html');
}

const where: readonly Telltale[] = [
  tells(
    'clock-set-otherwise',
    /\bdaylight[- ]saving|\b(?:change of (?:the )?|changed? the )(?:time|clocks?)\b|\b(?:system |server )?(?:date|clock)s?\b[^\n.]{0,20}\b(?:not that of|wrong|off by|behind|ahead|differ\w*|out of sync|drift\w*)|\bcorrect(?:ed|ing)? the (?:date|time|clock)\b/i,
    { 'connection/clock-skew': 2.4, 'endpoint/token-expired': -0.5 },
    {
      at: 'all',
      when: (look) =>
        !look.says(
          /\b(?:clocks?|date|time)\b[^\n.]{0,12}\b(?:is|are) (?:not (?:behind|ahead|wrong|off)|right|correct|fine|in sync|the same)/i,
        ),
    },
  ),
  tells(
    'key-of-another-issuer',
    /\bSigningKeyNotFound|\bunable to find a signing key|\bno (?:matching|applicable) key (?:found )?(?:in|for)\b|\bkid\b[^\n.]{0,30}\bnot found\b/i,
    { 'endpoint/token-wrong-environment': 2 },
    { at: 'all' },
  ),
  tells(
    'this-machine-in-a-container',
    /(?:docker|container|compose|kubernetes|k8s|\bpod\b|helm)[^]{0,600}https?:\/\/(?:localhost|127\.0\.0\.1)\b|https?:\/\/(?:localhost|127\.0\.0\.1)\b[^]{0,600}(?:docker|container|compose|kubernetes|k8s|\bpod\b|helm)/i,
    { 'connection/unreachable': 1 },
    {
      at: 'all',
      when: (look) =>
        /unable to (?:resolve|connect|retrieve)|refused|unreachable|fetch failed|I\/O error|timed? ?out/i.test(
          `${look.context}\n${look.answers}`,
        ),
    },
  ),
  tells(
    'host-label-twice',
    LABEL_TWICE,
    { 'request/wrong-endpoint': 2.4, 'connection/unreachable': -2.5 },
    { at: 'all' },
  ),
  tells(
    'name-not-found-said',
    /\b(?:can(?:no|[’'])?t|cannot|unable to|could not|couldn[’']t|fail(?:s|ed)? to) (?:look ?up|resolve|find)\b[^\n.]{0,40}\b(?:host(?:name)?|name|domain|dns|\w+\.(?:com|org|net|io|local))\b|\bDNS (?:problem|issue|error|lookup|resolution)/i,
    { 'connection/unreachable': 1.8, 'connection/outage': -0.5 },
    { at: 'all' },
  ),
  tells(
    'token-from-the-future',
    /\b(?:token|jwt|assertion|iat|nbf)\b[^\n]{0,60}\b(?:too early|in the future|not yet valid|before (?:it (?:was|is) )?issued|not active yet)\b|\bTokenInTheFuture\b|\btoken used (?:too early|before issued)/i,
    { 'connection/clock-skew': 2.6 },
    { at: 'all' },
  ),
  shows('two-parts-of-the-world', (look) => placesIn(look) > 1, {
    'request/wrong-region': 1.4,
    'endpoint/token-wrong-environment': 1,
  }),
  shows(
    'a-part-of-the-world',
    (look) => placesIn(look) === 1,
    { 'request/wrong-region': 0.5 },
    { about: 'token' },
  ),
  tells(
    'sovereign-cloud',
    /\bcross[- ]cloud\b|\b(?:gov ?cloud|gcc ?high|us government|azure government|national cloud|sovereign)\b/i,
    { 'request/wrong-region': 1.6, 'endpoint/token-wrong-environment': 0.8 },
    { at: 'all' },
  ),
  tells(
    'test-system',
    /\b(?:sandbox|staging|uat|pre-?prod(?:uction)?|demo (?:account|environment|server)|developer edition|test (?:mode|environment|account|org|server)|test\.salesforce)\b/i,
    { 'request/wrong-region': 1, 'endpoint/token-wrong-environment': 0.9, 'client/unknown': 0.2 },
  ),
  tells(
    'place-talked-of',
    /\b(?:(?:sub-?)?realms?|tenants?|tenant[ _-]?id|(?:custom|vanity|my) ?domain|org(?:anization)? url|instance[ _]?url|data ?cent(?:er|re)|regions?|authority|login host|common endpoint|\/common\/|\/organizations\/)\b/i,
    { 'request/wrong-region': 0.6, 'endpoint/token-wrong-environment': 0.4, 'client/unknown': 0.1 },
  ),
  tells(
    'place-differs-said',
    /\b(?:wrong|different|another|other|incorrect|mismatch\w*|hard-?coded?|default(?:s|ed)?|opens|not (?:included|passed|configurable))\b[^\n.]{0,40}\b(?:realm|tenant|domain|region|environment|instance|authority|site|host|directory|data ?cent(?:er|re)|project)\b|\b(?:realm|tenant|domain|region|environment|instance|authority|host|project)\b[^\n.]{0,40}\b(?:wrong|different|another|incorrect|mismatch\w*|hard-?coded?|differs?|default)\b/i,
    { 'request/wrong-region': 1.1, 'endpoint/token-wrong-environment': 1 },
  ),
  shows('page-from-the-token-url', isHtml, { 'request/wrong-endpoint': 0.8, 'connection/tls-or-proxy': 0.3 }),
  tells(
    'url-wrong-said',
    /\b(?:wrong|incorrect|bad|invalid|old|outdated|deprecated|different|changed|new)\b[^\n.]{0,30}\b(?:token |oauth2? |auth\w* |issuer |discovery |base )?(?:urls?|uris?|endpoints?|path|issuer|hosts?)\b|\b(?:url|uri|endpoint|path|issuer)\b[^\n.]{0,30}\b(?:wrong|incorrect|changed|moved|missing|not (?:right|correct|found)|double|duplicated|twice|appended|concatenated)\b/i,
    { 'request/wrong-endpoint': 1, 'request/wrong-region': 0.3 },
    { about: 'token', when: (look) => !look.says(/redirect[ _]?ur[il]|callback/i) },
  ),
  tells(
    'one-url-works-the-other-not',
    /\b(?:url|uri|endpoint|path|address)s?\b[^\n.]{0,40}\bworks?\b[^\n.]{0,60}(?:n[’']t|\b(?:not|fails?))\b|[`"'](?:https?:\/\/\S+|[\w/.-]*(?:token|oauth)[\w/.-]*)[`"'][^\n.]{0,30}\b(?:works?|is right)\b[^\n]{0,60}[`"'](?:https?:\/\/\S+|[\w/.-]*(?:token|oauth)[\w/.-]*)[`"']/i,
    { 'request/wrong-endpoint': 1.9 },
    {
      about: 'token',
      when: (look) => look.says(/token|oauth/i) && !look.says(/redirect[ _]?ur[il]|callback/i),
    },
  ),
  tells(
    'no-such-page',
    /\b404\b|\bnot found\b|\b405\b|method not allowed|cannot (?:post|get) \/|no (?:static )?resource|no route|page not found|unexpected token '?<|invalid character '<'|<!doctype|returns? (?:an? )?html|login page|not valid json|JSON\.parse|expecting value: line 1|Unexpected character encountered while parsing/i,
    { 'request/wrong-endpoint': 1.1, 'connection/tls-or-proxy': 0.2 },
    {
      at: 'all',
      about: 'token',
      when: (look) =>
        !look.answered(/(?:client|user|app\w*|account|code|token|identity)\b[^\n]{0,60}not found/i),
    },
  ),
  tells(
    'discovery-talked-of',
    /\.well-known|discovery|issuer[_ ]?(?:url|uri)?\b|metadata (?:url|document)|openid-configuration/i,
    { 'request/wrong-endpoint': 0.6, 'request/wrong-region': 0.3, 'endpoint/token-wrong-environment': 0.4 },
  ),
  tells(
    'authorize-or-version',
    /\b(?:v1(?:\.0)?|v2(?:\.0)?)\b[^\n]{0,60}\b(?:v1(?:\.0)?|v2(?:\.0)?)\b|\boauth2\/(?:token|authorize)\b[^\n]{0,200}\boauth2\/v2\.0/i,
    { 'request/wrong-endpoint': 0.6, 'scope/wrong-audience': 0.6, 'endpoint/token-wrong-environment': 0.5 },
  ),
];

const way: readonly Telltale[] = [
  shows(
    'path-of-an-older-keycloak',
    (look) =>
      /\bkeycloak\b[^\n]{0,40}\b(?:v ?)?(?:1[7-9]|2\d)(?:\.\d|\b)/i.test(look.scene.evidence.paste ?? '') &&
      (look.says(/\/auth\/realms\//i) || look.says(/['"`]\/?auth['"`]? (?:part|prefix|path)/i)),
    { 'request/wrong-endpoint': 2.2 },
  ),
  tells(
    'proxy-talked-of',
    /(?<!oauth2?[- ]?|auth[- ]|zuul |api |route53[- ])\bprox(?:y|ies)\b(?!\.go)|\b(?:zscaler|netskope|blue ?coat|fortinet|palo alto|firewall|vpn|ssl inspection|mitm|fiddler|charles|burp|man-in-the-middle)\b/i,
    { 'connection/tls-or-proxy': 2, 'endpoint/ip-blocked': 0.3, 'connection/unreachable': -0.6 },
  ),
  tells(
    'silence-behind-a-proxy',
    /(?<!oauth2?[- ]?|auth[- ])\bprox(?:y|ies)\b(?!\.go)|\bfirewall\b|\bcorporate\b/i,
    { 'connection/tls-or-proxy': 1.8, 'connection/unreachable': -0.8 },
    { when: (look) => [...look.token, ...look.endpoint].some((x) => x.outcome.kind === 'unanswered') },
  ),
  tells(
    'certificate-talked-of',
    /\b(?:certificates?|self[- ]signed|ca (?:cert|bundle|file)|root ca|x509|(?:tls|ssl)\b[^\n.]{0,40}\b(?:error|fail\w*|verif\w*|invalid|handshake|untrusted|problem|reject\w*)|https?:\/\/ instead|let[’']?s encrypt|truststore|keystore|cacerts|verify=False|rejectUnauthorized|NODE_TLS|insecure|PKIX|handshake|cipher)\b/i,
    { 'connection/tls-or-proxy': 1.2 },
    {
      at: 'all',
      when: (look) => !look.says(/client[_ ]assertion|thumbprint|certificate credential|private[_ ]key_jwt/i),
    },
  ),
  tells(
    'address-talked-of',
    /\b(?:dns|resolve\w*|host ?names?|getaddrinfo|ENOTFOUND|ECONNREFUSED|connection refused|could not connect|unreachable|network is|localhost|127\.0\.0\.1|container|docker|service name|port \d{2,5}|timed? ?out)\b/i,
    { 'connection/unreachable': 0.7, 'connection/tls-or-proxy': 0.2 },
    {
      at: 'all',
      when: (look) =>
        look.token.concat(look.endpoint).every((x) => x.outcome.kind !== 'answered' || statusOf(x) === 0),
    },
  ),
  tells(
    'clock-talked-of',
    /\b(?:clock|ntp|chrony|time ?zone|time (?:sync\w*|server|drift|difference|is|was)|system time|date and time|system date|server time|iat\b|nbf\b|exp\b|not before|valid time range|time ?skew|too (?:early|far|old)|in the (?:future|past)|future date|short-lived token|reasonable time ?frame|lifetime|wsl2?|hibernat\w*|suspend(?:ed)? |minutes? (?:ahead|behind|off|slow|fast))\b/i,
    { 'connection/clock-skew': 1.3 },
    { at: 'all' },
  ),
  tells(
    'outage-talked-of',
    /\b(?:outage|downtime|maintenance|is (?:it |the server |the api )?down\b|server (?:is )?down|status page|degraded|unavailable|internal server error|bad gateway|50[0234]\b|everyone|anyone else|other (?:users|people) (?:also|too|report)|on (?:their|your) (?:end|side)|crash\w*|null ?pointer|stack ?trace|database|unhandled exception|traceback|can(?:no|[’'])t be reached|since \d{1,2}:\d\d|last (?:good|successful) (?:request|call)|last request that succeeded)\b/i,
    { 'connection/outage': 0.8 },
    { at: 'all', when: (look) => !look.tokenError(/invalid_|unauthorized_client|unsupported_/) },
  ),
];

const client: readonly Telltale[] = [
  tells(
    'browser-or-mobile-app',
    /\b(?:SPA|single[- ]page|react(?:[- ]native)?\b|angular|vue(?:\.?js)?|svelte|flutter|android|ios|mobile app|native app|desktop app|electron|msal-?browser|msal-?react|keycloak-js|keycloak(?:\.min)?\.js|new Keycloak\(|javascript client|browser (?:app|based)|chrome extension)\b/i,
    { 'client/auth-method-mismatch': 0.7, 'client/public': 0.5, 'grant/pkce-mismatch': 0.3 },
    {
      about: 'token',
      when: (look) => look.tokenError(/invalid_client|unauthorized_client/) || look.token.length === 0,
    },
  ),
  tells(
    'public-or-confidential',
    /\b(?:public|confidential|bearer-only|non-?confidential)\b[^\n.]{0,20}\b(?:clients?|apps?|applications?|access)\b|\baccess type\b|\bclient (?:type|authentication)\b[^\n.]{0,20}\b(?:public|confidential|on|off|enabled|disabled|toggle)|\bapplication type\b|allowpublicclient|\bwithout (?:a )?(?:client )?secret\b/i,
    { 'client/public': 1, 'client/auth-method-mismatch': 0.6, 'grant/not-allowed': 0.2 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'switched-off',
    /\b(?:disabled|deactivated|inactive|suspended|blocked|banned|frozen|locked|archived|not (?:yet )?(?:active|activated|approved|published|enabled)|pending (?:approval|review|activation)|awaiting approval|under review|development mode|needs? to be (?:activated|enabled|approved)|trial (?:has )?(?:ended|expired))\b/i,
    { 'client/disabled': 1, 'endpoint/feature-missing': 0.3 },
    { at: 'all', when: (look) => look.says(/client|app|application|account|integration|consumer|user/i) },
  ),
  tells(
    'gone-or-new',
    /\b(?:deleted|removed|re-?created|created (?:a )?new|new (?:app|client|application|project|registration)|just (?:created|registered)|new(?:ly)? (?:created|registered|account)|fresh (?:install|database|app)|reset (?:the )?(?:db|database)|propagat\w*|took (?:a few|some) (?:minutes|hours)|recently (?:created|deleted|moved))\b/i,
    {
      'client/unknown': 0.7,
      'client/disabled': 0.2,
      'client/wrong-secret': 0.1,
      'request/wrong-region': 0.1,
    },
    { about: 'token' },
  ),
  tells(
    'nothing-given-said',
    /\b(?:user ?name|account ?sid|api[ _]?(?:key|token)|client[ _]?id|(?:client[ _]?)?secret|auth ?token|password|credentials?)["'`]?\b[^\n.]{0,12}\b(?:(?:is|are) required|(?:can ?not|can[’']t|must not|may not|should not) be (?:null|nil|none|empty|blank|undefined))\b|\bno implicit conversion of nil\b|\b(?:expected|must be)\b[^\n]{0,40}\bstr(?:ing)?\b[^\n]{0,24}\b(?:got|not|received|found) (?:['"`]?<?class )?['"`]?(?:nil|NoneType|undefined|null)\b|\bargument must be\b[^\n]{0,120}\breceived undefined\b|\bsecretOrPrivateKey must have a value\b/i,
    { 'credential/missing': 2.4, 'endpoint/user-context': -0.6 },
    { at: 'all', when: (look) => !look.answered(/invalid_grant|invalid_scope/i) },
  ),
  tells(
    'client-not-there-said',
    /\b(?:client|app(?:lication)?|consumer|integration|oauth app|provider|identity)\b[^\n]{0,50}\b(?:not found|does(?: not|n[’']t) exist|unknown|not (?:registered|recogni[sz]ed|known)|could not be found|no longer exists)\b|\b(?:no|unknown|unrecogni[sz]ed|non-?existent|cannot find|can[’']t find|couldn[’']t find)\b[^\n.]{0,20}\b(?:client|app(?:lication)?|consumer|provider)\b/i,
    { 'client/unknown': 1.4 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'wrong-id-said',
    /\b(?:wrong|incorrect|invalid|another|different|other|old|typo\w*|mistyped?|misspel\w*)\b[^\n.]{0,24}\b(?:client[ _-]?id|app(?:lication)?[ _-]?id|consumer key|api key|oauth)\b|\bclient[ _-]?id\b[^\n.]{0,24}\b(?:wrong|incorrect|invalid|differ\w*|typo|old)\b/i,
    { 'client/unknown': 1.1, 'credential/placeholder': 0.2 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'wrong-secret-said',
    /\b(?:wrong|incorrect|invalid|bad|old|mismatch\w*|another|different|previous|typo\w*)\b[^\n.]{0,24}\b(?:client[ _-]?)?(?:secret|password|credentials?)\b|\b(?:secret|password)\b[^\n.]{0,24}\b(?:wrong|incorrect|invalid|mismatch\w*|differ\w*|typo|old|does(?: not|n[’']t) match)\b/i,
    { 'client/wrong-secret': 0.6 },
    { at: 'all', about: 'token' },
  ),
];

export const servers: readonly Telltale[] = [...where, ...way, ...client];

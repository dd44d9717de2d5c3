/** What people show of the token that they hold and of the call that is refused. This table is long. */
import { statusOf } from '../../../core/index.ts';
import { ABOUT_ME, APP_ONLY } from '../of-a-user.ts';
import type { Look } from '../rule.ts';
import { shows, tells, type Telltale } from './telltale.ts';

const MACHINE =
  /client[ _-]?cred|machine|service (?:account|principal|user)|app(?:lication)?[- ]only|application permission|\bM2M\b|daemon|client auth(?:entication|ori[sz]ation)? (?:flow|grant)|(?:nobody|no ?(?:one|user)) (?:signs?|logs?|(?:is|has) (?:signed|logged)) in|server[- ]to[- ]server|two-legged|2-legged|background (?:job|service)|cron|\bapp (?:permissions?|id auth\w*)|--authType certificate|--secret\b/i;

function aboutMe(look: Look): boolean {
  const urls = [
    ...look.endpoint.map((x) => x.request.url ?? ''),
    ...(look.context.match(
      /\/(?:users\/)?(?:me|self|current|user\/(?:repos|installations|orgs|emails))\b[/\w]*/gi,
    ) ?? []),
  ];
  return urls.some((url) =>
    /\/(?:me|self|current(?:[_-]?user)?|userinfo)(?:[/?]|$)|\/user\/(?:repos|installations|orgs|emails)\b/i.test(
      url,
    ),
  );
}

function emptySuccess(look: Look): boolean {
  return look.endpoint.some((x) => {
    const status = statusOf(x) ?? 0;
    if (x.outcome.kind !== 'answered' || status >= 400) return false;
    return /\[\s{0,4}\]|"(?:total|count|size|totalCount|totalResults)"\s?:\s?0\b/.test(
      JSON.stringify(x.outcome.body),
    );
  });
}

const token: readonly Telltale[] = [
  tells(
    'expiry-talked-of',
    /\bexpir(?:e[ds]?|es|y|ing|ation)\b|\bexpires_in\b|\bTTL\b|\blifetime\b|\brefresh(?:ed|ing)?\b[^\n.]{0,20}\btoken|\bcached? token|\b(?:stale|old) tokens?\b|\bnew token\b|\btoken lives\b/i,
    { 'endpoint/token-expired': 1 },
    { ifOpen: true, at: 'all', about: 'call' },
  ),
  tells(
    'token-spoiled',
    /["'`]bearer ?:\s|\bbearer\s{1,3}(?:undefined|null|none|nil|\[object|\{|b?["']|\(["'])|\bbearer bearer\b|\b(?:double|duplicate|extra)\b[^\n.]{0,20}\bbearer\b|invalid (?:header field )?value|invalid header|header format|malformed|not (?:a )?(?:valid )?jwt|jwt (?:malformed|must|string)|compact (?:jws|serialization)|wrong number of segments|not enough segments|invalid (?:token|jwt) (?:format|structure)|\\n["'\s]{0,3} for key|\b(?:truncated|cut off|quotes around|without (?:the )?["'`]?bearer|missing ["'`]?bearer|no ["'`]?bearer)\b/i,
    { 'endpoint/token-malformed': 1.7 },
    { at: 'all' },
  ),
  tells(
    'placeholder-as-token',
    /\b[Bb]earer\s{1,3}["']?(?:[A-Z]{2,12}_)?TOKEN(?:_[A-Z]{2,12})?\b|\b[Bb]earer\s{1,3}["']?your[-_ ]?\w{0,12}[-_ ]?token\b/,
    { 'credential/placeholder': 2.4, 'endpoint/token-malformed': 2 },
    { at: 'answers', about: 'call' },
  ),
  tells(
    'bearer-twice',
    /\bbearer bearer\b|\bbearer\s{1,3}["']?(?:undefined|null|\[object)/i,
    { 'endpoint/token-malformed': 2.4 },
    { at: 'all', about: 'call' },
  ),
  tells(
    'basic-where-bearer-belongs',
    /\bbasic\b[^\n.]{0,40}\b(?:instead of|where|rather than|should(?: have been| be| read)?)\b[^\n.]{0,40}\bbearer\b|\bbearer\b[^\n.]{0,40}\b(?:not|instead of|rather than)\b[^\n.]{0,12}\bbasic\b/i,
    { 'endpoint/token-malformed': 2.6, 'header/wrong-scheme': 1.4 },
    { about: 'call' },
  ),
  tells(
    'other-thing-as-token',
    /\b(?:client[ _]?id|secret|api[ _]?key|refresh[_ ]token|authori[sz]ation code|id[_ ]token|password)\b[^\n.]{0,40}\b(?:as|instead of)\b[^\n.]{0,20}\b(?:the )?(?:bearer|access|token)\b|\btoken\s?:\s?\w*\.?client_?id/i,
    { 'endpoint/token-malformed': 1.6, 'scope/wrong-audience': 0.3 },
  ),
  tells(
    'header-does-not-arrive',
    /\b(?:authori[sz]ation )?header\b[^\n.]{0,50}\b(?:not (?:sent|set|present|received|passed|forwarded|attached)|missing|stripped|removed|dropped|empty|lost|ignored|never)\b|\b(?:strip\w*|drop\w*|remov\w*|forward\w*|missing|without|no)\b[^\n.]{0,30}\bauthori[sz]ation\b|CGIPassAuth|HTTP_AUTHORIZATION|no (?:bearer )?token (?:provided|found|was)|token (?:is |was )?(?:required|not (?:provided|found|supplied))/i,
    { 'endpoint/token-malformed': 1.3, 'header/missing-scheme': 0.3 },
    { at: 'all', about: 'call' },
  ),
  tells(
    'signer-or-issuer',
    /\b(?:issuer|\biss\b|signature|signing key|\bkid\b|jwks?|public key|realm|instance_url|base url|host)\b[^\n.]{0,60}\b(?:mismatch\w*|differ\w*|invalid|wrong|not (?:match|trusted|found|the same)|unknown|fail\w*|another|does(?: not|n[’']t) match|expected)\b|\b(?:different|other|another|wrong)\b[^\n.]{0,24}\b(?:project|org(?:anization)?|tenant|environment|instance|account|workspace|realm|issuer|server)\b|SENDER_ID_MISMATCH|mismatch/i,
    { 'endpoint/token-wrong-environment': 1.5 },
    { at: 'all', about: 'call' },
  ),
  tells(
    'issuer-by-two-names',
    /\bat (?:an? )?URL other than\b|\biss(?:uer)?\b[^]{0,300}\b(?:two|several|multiple|other|external|internal|valid)\b[^\n.]{0,24}\b(?:domains?|urls?|hosts?|issuers?)\b|\b(?:external|public|internal) url\b[^]{0,200}\b(?:service name|internal|issuer)\b/i,
    { 'endpoint/token-wrong-environment': 2, 'request/wrong-endpoint': -0.8 },
    { when: (look) => look.says(/token/i) },
  ),
  tells(
    'live-and-test',
    /\b(?:sandbox|staging|test|dev|demo)\b[^\n]{0,80}\b(?:production|prod|live)\b|\b(?:production|prod|live)\b[^\n]{0,80}\b(?:sandbox|staging|test mode|demo|dev)\b/i,
    { 'endpoint/token-wrong-environment': 1.2, 'request/wrong-region': 0.9 },
  ),
  tells(
    'login-of-live-and-test',
    /\b(?:log(?:s|ged|ging)? ?in|auth(?:entication|ori[sz]ation)?|token) (?:url|host|endpoint|fails?|failure|request)\b|\blogs? in\b/i,
    { 'request/wrong-region': 0.8 },
    { when: (look) => look.endpoint.length === 0 && look.says(/\b(?:sandbox|staging)\b/i) },
  ),
];

const call: readonly Telltale[] = [
  tells(
    'right-talked-of',
    /\b(?:permissions?|roles?|privileges?|rights?|access rights|entitle\w*|assigned|granted|member of|group|rbac|iam|acl|owner|admin(?:istrator)?|read-only|shared? with|sharing|add(?:ed)? (?:the |this |my )?(?:service account|service principal|app|user)\b)/i,
    { 'endpoint/missing-permission': 0.7 },
    { ifOpen: true, at: 'all', about: 'call' },
  ),
  tells(
    'right-missing-said',
    /\b(?:insufficient|not enough|lack\w*|missing|required?|requires?|without|no|not)\b[^\n.]{0,30}\b(?:permissions?|privileges?|rights?|roles?|access)\b|\bpermission[ _]denied\b|\bnot (?:authori[sz]ed|permitted|allowed) to\b|\bdoes(?: not|n[’']t) have (?:the |any |sufficient )?(?:permission|access|right|role)|\baccess[ _]denied\b|\bforbidden\b/i,
    { 'endpoint/missing-permission': 0.7, 'endpoint/missing-scope': 0.2 },
    { ifOpen: true, at: 'all', about: 'call' },
  ),
  tells(
    'scope-talked-of',
    /\bscopes?\b|\binsufficient_scope\b/i,
    { 'endpoint/missing-scope': 0.8, 'scope/granted-narrower': 0.3, 'scope/not-requested': 0.3 },
    { ifOpen: true, at: 'all', about: 'call' },
  ),
  tells(
    'scope-check-failed-said',
    /\bscopes? (?:validation|check)\b[^\n.]{0,12}\bfail\w*|\bfail\w*\b[^\n.]{0,20}\bscopes? (?:validation|check)\b|\binsufficient[ _]scopes?\b/i,
    { 'endpoint/missing-scope': 2.4, 'scope/not-requested': 2.2, 'endpoint/token-expired': -1 },
    { ifOpen: true, at: 'all', about: 'call' },
  ),
  tells(
    'division-in-a-permission',
    /\b[a-z]\w{2,40}:[a-z]\w{2,40}:[a-z]\w{2,30}:(?:[0-9a-f]{8}\b|\*)/i,
    { 'endpoint/missing-division': 1.8 },
    { at: 'answers', about: 'call' },
  ),
  tells(
    'division-talked-of',
    /\bdivisions?\b|\bhome division\b|\borganizational unit\b|\bbusiness unit\b/i,
    { 'endpoint/missing-division': 1.8 },
    { at: 'all' },
  ),
  tells(
    'code-of-an-app-about-me',
    ABOUT_ME,
    { 'endpoint/user-context': 2.4, 'endpoint/not-found': -0.4, 'request/wrong-region': -0.8 },
    { at: 'code', about: 'call', when: (look) => look.says(APP_ONLY) },
  ),
  shows(
    'me-without-a-user',
    (look) => aboutMe(look) && look.says(APP_ONLY),
    { 'endpoint/user-context': 2, 'endpoint/missing-scope': -0.6 },
    { about: 'call' },
  ),
  tells(
    'userinfo-without-a-user',
    /\buserinfo\b/i,
    { 'endpoint/user-context': 2.8 },
    { at: 'all', when: (look) => look.says(/client[ _-]credentials/i) },
  ),
  shows(
    'userinfo-refused',
    (look) =>
      !look.says(/client[ _-]credentials/i) &&
      look.endpointStatus(401, 403) &&
      (look.code(/\buserinfo\s?\(/i) || look.endpoint.some((x) => /\/userinfo\b/i.test(x.request.url ?? ''))),
    { 'scope/not-requested': 1.6, 'endpoint/missing-scope': 1.4 },
  ),
  shows('about-me', aboutMe, { 'endpoint/user-context': 1.1 }, { about: 'call' }),
  tells(
    'machine-and-user',
    MACHINE,
    { 'endpoint/user-context': 0.7, 'endpoint/missing-permission': 0.3, 'endpoint/consent-missing': 0.2 },
    { at: 'all', about: 'call' },
  ),
  tells(
    'user-wanted-said',
    /\b(?:user context|signed-in user|logged[- ]in user|current user|on behalf of|delegated|impersonat\w*|requires? (?:a|an) (?:actual |real )?user|not supported (?:for|with|in) (?:app|client|application|service)|app-only|application (?:permissions?|tokens?) (?:is|are) not|user[- ]based|user access token|(?:no|without a) user|not associated with any user|no associated user)\b/i,
    { 'endpoint/user-context': 1.4 },
    { at: 'all', about: 'call' },
  ),
  tells(
    'consent-talked-of',
    /\b(?:admin )?consent(?:ed|ing)?\b|\badmin(?:istrator)? approval\b|\bapprov(?:e|al) (?:by|from|required|needed)|\bnot (?:been )?(?:approved|consented)\b/i,
    { 'endpoint/consent-missing': 1.5 },
    { at: 'all' },
  ),
  tells(
    'path-not-there-said',
    /\b(?:no such|unknown|invalid|wrong|non-?existent|deprecated|removed|retired|sunset|discontinued|outdated|old|changed)\b[^\n.]{0,24}\b(?:endpoint|route|path|api version|resource|method|operation|url)\b|\b(?:endpoint|route|path|method|url)\b[^\n.]{0,40}\b(?:does(?: not|n[’']t) exist|not found|no longer|deprecated|removed|retired|wrong|incorrect|moved|changed)\b|\bmissing authentication token\b|\bcannot (?:get|post|put) \/|\bno (?:static )?resource\b|\b410\b|\bgone\b/i,
    { 'endpoint/not-found': 1.4 },
    { at: 'all', about: 'call' },
  ),
  tells(
    'licence-talked-of',
    /\b(?:licen[cs]e[ds]?|licens|lizenz\w*|licencia|licenza|subscription|subscribed|(?:free|paid|pro|premium|enterprise|basic|higher|standard|professional) (?:plan|tier|edition|account|version|user)|upgrade (?:your|to)|add-?on|trial|beta|preview|early access|feature flag|provision\w*|entitlement|not (?:available|enabled|supported|activated|included) (?:for|in|on|with)|enable (?:the |this |it )|has not been (?:used|enabled)|is (?:not enabled|disabled)|api access|turned on|switched on|whitelisted for|quota project|SPO)\b/i,
    { 'endpoint/feature-missing': 1.2 },
    { at: 'all', about: 'call' },
  ),
  tells(
    'right-not-offered',
    /\bno (?:such )?(?:permission|role|option|scope)s?\b[^\n.]{0,60}\b(?:found|there|listed|offered|available|seen)\b|(?:n[’']t|\b(?:not|nowhere|cannot|unable to))\b[^\n.]{0,12}\b(?:see|find|select|locate)\b[^\n.]{0,24}\b(?:permission|role|option|scope|checkbox)s?\b|\b(?:permission|role|option|scope|checkbox|setting|api)s?\b[^\n.]{0,60}(?:n[’']t|\b(?:not|nowhere|no))\b[^\n.]{0,24}\b(?:available|listed|visible|there|shown|show up|appear|exist|offered|find|see)\b/i,
    { 'endpoint/feature-missing': 2.6, 'endpoint/missing-permission': -0.8 },
    { about: 'call' },
  ),
  tells(
    'network-rule-shown',
    /default_action["']?\s{0,3}[:=]\s{0,3}["']deny["']|\bnetwork_acls?\b|\b(?:acl|network rules?|firewall)\b[^\n.]{0,24}\b(?:set to |is |are )?deny/i,
    { 'endpoint/ip-blocked': 2.2, 'endpoint/policy-denied': 0.6 },
    { about: 'call' },
  ),
  tells(
    'address-list-talked-of',
    /\b(?:ips|ip (?:address(?:es)?|ranges?|allow\w*|white\w*|restrict\w*|block\w*|ban\w*|list|filter\w*)|egress|static ip|allow-?list\w*|white-?list\w*|firewall|geo\w*|country|countries|region[- ]?block\w*|vpn|location|datacenter ip|tor\b|my (?:home|office) network|trusted network|network access)\b/i,
    { 'endpoint/ip-blocked': 1.2 },
    {
      at: 'all',
      when: (look) =>
        look.answered(
          /\bip\b|network|location|address|country|region|firewall|allow-?list|white-?list|restrict/i,
        ) ||
        look.endpointStatus(401, 403) ||
        look.says(/\bip\b/i),
    },
  ),
  tells(
    'access-policy-shown',
    /ApplicationAccessPolicy|\bAccessRight RestrictAccess|\bAPI access polic(?:y|ies)\b|RestrictAccess\b/i,
    { 'endpoint/policy-denied': 2.2 },
    { at: 'all' },
  ),
  tells(
    'route-for-users',
    /["']?\bauth:(?:api|sanctum)\b|middleware\(["']auth:/i,
    { 'endpoint/user-context': 2.2, 'endpoint/missing-scope': -0.4 },
    { when: (look) => look.says(APP_ONLY) || look.form('grant_type') === 'client_credentials' },
  ),
  tells(
    'scopes-of-a-user-for-an-app',
    /\bScopes?(?:User|Playlist|Library|Follow|Streaming)\w*|\b(?:user-(?:read|library|top|modify)|playlist-(?:read|modify))-[\w-]+/,
    { 'endpoint/user-context': 2.4 },
    { about: 'call', when: (look) => look.says(APP_ONLY) },
  ),
  tells(
    'delegated-permission-of-an-app',
    /\buser_impersonation\b|\bdelegated permissions? (?:only|alone)\b/i,
    { 'endpoint/user-context': 2.2 },
    { about: 'call', when: (look) => look.says(/client[ _-]cred|app[- ]only|service principal/i) },
  ),
  tells(
    'token-of-the-default-resource',
    /\baz account get-access-token\b(?![^\n|]{0,120}--(?:resource|scope))/i,
    { 'scope/wrong-audience': 2.6 },
    { about: 'call' },
  ),
  tells(
    'policy-talked-of',
    /\b(?:conditional access|MFA|multi-?factor|2FA|two-?factor|security defaults|(?:access|security|conditional|organi[sz]ation\w*|tenant|admin\w*|network|firewall|company|group) polic(?:y|ies)|polic(?:y|ies) (?:den\w+|block\w*|prevent\w*)|explicit deny|blocked by (?:your |an? |the )?admin\w*|waf|user[- ]agent|compliance|device (?:compliance|state)|smtp auth|disabled for the tenant|security settings|app access)\b/i,
    { 'endpoint/policy-denied': 1.4 },
    { at: 'all' },
  ),
  tells(
    'acts-for-a-user',
    /\b(?:creat|add|modif|edit|chang|remov|delet|follow|sav|upload|post|publish)\w{0,4}\b[^\n.]{0,24}(?:playlist|library|tracks?|tweets?|\bvideos?)\b|\bfollow\w{0,4} (?:an? |the |some )?(?:artist|user|channel)s?\b|\b(?:create|add\w*To|edit|follow|save|upload|post)(?:Playlist|Library|Tweet|Video|MySaved\w+)\b/i,
    { 'endpoint/user-context': 2.2 },
    { at: 'all', about: 'call', when: (look) => look.says(APP_ONLY) || look.says(MACHINE) },
  ),
  tells(
    'wall-before-the-server',
    /\b(?:cloudflare|akamai|imperva|incapsula|captcha|bot (?:protection|detection|fight)|challenge page|managed challenge|railway|hetzner|digital ?ocean|vps|hosting provider|hosted web server)\b/i,
    { 'endpoint/ip-blocked': 1, 'endpoint/policy-denied': 0.6, 'endpoint/token-malformed': -0.6 },
    { at: 'all', when: ({ scene }) => scene.evidence.provider !== 'cloudflare' },
  ),
  tells(
    'rate-talked-of',
    /\b(?:429|too many (?:requests|attempts|calls|logins)|(?<!x[-_])rate[- ]?limit\w*|throttl\w*|quota|\d+ (?:\w+ ){0,2}(?:a|an|per) (?:second|minute|hour)|requests? per (?:second|minute|hour|day)|back ?off|retry-after|slow down|burst|concurrent requests|limit (?:reached|exceeded)|(?:reached|exceeded|hit)[^\n.]{0,20}\blimit)\b/i,
    { 'endpoint/rate-limited': 1.8 },
    { at: 'all' },
  ),
  tells(
    'token-for-each-call',
    /\b(?:each|every)\b[^\n.]{0,24}\b(?:operation|call|request|process|run)s?\b[^\n.]{0,60}\b(?:new (?:\w+ )?token|getToken|token endpoint|OAuth request)|\b(?:hundreds|thousands|dozens) of (?:times|token requests)\b/i,
    { 'endpoint/rate-limited': 2.2 },
  ),
  shows('empty-success', emptySuccess, { 'endpoint/silently-empty': 2.4 }),
  tells(
    'emptiness-said',
    /\b(?:empty|no|zero|0|null|blank|missing|incomplete|fewer|partial|only (?:some|part|a few|the|\d+))\b[^\n.]{0,24}\b(?:list|array|results?|responses?|reply|replies|body|content|data|records?|rows?|items?|entries|values?|hits|members|users|objects|queues)\b|\breturns? (?:nothing|an empty|\[\]|\{\}|0|no)\b|\b\w*(?:list|array|results?|response|data|sites?|items?|rows)\b[^\n.]{0,12}\bis (?:empty|null)\b|\b(?:list|array|results?|responses?|data)\b[^\n.]{0,12}\b(?:does|do|did)(?: not|n[’']t) (?:contain|include|show|list)|\b(?:list|array|response|result|answer)\b[^\n.]{0,12}\bwith nothing in\b|\b(?:folder|inbox|page|collection|queue|table|calendar|drive) (?:is|was|comes back) empty\b|\bnothing (?:comes|came|is) (?:back|returned)\b|\bmissing from\b[^\n.]{0,30}\b(?:returns?|results?|response|list|answer)\b|\b(?:finds?|found|sees?|lists?|shows?) (?:nothing|none|no \w+)\b|(?:\bnot|n[’']t) (?:hold|contain|include|return|have|list|show) (?:all|every)\b|\bno error\b|\bsilent(?:ly)?\b/i,
    { 'endpoint/silently-empty': 1.2 },
    {
      at: 'all',
      when: (look) =>
        look.endpoint.every((x) => (statusOf(x) ?? 0) < 400) &&
        look.token.every((x) => (statusOf(x) ?? 0) < 400) &&
        look.tokenRefused() === false,
    },
  ),
];

export const access: readonly Telltale[] = [...token, ...call];

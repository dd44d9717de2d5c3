/** What people show of the grant and the scopes that they ask for. This table is long. */
import { bodyText } from '../../../core/index.ts';
import type { Look } from '../rule.ts';
import { shows, tells, type Telltale } from './telltale.ts';

const GRANTS = new Set([
  'client_credentials',
  'authorization_code',
  'refresh_token',
  'password',
  'implicit',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:openid:params:grant-type:ciba',
]);

/** A grant_type that is nearly one of the RFCs'. */
function nearlyAGrant(look: Look): boolean {
  const sent =
    look.form('grant_type') ??
    /grant_?type["']?\s{0,2}(?:[:=]|=>)\s{0,2}["']?([\w-]{4,40})/i.exec(look.context)?.[1];
  if (sent === undefined || GRANTS.has(sent)) return false;
  const bare = sent.toLowerCase().replace(/[^a-z]/g, '');
  return [
    'clientcredential',
    'clientcredentials',
    'authorizationcode',
    'authcode',
    'refreshtoken',
    'refresh',
    'code',
    'credentials',
  ].includes(bare);
}

/** Two names with one blank between, as RFC 6749 §3.3 has it: it is the second name that is not liked. */
const WELL_WRITTEN = /\bscopes?["']?\s{0,2}(?:=>?|:)\s{0,2}["'][\w.:/-]+ [\w.:/-]+["' ]/i;

/** Services whose documentation writes commas between scopes. */
const takesCommas = ({ scene }: Look): boolean =>
  /^(?:slack|strava|shopify|linear)$/.test(scene.evidence.provider);

/** Scopes that stand in a list of another form than RFC 6749 §3.3 has: with commas, in brackets, encoded twice. */
function listedOtherwise(look: Look): boolean {
  if (takesCommas(look)) return false;
  const sent = look.form('scope') ?? '';
  return (
    /\w[,;|]\s?\w|^\[|%2520|^["']/.test(sent) ||
    /[?&]scope=[^&\s"']{1,300}(?:%2C|,|%5B|\+%2C|%2520)/i.test(look.context) ||
    look.endpoint
      .concat(look.token)
      .some((x) => /[?&]scope=[^&\s"']{1,300}(?:%2C|,|%5B|%2520)/i.test(x.request.url ?? '')) ||
    /scopes?[ :='"]{1,4}['"]?[\w.:/-]{2,80},\s?[\w.:/-]{2,80}(?:['",\s]|$)/im.test(look.answers)
  );
}

const grant: readonly Telltale[] = [
  tells(
    'password-grant-works',
    /\bgrant_?type\s?=?\s?["'`]?password\b[^]{0,160}\b(?:works?|gets?|got|succeeds?|fine|(?:do|does) (?:get|give|work)|returns? a token)\b|\b(?:works?|fine|succeeds?)\b[^\n.]{0,40}\bwith (?:the )?(?:grant_type=)?password(?: grant| flow)?\b/i,
    {
      'grant/not-allowed': 2.2,
      'client/wrong-secret': -1.5,
      'client/unknown': -1,
      'client/auth-method-mismatch': -1,
    },
    {
      about: 'token',
      when: (look) => look.says(/client[_ -]credentials/i) && !look.says(/\bneither\b|\bnor\b/i),
    },
  ),
  tells(
    'page-loaded-again',
    /\breload(?:s|ed|ing)?\b|\brefresh(?:es|ed|ing)? the page\b|\b(?:back|F5) (?:button|key)\b|\bdouble[- ](?:click|submit|request)|\b(?:clicks?|called|runs?|requested|fires?) twice\b|\btwice in a row\b|\bduplicate requests?\b|\btries? (?:it )?(?:again|once more)[^\n.]{0,30}\bworks\b/i,
    { 'grant/code-invalid': 1.8, 'grant/refresh-token-invalid': -0.8 },
    { when: (look) => look.tokenError(/invalid_grant|invalid_request/) },
  ),
  tells(
    'refresh-token-as-a-code',
    /\bgetToken\(\s{0,3}\w*refresh_?token/i,
    { 'grant/wrong-type-sent': 2.8, 'grant/refresh-token-invalid': -0.8 },
    { at: 'code' },
  ),
  tells(
    'robot-refused',
    /\bservice[ _-]account\b|\bJWT (?:bearer|grant|assertion)\b|\bP12\b|\bkey ?file\b|\bprivate_key\b/i,
    { 'connection/clock-skew': 1.5, 'grant/code-invalid': -1.2, 'grant/refresh-token-invalid': -1 },
    {
      about: 'token',
      when: (look) =>
        look.tokenError(/invalid_grant/) && !look.says(/refresh|authori[sz]ation[ _]code|redirect/i),
    },
  ),
  shows('nearly-a-grant', nearlyAGrant, { 'grant/wrong-type-sent': 2.6 }, { about: 'token' }),
  tells(
    'grant-from-an-answer',
    /\bgrant_type["']?\s?[:=]\s?(?:params|req|request|query|url\w*|searchParams)\s?[.[(]/i,
    { 'grant/wrong-type-sent': 2.4, 'request/missing-grant-type': -0.6 },
    { at: 'code', about: 'token' },
  ),
  shows(
    'client-made-for-another-grant',
    (look) =>
      look.form('grant_type') === 'password' &&
      look.says(
        /\bpassport:client\b(?![^\n]{0,40}--password)|\bauthorization[_-]grant[_-]type\W{1,4}(?:authorization|client)/i,
      ),
    { 'grant/not-allowed': 2.4 },
    { about: 'token' },
  ),
  tells(
    'box-left-open',
    /\b(?:leave|left|uncheck\w*|untick\w*|not (?:check|tick)\w*)\b[^\n.]{0,60}\b(?:check)?box(?:es)?\b|\b(?:check)?box(?:es)?\b[^\n.]{0,40}\bun(?:checked|ticked)|\b(?:check)?box(?:es)?\b[^\n.]{0,80}\b(?:are|is|start|come) (?:empty|clear|not (?:ticked|checked|selected))\b|\b(?:it|that|permission|scope)(?:[’']s| is| are) not (?:pre-?)?(?:ticked|checked|selected)\b|\b(?:asked for|requested)\b[^]{0,160}\btoken\b[^\n.]{0,16}(?:n[’']t|\bnot) (?:have|contain|include|carry)/i,
    { 'scope/granted-narrower': 2.2, 'endpoint/silently-empty': -1.5 },
    { when: (look) => look.says(/scope|permission|consent|authori[sz]e|sign-?in|\bagrees?\b|\bgrant/i) },
  ),
  tells(
    'another-flow-runs',
    /Please supply either code or|\b(?:default|legacy|wrong|different|another|uses?|using|sends?|sent|switch\w*)\b[^\n.]{0,30}\b(?:workflow|grant[ _]type|flow)\b[^\n.]{0,40}\b(?:instead|web application|authori[sz]ation[ _]code|password|refresh_token|implicit)\b|\b(?:hard-?codes?|always (?:sends|uses)|sends)\b[^\n.]{0,30}\bgrant[_ ]type\b|\bnot (?:a )?client[_ ]credentials\b/i,
    { 'grant/wrong-type-sent': 1.7 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'grants-of-a-client',
    /\b(?:allowed|enabled?|supported|registered|select\w*|check\w*|tick\w*|permit\w*|authori[sz]ed|grant)[ _-]?(?:oauth )?(?:grant[ _]?types?|flows?)\b|\bgrant[ _]?types?\b[^\n.]{0,40}\b(?:allowed|enabled|checked|supported|configured|missing|selected|registered|not)\b|\bservice accounts?\b[^\n.]{0,20}\b(?:enabled|roles|toggle)|\b(?:ROPC|direct access grants?|resource owner|password (?:grant|flow|credentials)|device (?:code|flow)|implicit (?:grant|flow))\b|\ballowedgranttypes\b/i,
    { 'grant/not-allowed': 1, 'grant/wrong-type-sent': 0.4 },
    { at: 'all', about: 'token', when: (look) => !look.tokenError(/invalid_grant|invalid_scope/) },
  ),
  tells(
    'code-talked-of',
    /\b(?:authori[sz]ation[ _]?code|auth[ _]?code|\bcode=|one[- ]time code|back button|refresh(?:ing|ed)? the page|reload\w*|prefetch\w*|expires? in (?:\d+|a few) (?:seconds|minutes)|already (?:been )?(?:used|redeemed|exchanged)|code (?:was|is|has))\b/i,
    { 'grant/code-invalid': 0.8 },
    {
      ifOpen: true,
      at: 'all',
      about: 'token',
      when: (look) => look.tokenError(/invalid_grant|invalid_request/) || look.token.length === 0,
    },
  ),
  tells(
    'redirect-talked-of',
    /\bredirect[ _-]?(?:ur[il]s?|url)\b|\bcallback[ _-]?(?:ur[il]s?)\b|\breply url\b|\bhttps? (?:vs\.?|instead of|versus) https?\b|\blogin redirect\b/i,
    { 'grant/redirect-uri-mismatch': 0.9 },
    {
      ifOpen: true,
      at: 'all',
      about: 'token',
      when: (look) => !look.tokenError(/invalid_client|invalid_scope|unsupported_grant_type/),
    },
  ),
  tells(
    'works-with-one-redirect',
    /\b(?:only|one case)\b[^\n.]{0,40}\bwhen\b[^\n]{0,100}\bredirect|\bonly works?\b[^\n.]{0,60}\bredirect|\bredirect\w*[^\n.]{0,80}\bonly works?\b/i,
    { 'grant/redirect-uri-mismatch': 2.2 },
  ),
  tells(
    'redirect-wrong-said',
    /\b(?:redirect|callback|reply)[ _-]?(?:ur[il]s?)?\b[^\n]{0,60}\b(?:invalid|mismatch\w*|not (?:match\w*|registered|allowed|valid|whitelisted|the same)|differ\w*|wrong|incorrect|does(?: not|n[’']t) match|must match|slash|http:|port)\b|\b(?:invalid|mismatch\w*|wrong|incorrect|illegal)\b[^\n.]{0,40}\b(?:redirect|callback)\b|\b(?:response|redirect)_?ur[il]\b[^\n.]{0,40}\b(?:begins? with|starts? with|is)\b[^\n.]{0,8}http:|trailing slash/i,
    { 'grant/redirect-uri-mismatch': 1.8 },
    { at: 'all', about: 'token' },
  ),
  tells(
    'refresh-talked-of',
    /\brefresh(?:_| )?tokens?\b|\bRefreshError\b|\btokens? (?:is|are|was|gets?) (?:being )?(?:refreshed|renewed)\b|\brefresh(?:ing|ed|es)? (?:the |an |my )?(?:access )?tokens?\b|\bofflin?e(?:_access| access)\b|\baccess_type\b|\bre-?authori[sz]e|\bre-?authenticat\w*/i,
    { 'grant/refresh-token-invalid': 1 },
    {
      ifOpen: true,
      at: 'all',
      about: 'token',
      when: (look) =>
        look.tokenError(/invalid_grant|access_denied|invalid_request/) ||
        look.token.every((x) => bodyText(x, 'error') === undefined),
    },
  ),
  tells(
    'refresh-ended',
    /\b(?:7 days|seven days|a week|six months|6 months|90 days|24 hours|publishing status|testing mode|in testing|password (?:was |has been )?(?:changed|reset)|revoked|expired or revoked|inactivity|rotat\w+|race condition|concurren\w+|parallel|simultaneous\w*|two (?:instances|processes|servers)|another (?:instance|process|device))\b/i,
    { 'grant/refresh-token-invalid': 1.1 },
    { at: 'all', about: 'token', when: (look) => look.tokenError(/invalid_grant/) || look.says(/refresh/i) },
  ),
  tells(
    'pkce-talked-of',
    /\bPKCE\b|\bcode[_ ]?(?:verifier|challenge)\b|\bS256\b/i,
    { 'grant/pkce-mismatch': 1.3 },
    { at: 'all', about: 'token', when: (look) => !look.tokenError(/invalid_client|invalid_scope/) },
  ),
];

const scope: readonly Telltale[] = [
  // Microsoft's permissions are added by one person and consented to by another; with all of them added, that is what lacks.
  tells(
    'every-permission-given',
    /\b(?:all|every|each|full)\b[^\n.]{0,24}\b(?:permissions?|privileges|rights)\b|\bpermissions? (?:i|we) (?:could|can) (?:find|think of)/i,
    { 'endpoint/consent-missing': 2.6, 'endpoint/missing-permission': -2.4 },
    { about: 'call', when: ({ scene }) => /^(?:entra|microsoft)/.test(scene.evidence.provider) },
  ),
  tells(
    'one-scope-works',
    /\b(?:(?:one|a single) scope|openid)(?: alone)?\b[^\n.]{0,40}\b(?:works?|fine|accepted|takes?)\b|\basks? for openid alone\b|\bas soon as\b[^\n.]{0,60}\b(?:two|second|more|several|another) scopes?\b|\b(?:scope|it)\b[^\n.]{0,30}\bas soon as I (?:request|ask for|add) (?:two|a second|more|several)\b/i,
    { 'scope/malformed': 2.4 },
    { when: (look) => look.says(/\bscopes?\b/i) && !look.code(WELL_WRITTEN) },
  ),
  tells(
    'another-scope-refused',
    /\b(?:with|for|asking for)\b[^\n.]{0,40}\balone\b[^\n.]{0,24}\b(?:works?|worked|fine|ok)\b[^\n]{0,60}\b(?:not|n[’']t|fails?|refused|invalid)\b/i,
    { 'scope/not-allowed': 2.4 },
    { when: (look) => look.code(WELL_WRITTEN) && look.answered(/scope/i) },
  ),
  shows(
    'scope-given-twice',
    (look) =>
      /(?:^|[?&\s])scopes?(?:\[\]|%5B%5D)?=[^&\s]+&(?:[^\n]{0,200}&)?scopes?(?:\[\]|%5B%5D)?=/m.test(
        look.scene.evidence.paste ?? '',
      ),
    { 'scope/malformed': 2.8 },
  ),
  shows('scopes-listed-otherwise', listedOtherwise, { 'scope/malformed': 2.2, 'scope/unknown': 0.2 }),
  tells(
    'separator-talked-of',
    /\b(?:comma|space|semicolon|plus|pipe)[- ]?(?:separat\w+|delimit\w+)|\b(?:split|splits|parted|joined|joins)\b[^\n.]{0,12}\b(?:at|by|on|with) (?:the |a )?(?:commas?|spaces?|blanks?|plus)|\bone single scope\b|\bseparat\w+ (?:by|with)\b|\bscopes?\b[^\n.]{0,30}\b(?:with|by|has) (?:commas?|spaces?|blanks?)\b|\bdelimit\w+\b|\bscope[ _]?separator\b|\bas (?:an? )?(?:array|list|string)\b/i,
    { 'scope/malformed': 1.6 },
    { when: (look) => look.says(/scopes?/i) || look.answered(/scope/i) },
  ),
  tells(
    'scope-wanted',
    /\bscopes?\b["'`]?[^\n]{0,50}\b(?:missing|required|must (?:be|contain|include)|not (?:provided|specified|set|sent|included|present|requested|passed)|empty|null|blank)\b|\b(?:no|without|missing|empty|default|any)\b[^\n.]{0,20}\bscopes?\b/i,
    { 'scope/not-requested': 1.5 },
    { ifOpen: true, at: 'all', when: (look) => look.answered(/scope/i) || look.says(/scopes?/i) },
  ),
  tells(
    'scopes-not-in-the-token',
    /\b(?:does ?n[o’']?t|did ?n[o’']?t|not|no|never|without|missing|only)\b[^\n.]{0,40}\b(?:return\w*|includ\w*|contain\w*|ha(?:s|ve)|show\w*|get|in)\b[^\n.]{0,40}\bscopes?\b|\bscopes?\b[^\n.]{0,50}(?:n[’']t|\b(?:not|missing|ignored|dropped|stripped|absent|never))\b[^\n.]{0,30}\b(?:token|response|jwt|return\w*|claim|includ\w*)\b/i,
    { 'scope/not-requested': 1, 'scope/granted-narrower': 1.1 },
  ),
  tells(
    'scope-not-known-said',
    /\bscopes?\b[^\n]{0,60}\b(?:unknown|not (?:exist|found|supported|recogni[sz]ed|defined|valid|available)|does(?: not|n[’']t) exist|deprecated|renamed|removed|invalid|unsupported)\b|\b(?:unknown|unsupported|invalid|non-?existent|deprecated|undefined)\b[^\n.]{0,20}\bscopes?\b/i,
    { 'scope/unknown': 0.9, 'scope/malformed': 0.2 },
    { at: 'all', when: (look) => look.answered(/scope/i) },
  ),
  tells(
    'scope-not-given-said',
    /(?:n[’']t|\b(?:not|un))\s?(?:allowed|authori[sz]ed|permitted|entitled|granted|assigned|configured|enabled)\b[^\n]{0,60}\bscopes?\b|\bscopes?\b[^\n]{0,60}(?:n[’']t|\b(?:not))\b[^\n]{0,20}\b(?:allowed|authori[sz]ed|permitted|granted|assigned|configured|enabled|added)\b|\b(?:add(?:ed|ing)?|assign\w*|enabl\w*|allow\w*|grant\w*)\b[^\n.]{0,30}\bscopes?\b[^\n.]{0,40}\b(?:client|app\b|application|console|settings|dashboard)\b/i,
    { 'scope/not-allowed': 1 },
    { at: 'all' },
  ),
  tells(
    'scope-was-not-among-those-asked',
    /\b(?:asked|prompted|consent screen|sign-?in|login)\b[^\n.]{0,60}\bscopes?\b[^\n.]{0,40}\bnot\b|\bscopes?\b[^\n.]{0,40}\b(?:was|were) (?:not|never) (?:asked|requested)\b/i,
    { 'scope/not-requested': 1.8 },
    { about: 'call' },
  ),
  tells(
    'plus-or-comma-in-a-scope',
    /\bscopes?["']?\s{0,2}(?:=|:|=>)\s{0,2}["']?[\w:./-]{2,80}(?:%2B|%2C|%252|,(?=[\w:./-]{2,60}(?:[,&"'\s]|$)))/i,
    { 'scope/malformed': 1.8 },
    {
      at: 'all',
      when: (look) =>
        !takesCommas(look) && (look.says(/scope[^\n]{0,200}%2[B5]/i) || look.answered(/scope/i)),
    },
  ),
  tells(
    'one-token-for-two-apis',
    /\bsame (?:bearer |access )?token\b[^\n.]{0,80}\b(?:graph|other apis?|another api|second api)\b|\b(?:graph|other apis?|another api)\b[^\n.]{0,60}\bsame (?:bearer |access )?token\b/i,
    { 'scope/wrong-audience': 2, 'endpoint/token-wrong-environment': -0.4 },
    { about: 'call' },
  ),
  tells(
    'opaque-token-said',
    /\bopaque\b[^\n.]{0,40}\btokens?\b|\btokens?\b[^\n.]{0,60}\bopaque\b|\b(?:four|five|4|5)\b[^\n.]{0,12}\b(?:periods|dots|parts|segments)\b|"alg"\s?:\s?"dir"|\bnot (?:a )?(?:valid |real )?jwt\b|\binvalid jwt\b/i,
    { 'scope/wrong-audience': 1.8, 'endpoint/token-malformed': 0.3 },
    { when: (look) => /auth0|opaque|parts|segments/i.test(look.context) },
  ),
  tells(
    'only-scope-of-the-user-pool',
    /\b(?:only|always|just|contains?)\b[^\n]{0,40}\baws\.cognito\.signin\.user\.admin\b|\baws\.cognito\.signin\.user\.admin\b['"`*]{0,4} is (?:all|the only)\b/i,
    { 'scope/granted-narrower': 2.6, 'scope/wrong-audience': -1 },
  ),
  shows(
    'token-for-graph-at-the-mailbox',
    (look) =>
      /graph\.microsoft\.com\/(?:\.default|\w+\.)/i.test(look.context) &&
      /outlook\.office(?:365)?\.com|\b(?:imap|smtp|pop3?)\b/i.test(look.context) &&
      !/outlook\.office(?:365)?\.com\/(?:\.default|IMAP|SMTP|POP)/i.test(look.context),
    { 'scope/wrong-audience': 2.4 },
  ),
  tells(
    'audience-talked-of',
    /\baud(?:ience)?s?\b|\bresource (?:indicator|server|principal|parameter|uri|id)\b|\bresource=|\/\.default\b|\bapi identifier\b|\bapp(?:lication)? id uri\b|\bintended for\b|\binvalid_target\b/i,
    { 'scope/wrong-audience': 1.2 },
    { at: 'all' },
  ),
  tells(
    'identity-token-used',
    /\bid[_ -]?token\b[^\n.]{0,80}\b(?:instead|access|bearer|api|send|sent|pass\w*|use[ds]?|using|verif\w*|validat\w*)\b|\bgraph\.microsoft\.com\b[^\n]{0,200}\b(?:api:\/\/|my (?:own )?api|custom api|web api)\b/i,
    { 'scope/wrong-audience': 1 },
    { about: 'call' },
  ),
];

export const grants: readonly Telltale[] = [...grant, ...scope];

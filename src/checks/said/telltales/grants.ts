/** What people show of the grant that they ask with. */
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

export const grants: readonly Telltale[] = [
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

/** What people show of the scopes that they ask for, and of the API that their token is for. */
import type { Look } from '../rule.ts';
import { shows, tells, type Telltale } from './telltale.ts';

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

export const scopes: readonly Telltale[] = [
  // Microsoft's permissions are added by one person and consented to by another; with all of them added, that is what lacks.
  tells(
    'every-permission-given',
    /\b(?:all|every|each|full)\b[^\n.]{0,24}\b(?:permissions?|privileges|rights)\b|\bpermissions? (?:i|we) (?:could|can) (?:find|think of)/i,
    { 'endpoint/consent-missing': 3.2, 'endpoint/missing-permission': -3 },
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

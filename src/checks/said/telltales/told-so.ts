/** What people tell of how something fails that speaks against its first look. */
import { statusOf } from '../../../core/index.ts';
import type { Look } from '../rule.ts';
import { shows, tells, type Telltale } from './telltale.ts';

/** A command that sends a form, and works where the program fails. */
function formWorks(look: Look): boolean {
  const command = /\bcurl\b[^\n]{0,400}\s(?:-d|--data(?:-urlencode)?)\s{0,2}["']?\w+=/i;
  return (
    command.test(look.scene.evidence.paste ?? '') &&
    look.says(
      /\b(?:curl|postman)\b[^\n.]{0,60}\b(?:works?|200|fine|ok|token)\b|\bworks?\b[^\n.]{0,40}\b(?:curl|postman)\b/i,
    ) &&
    look.says(/\b(?:angular|axios|fetch\(|front[- ]?end|react|vue|javascript|ionic|\$http)\b/i)
  );
}

export const toldSo: readonly Telltale[] = [
  // GitHub's sign-in page answers 404 to a client id that it does not know, and to none.
  shows(
    'sign-in-page-not-found-at-github',
    ({ scene, token }) =>
      scene.evidence.provider === 'github' &&
      token.some((x) => statusOf(x) === 404 && !/access_token/.test(x.request.url ?? '')),
    { 'client/unknown': 3, 'credential/missing': 2.8, 'request/wrong-endpoint': -3.5 },
  ),
  tells(
    'no-page-where-the-sign-in-should-be',
    /\b404\b[^\n.]{0,60}\b(?:instead of|rather than|and not)\b[^\n.]{0,40}\b(?:log-?[io]n|sign[- ]?in|authori[sz]\w+|consent)\b|\b(?:log(?:s|ged)?[- ]?in|sign[- ]?in|link(?:s|ing)?|connect(?:s|ing)?)\b[^\n.]{0,60}\bgithub\b[^\n.]{0,60}\b404\b/i,
    {
      'credential/missing': 2.6,
      'client/unknown': 2.2,
      'endpoint/not-found': -3,
      'request/wrong-endpoint': -2,
    },
    { when: ({ scene }) => scene.evidence.provider === 'github' },
  ),
  tells(
    'encodes-since-an-upgrade',
    /\bencodeClientCredential\b|\b(?:update[ds]?|upgrad\w+|since|worked (?:in|with|on|until))\b[^]{0,240}\b(?:url|percent|form|uri)[- _]?encod(?!ed (?:form|body))\w*|\b(?:url|percent|form|uri)[- _]?encod\w*[^]{0,160}\b(?:update[ds]?|upgrad\w+|since)\b/i,
    { 'credential/over-encoded': 1.2, 'credential/needs-form-encoding': -1.5 },
    {
      when: (look) =>
        look.says(/\bbasic|base ?64|client credentials|secret/i) &&
        !look.says(
          /\b(?:no longer|stopped|not|n[’']t|without|removed)\b[^\n.]{0,16}\bencod|x-www-form|\bform[- ]?url[- ]?encod|\bredirect/i,
        ),
    },
  ),
  shows('form-works-front-end-not', formWorks, {
    'request/json-body': 3,
    'endpoint/token-expired': -2,
    'endpoint/token-malformed': -1.5,
    'request/malformed-command': -2.5,
  }),
  tells(
    'method-that-posts-json',
    /\bpost_?(?:as_?)?json(?:async)?\b|\bPostAsJsonAsync\b|\bjson\s?=\s?\{/i,
    { 'request/json-body': 1, 'request/wrong-content-type': -0.5 },
    { about: 'token', when: (look) => look.says(/\btoken|oauth|refresh/i) },
  ),
  tells(
    'token-with-few-rights',
    /\b(?:token|PAT|key)\b[^\n.]{0,40}\b(?:has|had|have|with|given|got|ticked|chose) (?:only|just|nothing but)\b[^\n.]{0,30}\b(?:permissions?|scopes?|rights?|box(?:es)?)\b|\bonly (?:the )?[`"']?[\w:.-]+[`"']? (?:permission|scope) (?:on|of|for) (?:the|my) (?:token|PAT|key)\b/i,
    { 'endpoint/missing-scope': 2.4, 'endpoint/missing-permission': -0.4 },
    { when: (look) => !look.tokenRefused() },
  ),
  tells(
    'sign-in-ends-in-404',
    /\b(?:sign[- ]?in|log[- ]?in|authori[sz](?:e|ation|ing)|token (?:request|exchange|endpoint))\b[^\n.]{0,60}\b404\b|\b404\b[^\n.]{0,60}\b(?:sign[- ]?in|log[- ]?in|authori[sz](?:e|ation|ing)|token (?:request|exchange|endpoint))\b/i,
    { 'request/wrong-endpoint': 1.6, 'endpoint/not-found': -1.6 },
    {
      when: (look) =>
        look.endpoint.every((x) => x.request.url === undefined) && look.scene.evidence.provider !== 'github',
    },
  ),
  tells(
    'words-taken-for-hosts',
    /could not resolve host:? ['"]?(?:(?:bearer|basic|token|authori[sz]ation|content-type)(?![\w.-])|\*{3}|•{3}|[0-9a-f]{24,}(?![\w.-])|[^\s'"]{0,200}["'”“])/i,
    { 'request/malformed-command': 1.5, 'connection/unreachable': -3 },
    { at: 'all' },
  ),
  tells(
    'feature-off-said',
    /\bfeatures?\b[^\n.]{0,60}\b(?:is|are|was|were) (?:turned |switched )?(?:off|disabled|deactivated)\b|\b(?:CI\/CD|pipelines?|wikis?|registry|packages|environments?|actions|module|plugin|API)\b[^\n.]{0,16}\b(?:is|are|was|were) (?:turned|switched) off\b/i,
    { 'endpoint/feature-missing': 2, 'endpoint/missing-permission': -1 },
    { about: 'call' },
  ),
  tells(
    'fields-missing-said',
    /\b(?:some|certain|several|many|a few|these|those)(?: of the)? (?:\w+ )?(?:fields?|properties|attributes|columns|entries|items|records)\b[^\n]{0,80}\b(?:null|empty|missing|absent|left out|not (?:in|there|returned|included|shown)|n[’']t (?:in|there|returned|included))\b/i,
    { 'endpoint/silently-empty': 2.6, 'endpoint/token-expired': -1 },
    {
      when: (look) =>
        !look.tokenRefused() &&
        !look.endpoint.some((x) => (statusOf(x) ?? 0) >= 400) &&
        look.says(/\bapi\b|\btokens?\b|\bkeys?\b|\bcall\b|\bresponse\b|\banswer\b/i),
    },
  ),
  tells(
    'sheets-of-a-robot',
    /\b(?:service account|robot account|gserviceaccount|SignedJwtAssertionCredentials|ServiceAccountCredentials)\b/i,
    { 'endpoint/silently-empty': 2.4, 'scope/not-requested': -1.5, 'grant/code-invalid': -2 },
    {
      when: (look) =>
        !look.tokenRefused() &&
        look.says(/\b(?:sheets?|spreadsheets?|drive|files?|folders?|calendars?|documents?|objects?)\b/i) &&
        look.says(
          /\b(?:is|are|returns?|comes? back|gets?|lists?|sees?) (?:always )?(?:empty|nothing|none|an empty|no \w+)\b|\[\]/i,
        ),
    },
  ),
  tells(
    'limit-reached-said',
    /\b(?:limit|quota|usage|allowance)\b[^\n.]{0,60}\b(?:reached|exceeded|exhausted|used up|hit|counts?)\b|\b(?:reach|exceed|exhaust|hit)(?:es|ed|s)?\b[^\n.]{0,30}\b(?:limit|quota)\b/i,
    { 'endpoint/rate-limited': 2.4, 'endpoint/policy-denied': -1, 'endpoint/missing-permission': -0.8 },
    {
      at: 'all',
      when: (look) =>
        !look.says(
          /\b(?:user|seat|app|client|size|storage|character|time) limit\b|\b(?:never|not|far from|below|under)\b[^\n.]{0,16}\b(?:reach|exceed|hit|the limit)|n[’']t (?:reach|exceed|hit)/i,
        ),
    },
  ),
  tells(
    'page-for-people-said',
    /\b(?:begins?|starts?|looks?|reads?) like (?:an? |the )?(?:html|web ?page|page)\b|\bhtml (?:page|document|code|text)\b[^\n.]{0,40}\b(?:instead|not|came|comes|back)\b|\bcontent[- ]type\b[^\n.]{0,40}\b(?:is(?: not|n[’']t) json|is (?:text\/)?html)\b/i,
    { 'request/wrong-endpoint': 2, 'request/json-body': -1.2, 'request/wrong-content-type': -1 },
    { about: 'token', when: (look) => look.says(/token|oauth/i) && look.endpoint.length === 0 },
  ),
  // The reverse, that a library stopped to encode, is rare: RFC 6749 §2.3.1 is what libraries grow towards.
  tells(
    'odd-signs-since-an-update',
    /\b(?:special|reserved|odd|unusual|non-?alphanumeric) (?:characters?|chars?|signs?|symbols?)\b/i,
    { 'credential/over-encoded': 2.4, 'credential/needs-form-encoding': -0.4 },
    {
      about: 'token',
      when: (look) =>
        look.says(/\b(?:secrets?|client[ _]ids?|credentials|clients?)\b/i) &&
        look.says(
          /\b(?:since|after)\b[^\n.]{0,60}\b(?:update[ds]?|upgrade[ds]?|upgrading|new(?:er)? (?:version|release))\b|\b(?:old(?:er)?|previous|earlier) (?:version|release|one)\b[^\n.]{0,60}\b(?:works?|worked|fine)\b|\b(?:works?|worked|fine) (?:with|in|on) (?:the |an? )?(?:old(?:er)?|previous|earlier)\b/i,
        ),
    },
  ),
  tells(
    'explorer-works',
    /\b(?:graph (?:api )?explorer|api explorer|oauth (?:2\.0 )?playground|(?:api|developer|web) console)\b[^\n.]{0,60}\b(?:shows?|works?|returns?|fine|all|lists?|gives?)\b|\b(?:works?|fine|shows?)\b[^\n.]{0,40}\b(?:graph (?:api )?explorer|api explorer|playground)\b/i,
    { 'scope/not-requested': 1.4, 'endpoint/missing-scope': 1.2, 'endpoint/user-context': -0.4 },
    { when: (look) => !look.tokenRefused() },
  ),
  tells(
    'no-permission-helps',
    /\b(?:none|no|whatever|whichever|any|every|all)\b[^\n.]{0,24}\bpermissions?\b[^\n.]{0,60}\b(?:works?|helps?|makes? (?:it|a difference)|changes?|tried|same)\b|\btry(?:ing)?\b[^\n.]{0,40}\bpermissions?\b[^\n.]{0,40}\bnone\b/i,
    { 'endpoint/user-context': 1.8, 'endpoint/consent-missing': -0.8, 'endpoint/missing-permission': -0.6 },
    {
      when: (look) =>
        look.says(
          /\bapp(?:lication)?[- ](?:registration|only|permissions?)|client[ _-]?(?:credentials|id and secret)|service principal|daemon/i,
        ),
    },
  ),
  tells(
    'right-in-one-environment-said',
    /\b(?:env(?:ironment)?|stage|mode)\b["']?\W{0,4}(?:to |is |set to )?\W{0,2}(?:prod(?:uction)?|staging|sandbox|live|test|dev)\b["']?[^\n.]{0,40}\b(?:accepted|works?|fine|ok|200)\b|\b(?:accepted|works?|fine) (?:with|in|at|on|under) (?:the )?(?:env\w*|prod(?:uction)?|staging|sandbox|live)\b[^\n.]{0,80}\bdefault\b/i,
    { 'endpoint/token-wrong-environment': 2.6, 'request/wrong-region': 1.4, 'credential/missing': -1.5 },
  ),
];

/** What people tell of codes and refresh tokens that are redeemed more than once. */
import type { Look } from '../rule.ts';
import { shows, tells, type Telltale } from './telltale.ts';

const CODE = '(?:authori[sz]ation |auth |oauth )?code';
const TWICE =
  '(?:twice|again|several times|more than once|multiple times|a second time|two times|once more|repeatedly)';
const SEVERAL =
  '(?:twice|two times|several (?:\\w+ )?(?:times|requests|calls|exchanges)|more than (?:once|one request)|multiple (?:\\w+ )?(?:times|requests|calls)|a second time|once more|two (?:\\w+ )?(?:requests|calls|exchanges)|both)';

const ofAnExchange = (look: Look): boolean =>
  look.says(/\b(?:token|callback|exchang\w*|redirect\w*|authori[sz]\w*|log-?in|sign-?in)\b/i) &&
  !look.says(/\bclient[_ ]credentials\b/i);

export const twice: readonly Telltale[] = [
  tells(
    'one-code-several-times',
    new RegExp(
      `\\b(?:same|one|identical) ${CODE}\\b(?! (?:base|works|runs|path))[^\\n.]{0,24}\\b${TWICE}\\b|\\b${SEVERAL}\\b[^\\n.]{0,60}\\b(?:with|carry(?:ing)?|bring(?:ing)?|us(?:e|ing)) (?:the |that |this )?(?:same |one |identical )?${CODE}\\b(?! (?:base|path))`,
      'i',
    ),
    {
      'grant/code-invalid': 3.4,
      'client/unknown': -2,
      'client/wrong-secret': -1,
      'connection/unreachable': -2.5,
    },
    { when: ofAnExchange },
  ),
  tells(
    'token-endpoint-asked-twice',
    new RegExp(
      `\\btoken (?:endpoint|ur[il]|request)\\b[^\\n.]{0,12}\\b(?:is|was|gets?|got|being) (?:\\w+ )?(?:called|asked|hit|requested|sent|made|invoked|posted)\\b[^\\n.]{0,12}\\b${TWICE}\\b|\\b(?:ask|call|request|hit|post|query|invok)\\w*\\b[^\\n.]{0,24}\\btoken (?:endpoint|ur[il])\\b[^\\n.]{0,50}\\b${TWICE}\\b|\\b(?:two|second|duplicate|double)\\b[^\\n.]{0,24}\\b(?:calls?|requests?|posts?)\\b[^\\n.]{0,16}\\b(?:to|of|at) (?:the )?token (?:endpoint|ur[il])\\b`,
      'i',
    ),
    { 'grant/code-invalid': 3, 'request/wrong-endpoint': -2 },
    { when: (look) => ofAnExchange(look) && !look.says(/\brefresh|\brenew/i) },
  ),
  shows(
    'second-exchange-in-a-log',
    (look) =>
      /\bPOST \S*token\S*[^\n]{0,60}\b200\b[^]{0,4000}\bPOST \S*token\S*[^\n]{0,60}\b40[01]\b/i.test(
        look.answers,
      ) && !look.says(/\brefresh|\brenew/i),
    { 'grant/code-invalid': 2, 'request/wrong-endpoint': -2, 'request/wrong-content-type': -1 },
    { about: 'token' },
  ),
  tells(
    'callback-run-twice',
    /\b(?:callback|redirect|handler|effect|component|view|route|middleware|useEffect|hook|controller)\w*\b[^\n.]{0,24}\b(?:runs?|ran|(?:is|was|gets?|being) (?:called|hit|invoked|executed|rendered|loaded|mounted|triggered)|called|fires?|fired|executes?|renders?|mounts?|invoked|triggers?)\b[^\n.]{0,24}\b(?:twice|a second time|two times|once more|more than once|multiple times)\b/i,
    { 'grant/code-invalid': 2.4, 'client/unknown': -0.8 },
    { when: ofAnExchange },
  ),
  tells(
    'asked-before-the-visit',
    /\b(?:OPTIONS|HEAD) (?:requests?\b|and\b|then\b|before\b)[^\n]{0,80}\bcode\b|\b(?:prefetch\w*|link (?:preview|scann)\w*|safe ?links?|virus scanner|speculative\w*)\b[^\n]{0,100}\b(?:code|callback|log-?in|link)\b/i,
    { 'grant/code-invalid': 2.4, 'connection/unreachable': -1.5 },
    { when: (look) => look.failureTold() && ofAnExchange(look) },
  ),
  tells(
    'renewed-at-each-request',
    /\b(?:refresh|renew)\w*\b[^\n.]{0,40}\b(?:at|on|for|with|before|upon) (?:each|every|all|any)\b[^\n.]{0,16}\b(?:requests?|calls?|page|load|click|tabs?)\b|\b(?:each|every) (?:request|call|page|tab|component)\b[^\n.]{0,40}\b(?:refresh|renew)\w*/i,
    { 'grant/refresh-token-invalid': 2.4, 'scope/wrong-audience': -1.5 },
    { when: (look) => look.failureTold() && look.says(/\btokens?\b|\bsession\b/i) },
  ),
  tells(
    'spent-when-used',
    /(?:delete|destroy|remove|revoke|invalidate|rotate)[^\n;]{0,32}refresh_?token/i,
    { 'grant/refresh-token-invalid': 1.8 },
    { at: 'code', when: (look) => look.says(/invalid_grant/i) && look.says(/\brefresh/i) },
  ),
];

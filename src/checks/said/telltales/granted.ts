/** What people tell of the token that they were given: fewer scopes than asked for, no refresh token, no JWT. */
import { readings } from '../../readings.ts';
import type { Look } from '../rule.ts';
import { tells, type Telltale } from './telltale.ts';

/** The answer says that a scope is lacking; which ones were asked for is open. */
function lacksScope({ scene }: Look): boolean {
  return readings(scene).some(({ reading: { causes } }) => {
    const [{ code, likelihood = 0.5 }] = causes;
    return /^(?:scope\/not-requested|endpoint\/missing-scope)$/.test(code) && likelihood < 0.95;
  });
}

export const granted: readonly Telltale[] = [
  tells(
    'scopes-enforced-lately',
    /\bscope enforcement\b|\benforc\w*\b[^\n.]{0,12}\b(?:oauth )?scopes\b|\bscopes? (?:is|are) (?:now )?enforced\b/i,
    { 'endpoint/consent-missing': 2.8, 'endpoint/missing-scope': -0.4 },
    { when: ({ scene }) => scene.evidence.provider === 'genesys-cloud' },
  ),
  tells(
    'user-gave-less',
    /\b(?:users?|he|she|they|customers?|people|who)\b[^\n.]{0,50}(?:\b(?:un-?(?:tick|check|select)s?\w*|de-?select\w*|tak\w+ (?:a|the) tick away|declin\w+|den(?:y|ies|ied)|opt\w* out|kept only|(?:only|just) (?:tick|check|grant|accept|allow|g[ai]ve|keep|kept|approve)\w*)\b)[^\n.]{0,50}(?:\b(?:scopes?|permissions?|check ?box\w*)\b|$)|\b(?:users?|he|she|they|those|people|customers?|visitors?|who|anyone|someone)\b[^\n.]{0,24}\b(?:do(?:es)?|did)(?: not|n[’']t) (?:tick|check|select|grant|allow|accept|approve|agree to|consent to)\b[^\n.]{0,40}\b(?:scopes?|permissions?|(?:check |tick )?box\w*|access)\b|\b(?:users?|he|she|they)\b[^\n.]{0,30}\b(?:kept|grant\w*|accept\w*|allow\w*|approve\w*)\b[^\n.]{0,16}\b(?:only|just|some|part|fewer|less)\b[^\n.]{0,40}\b(?:scopes?|permissions?)\b|\b(?:can|could|may|might|was|were|is|are|be|been)\b[^\n.]{0,12}\b(?:refused|declined|denied|de-?selected|unticked|unchecked|rejected|taken away)\b[^\n.]{0,12}\bby (?:the |an? |some )?(?:users?|customers?|visitors?|people)\b|\b(?:users?|customers?|people)\b[^\n.]{0,20}\b(?:can|could|may|might) (?:take away|clear|remove|refuse|decline|untick|uncheck)\b[^\n.]{0,24}\b(?:ticks?|check ?mark|box|permissions?|scopes?|e-?mail)\b|\bcheck ?box\w*\b[^\n.]{0,24}\b(?:each|every|per)\b[^\n.]{0,12}\b(?:scope|permission)\b/im,
    { 'scope/granted-narrower': 3.2, 'endpoint/missing-scope': -0.8, 'endpoint/missing-permission': -1.2 },
    { when: (look) => look.says(/\b(?:scopes?|permissions?|public_profile|e-?mail)\b/i) },
  ),
  tells(
    'page-showed-more',
    /\b(?:page|screen|dialog|window|prompt)\b[^\n.]{0,80}\b(?:says?|said|shows?|showed|lists?|listed|asks?|asked|promise[sd]?)\b[^]{0,300}\btoken\b[^\n.]{0,30}\b(?:only|just|nothing but)\b[^\n.]{0,30}\b(?:scopes?|permissions?)\b/i,
    { 'scope/granted-narrower': 2, 'endpoint/missing-scope': -1.2 },
    { when: (look) => look.says(/\bconsent|authori[sz]|oauth|\bsign-?in|\blog-?in/i) },
  ),
  tells(
    'boxes-for-some-users',
    /\b(?:some|certain|a few|several|other) (?:of (?:my|our|the) )?(?:users?|people|customers?|accounts?)\b[^]{0,200}\b(?:tick|check) ?box\w*|\b(?:tick|check) ?box\w*[^]{0,200}\b(?:some|certain|a few|several|other) (?:of (?:my|our|the) )?(?:users?|people|customers?|accounts?)\b/i,
    { 'scope/granted-narrower': 3, 'scope/not-requested': -0.8, 'endpoint/consent-missing': -1 },
    { when: (look) => look.says(/\bconsent|\bsign-?in|\blog-?in|\bpermissions?\b|\bgrant/i) },
  ),
  tells(
    'less-scope-came-back',
    /\b(?:token|log-?in|answer|response|gives? (?:me |us )?back|returned?|granted?|got|gets?|receive[ds]?|comes? back|ends? up)\b[^\n.]{0,40}\b(?:only|just|nothing but)\b[^\n.]{0,30}\bscopes?\b|\bscopes?\b[^\n.]{0,60}\b(?:has become|became|turned into|shr[au]nk|(?:is|are|was|were) (?:reduced|downgraded|narrowed|replaced|dropped))\b|\bfewer scopes\b|\btokens?\b[^\n.]{0,30}\b(?:list of )?(?:granted )?scopes? (?:that|which) (?:do(?:es)?(?: not|n[’']t) (?:have|hold|contain|include)|lacks?|misses)\b/i,
    { 'scope/granted-narrower': 1.8 },
    { when: (look) => !look.answered(/invalid_?scope/i) },
  ),
  tells(
    'scopes-that-a-library-asks-for',
    /\bdefault scopes?\b|\bscopes?\b[^\n.]{0,20}\bby default\b|\bdefaults? to\b[^\n.]{0,20}\bscopes?\b/i,
    { 'scope/not-allowed': 2, 'scope/malformed': -0.6 },
    { when: (look) => look.answered(/invalid_?s?cope/i) },
  ),
  tells(
    'no-refresh-token-came',
    /(?:\b(?:no|without(?: an?)?)|(?:\bnot?|n[’']t) (?:get|got|receiv|return|includ|contain|hav)\w*(?: an?| any| the)?|\bmissing(?: the)?) refresh[_ ]?tokens?\b|\brefresh[_ ]?token\b["'`]?[^\n.]{0,20}(?:\b(?:is|was|comes (?:back )?(?:as )?)|[=:])\s?(?:always )?\b(?:nil|null|none|undefined|missing|empty|absent|not (?:there|returned|included|present|set))\b/i,
    { 'scope/not-requested': 2.8, 'grant/refresh-token-invalid': -1.6, 'endpoint/token-expired': -0.8 },
    {
      when: (look) =>
        !look.tokenRefused() &&
        !look.says(/client[_ ]credentials/i) &&
        !/offline_?access/i.test(look.form('scope') ?? ''),
    },
  ),
  tells(
    'token-that-nobody-can-read',
    /\bopaque\b|\b(?:is|are|get|got|returns?|receive)\b[^\n.]{0,12}\bnot? (?:an? )?(?:valid |real |proper )?JWTs?\b|\b(?:short|random|16|32)[- ](?:\w+ ){0,2}(?:string|characters?|token)\b[^\n.]{0,60}\bJWTs?\b|\bJWTs?\b[^\n.]{0,80}\b(?:short|random)[- ](?:\w+ ){0,2}(?:string|token)\b/i,
    { 'scope/wrong-audience': 2.6, 'endpoint/token-malformed': -0.4 },
    { when: (look) => look.scene.evidence.provider === 'auth0' },
  ),
  tells(
    'scopes-asked-for-shown',
    /\b(?:scopes?|SCOPES?)["'\]]{0,3}\s{0,3}(?:=>|[:=(])\s{0,3}(?:new )?["'`[({]{1,3}\s{0,4}["'`]?[\w.:/-]{3,}/,
    { 'endpoint/missing-scope': 1.5, 'scope/not-requested': -1.2 },
    { at: 'code', when: lacksScope },
  ),
  tells(
    'other-calls-need-scopes-too',
    /\b(?:read(?:s|ing)?|list(?:s|ing)?|search(?:es|ing)?|fetch\w*|see|get)\b[^]{0,120}\b(?:add\w*|writ\w*|creat\w*|modif\w*|delet\w*|remov\w*|updat\w*|sav\w*|upload\w*)\b[^\n.]{0,60}\b(?:refused|denied|fails?|errors?|this|forbidden|not (?:work|allowed)|n[’']t work)|\b(?:works?|worked|fine|ok)\b[^\n.]{0,40}\bonly\b[^\n.]{0,80}\bprivate\b[^]{0,80}\bpublic\b|\b(?:works?|worked|fine|ok)\b[^\n.]{0,60}\bpublic\b[^]{0,80}\bprivate\b[^\n.]{0,40}\b(?:refused|denied|fails?|errors?|this|forbidden|not)\b/i,
    { 'endpoint/missing-scope': 1.2, 'scope/not-requested': -0.5 },
    { when: lacksScope },
  ),
];

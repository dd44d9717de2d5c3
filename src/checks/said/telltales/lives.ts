/** What people tell of the life of codes and tokens, and of what a server found in a request. */
import { sameServiceElsewhere } from '../other-places.ts';
import { tells, shows, type Telltale } from './telltale.ts';

export const lives: readonly Telltale[] = [
  tells(
    'anew-after-days',
    /\b(?:after|every|each|within)\b[^\n.]{0,12}\b(?:7|seven|\d{1,2}) ?days?\b[^\n.]{0,120}\b(?:again|anew|re-?\w*auth\w*|new (?:code|token|consent))\b|\b(?:weekly|every week|once a week|after a week)\b[^\n.]{0,80}\b(?:again|anew|re-?\w*auth\w*|log ?in|consent)\b/i,
    { 'grant/refresh-token-invalid': 2.6, 'endpoint/consent-missing': -1.6 },
  ),
  tells(
    'new-tokens-work-once',
    /\b(?:new|fresh|re-?created|generated?)\b[^\n.]{0,12}\btokens?\b[^\n.]{0,50}\b(?:once|one time|a single time|(?:only )?(?:un)?til (?:the )?(?:next )?(?:restart|reboot|refresh|renewal))\b|\b(?:next|after (?:a|the|every|each)) (?:restart|reboot)\b[^\n.]{0,50}\b(?:invalid|expired|revoked|rejected|refused|back|again)\b/i,
    { 'grant/refresh-token-invalid': 2.8, 'endpoint/token-expired': -0.6, 'endpoint/missing-scope': -1.2 },
    { when: (look) => look.says(/refresh/i) || look.answered(/refresh/i) },
  ),
  tells(
    'token-on-two-machines',
    /\b(?:cop(?:y|ied)|same|shar(?:e|ed|ing)|mov(?:e|ed))\b[^\n.]{0,40}\b(?:config\w*|tokens?|credentials?|rclone\.conf)\b[^\n.]{0,50}\b(?:to|from|on|with|between|by)\b[^\n.]{0,16}\b(?:other|another|second|two|both)\b[^\n.]{0,8}\b(?:laptop|machine|server|computer|instance|host|device|pc|pod|worker)s?\b|\b(?:both|two|several|multiple|all)\b[^\n.]{0,8}\b(?:laptop|machine|server|computer|instance|host|device|pc|pod|worker|script)s\b[^\n.]{0,24}\b(?:shar\w+|use|have|with)\b[^\n.]{0,12}\b(?:the same|one)\b[^\n.]{0,10}\btokens?\b/i,
    { 'grant/refresh-token-invalid': 2.8, 'endpoint/token-expired': -0.8 },
    { when: (look) => look.says(/refresh/i) },
  ),
  tells(
    'another-has-to-be-fetched',
    /\b(?:after|within)\b[^\n.]{0,6}\b(?:short |little )?(?:while|time|hour|minutes?)\b[^\n.]{0,100}\b(?:have|need|must|had) (?:to )?(?:request|get|fetch|create|generate|make|ask for)\b[^\n.]{0,8}\b(?:another|a new|a fresh)\b/i,
    { 'endpoint/token-expired': 3.4, 'client/disabled': -1, 'endpoint/token-malformed': -2 },
    { when: (look) => !look.says(/refresh/i) && !look.tokenRefused() },
  ),
  tells(
    'life-made-short',
    /\b(?:cut|shorten\w*|reduc\w+|lower\w*|decreas\w+|set|chang\w+)\b[^\n.]{0,24}\b(?:life(?: ?time| ?span)?|expir(?:y|ation)|validity|TTL)\b[^\n.]{0,24}\b(?:access |auth |id )?(?:tokens?|jwts?)\b[^\n.]{0,16}\bto\b[^\n.]{0,16}\b(?:seconds?|minutes?|secs?|mins?|hours?)\b|\btoken(?:[’']s)? (?:life(?: ?time| ?span)?|expir(?:y|ation)|validity|TTL)\b[^\n.]{0,24}\b(?:cut|shorten\w*|reduc\w+|lower\w*|decreas\w+|set|down)\b[^\n.]{0,12}\bto\b/i,
    { 'endpoint/token-expired': 3, 'grant/refresh-token-invalid': -1.4, 'connection/outage': -1 },
    { about: 'call', when: (look) => !look.says(/\brefresh[ _-]?tokens?\b/i) },
  ),
  tells(
    'good-some-hours-ago',
    /\blast (?:successful|good|working) (?:api )?(?:call|request|response|sync)\b[^\n.]{0,30}\b(?:hours?|minutes?|days?) (?:ago|before|earlier)\b|\b(?:worked|was fine|succeeded) (?:some |a few |two |three |\d+ )?(?:hours?|minutes?) (?:ago|before|earlier)\b/i,
    { 'endpoint/token-expired': 2.2 },
    { about: 'call' },
  ),
  tells(
    'verifier-lost',
    /\b(?:code_?)?verifier\b[^\n]{0,140}\b(?:null|empty|missing|lost|undefined|not (?:found|there|stored)|gone)\b|\b(?:no|missing|lost|empty)\b[^\n.]{0,12}\b(?:code[_ ]?)?verifier\b/i,
    { 'grant/pkce-mismatch': 2.4 },
  ),
  tells(
    'redirect-is-right-said',
    /\b(?:redirect|callback)[_ ]?ur[il]\b[^\n.]{0,20}\b(?:is|has|are)\b[^\n.]{0,12}\b(?:right|correct|identical|exactly the same|verified)\b/i,
    { 'grant/redirect-uri-mismatch': -0.8 },
    { about: 'token' },
  ),
  tells(
    'nothing-found-by-the-server',
    /\b(?:no|neither)\b[^\n.]{0,12}\b(?:client )?(?:identifier|client[_ ]id|secret)\b[^\n.]{0,30}\b(?:found|read|received)\b/i,
    {
      'credential/missing': 0.5,
      'request/missing-grant-type': 1,
      'request/json-body': 0.5,
      'client/unknown': -1.4,
      'client/wrong-secret': -1.2,
    },
    {
      at: 'all',
      about: 'token',
      when: (look) => !look.says(/no matching|hashed/i) && !look.answered(/no matching|hashed/i),
    },
  ),
  tells(
    'parameters-in-the-query',
    /\b(?:param\w*|values?|fields?)\b[^\n.]{0,24}\b(?:in|as|through|via|to|into)\b[^\n.]{0,12}\bquery\b[^\n.]{0,20}\b(?:url|string|of|param)/i,
    { 'request/missing-grant-type': 2, 'grant/not-allowed': -0.8, 'grant/wrong-type-sent': -0.8 },
    { about: 'token', when: (look) => look.answered(/grant_?type/i) },
  ),
  tells(
    'only-some-passwords',
    /\b(?:some|certain|only (?:with|for)) (?:of (?:the|my|our) )?(?:passwords?|secrets?)\b|\b(?:passwords?|secrets?) that (?:fail|work|are refused)\b/i,
    {
      'credential/mangled': 2.6,
      'credential/needs-form-encoding': 2.2,
      'client/wrong-secret': -1.6,
      'client/unknown': -1,
    },
    { about: 'token' },
  ),
  tells(
    'made-without-its-secret',
    /\b(?:created|registered|imported|stored|saved)\b[^\n.]{0,24}\b(?:with|without|as)\b[^\n.]{0,20}(?:\b(?:an? )?(?:empty|blank|no|any)\b[^\n.]{0,12}\bsecret\b|\b(?:client_?)?secret\b\s?(?:=|:|is|was|of)?\s?(?:""|''|\bempty\b|\bnull\b|\*{3,}))/i,
    { 'client/wrong-secret': 2.4, 'credential/missing': -1.6, 'credential/needs-form-encoding': -1.5 },
    { about: 'token' },
  ),
  tells(
    'callback-at-another-host',
    /\b(?:callback|redirect)\b[^\n.]{0,40}https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)\b/i,
    { 'grant/redirect-uri-mismatch': 2.8, 'connection/unreachable': -1.8, 'credential/mangled': -0.8 },
    {
      when: (look) =>
        look.token.length === 0 &&
        look.says(
          /\b(?:do(?:es)? not (?:agree|match)|don[’']t match|differ\w*|mismatch\w*|instead of|wrong callback)\b/i,
        ),
    },
  ),
  tells(
    'metadata-not-fetched',
    /(?:\bfail\w*|\bcan(?:no|[’'])t|\bunable|\bcould ?n[’']?o?t)\b[^\n.]{0,20}\b(?:fetch|load|get|retriev|read|find|download|discover)\w*[^\n.]{0,30}\b(?:well-?known|discovery|openid-configuration)\b/i,
    { 'request/wrong-endpoint': 1.4 },
    { at: 'all' },
  ),
  tells(
    'silence-in-a-private-network',
    /\b(?:vpc|subnet|security group|egress|outbound (?:traffic|rules?))\b/i,
    { 'connection/unreachable': 2.6, 'request/wrong-endpoint': -1.2 },
    { when: (look) => look.says(/\btime[sd]?[- ]?out\b|\bhangs?\b|\bunreachable\b/i) },
  ),
  shows(
    'name-not-resolved-beside-a-proxy',
    (look) =>
      look.says(/\bprox(?:y|ies)\b|\bfirewall\b|\bcorporate\b/i) &&
      [...look.token, ...look.endpoint].some(
        ({ outcome }) => outcome.kind === 'unanswered' && outcome.why === 'name-resolution',
      ),
    { 'connection/unreachable': 3.5, 'connection/tls-or-proxy': -3.5 },
  ),
  tells(
    'server-of-this-grant-asks-otherwise',
    /\bgrant[ _]type\b[^\n.]{0,40}\b(?:it|server|they)\b[^\n.]{0,12}\b(?:looks? for|expects?|wants?|knows?)\b/i,
    { 'grant/wrong-type-sent': 1.6, 'connection/unreachable': -2 },
    { about: 'token' },
  ),
  tells(
    'basic-though-no-secret',
    /\b(?:no|without(?: an?)?|empty)\b[^\n.]{0,12}\bsecret\b[^]{0,160}\b(?:adds?|sends?|sets?|puts?|includes?|attach\w*)\b[^\n.]{0,30}\b(?:basic|authori[sz]ation)\b[^\n.]{0,12}\bheader\b|\bbasic\b[^\n.]{0,24}\bheader\b[^\n.]{0,40}\b(?:empty|no|blank) (?:client )?secret\b/i,
    { 'client/auth-method-mismatch': 2.4, 'header/bad-base64': -1 },
    { about: 'token' },
  ),
  shows(
    'elsewhere-the-same-works',
    (look) =>
      look.says(/\bsame\b[^\n.]{0,60}\b(?:works?|worked|fine|succeed\w*)\b/i) && sameServiceElsewhere(look),
    { 'endpoint/token-wrong-environment': 2.4, 'endpoint/token-malformed': -1, 'endpoint/token-expired': -1 },
    { about: 'call' },
  ),
  tells(
    'request-without-headers',
    /\b(?:no|without(?: any)?|lacks?|not (?:a|any)) headers?\b(?! (?:is|was) (?:needed|required))/i,
    { 'request/wrong-content-type': 1.6 },
    { about: 'token', when: (look) => look.tokenError(/invalid_request|unsupported_grant_type/) },
  ),
];

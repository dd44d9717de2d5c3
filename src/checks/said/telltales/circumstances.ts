/** What people tell of the circumstances: what was changed before, who else can, on what machine it runs. */
import { shows, tells, type Telltale } from './telltale.ts';

export const circumstances: readonly Telltale[] = [
  tells(
    'place-of-the-secret-wanted',
    /\b(?:provider|server|idp|endpoint|api|it)\b[^\n.]{0,20}\b(?:wants?|expects?|needs?|requires?|reads?|accepts?|takes?|insists? on)\b[^\n.]{0,40}\b(?:among the param\w*|in the (?:post |form |request |json )?(?:body|param\w*|form|header)|as (?:a )?(?:form |body |post )(?:field|param\w*))\b/i,
    { 'client/auth-method-mismatch': 2.6, 'header/missing-scheme': -1 },
    { about: 'token', when: (look) => look.says(/secret|credentials|basic/i) },
  ),
  tells(
    'secret-replaced-and-restarted',
    /\b(?:renew|regenerat|rotat|chang|replac|reset|re-?creat|new)\w*\b[^\n.]{0,40}\b(?:secrets?|passwords?|credentials?|keys?)\b[^]{0,300}\b(?:restart|reload|redeploy|re-?creat)\w*|\b(?:secrets?|passwords?|credentials?) (?:of [^\n.]{1,40} )?(?:ran out|expired|lapsed|had ended)\b[^]{0,200}\b(?:renewed|another|new)\b/i,
    {
      'client/wrong-secret': 2.2,
      'credential/mangled': -0.6,
      'credential/whitespace': -0.6,
      'endpoint/token-expired': -0.8,
      'header/duplicate-credentials': -1,
    },
  ),
  tells(
    'refresh-token-good-for-a-while',
    /\b(?:new|fresh|another) refresh[_ ]token\b[^\n.]{0,60}\b(?:runs?|works?|lasts?|holds?|good|fine|connected)\b[^\n.]{0,16}\b(?:for|until|again)\b/i,
    { 'grant/refresh-token-invalid': 3, 'endpoint/token-expired': -1.8 },
  ),
  tells(
    'exchanged-again-by-hand',
    /\b(?:repeat\w*|redid|retried|re-?ran|replay\w*|again|the same)\b[^\n.]{0,24}\b(?:by hand|manually|with curl|in curl|(?:in|with|from) postman)\b/i,
    { 'grant/code-invalid': 1.6 },
    {
      about: 'token',
      when: (look) => look.says(/\bcode\b/i) && look.tokenError(/invalid_grant|invalid_request/),
    },
  ),
  tells(
    'two-exchanges-at-once',
    /\b(?:two|2|double|duplicate|identical)\b[^\n.]{0,16}\b(?:token|exchange)\b[^\n.]{0,12}\b(?:calls?|requests?|posts?)\b|\bstrict ?mode\b/i,
    { 'grant/code-invalid': 2.2 },
    {
      when: (look) =>
        look.says(/\bcode\b|callback|PKCE/i) && !look.tokenError(/invalid_client|invalid_scope/),
    },
  ),
  tells(
    'refresh-in-the-code',
    /\bgrant_?type["'\]]{0,3}\s{0,2}(?:[:=]|=>)\s{0,2}["']refresh_token["']/i,
    { 'grant/refresh-token-invalid': 1.8, 'grant/code-invalid': -1, 'grant/redirect-uri-mismatch': -1 },
    {
      at: 'code',
      about: 'token',
      when: (look) => look.tokenError(/^invalid_grant$/) && !look.code(/["']authorization_code["']/),
    },
  ),
  // Nearly every server exchanges codes: one that says it does not has not read the parameter.
  shows(
    'known-grant-not-read',
    (look) =>
      look.tokenError(/^unsupported_grant_type$/) &&
      /^(?:authorization_code|refresh_token)$/.test(look.form('grant_type') ?? '') &&
      look.token.every((x) => x.request.contentType === undefined),
    { 'request/wrong-content-type': 1.8, 'request/json-body': 1, 'grant/wrong-type-sent': -1.2 },
  ),
  tells('header-refused-by-the-library', /\binvalid character in header content\b|\bERR_INVALID_CHAR\b/i, {
    'credential/whitespace': 1.6,
    'credential/non-ascii': 1.4,
  }),
  tells(
    'content-type-spoilt-said',
    /\bcontent-?type\b[^\n.]{0,60}\b(?:malformed|(?:not?|n[’']t|never) (?:an? )?(?:well-formed|valid|proper|correct)|invalid|misspel\w+|garbled|typo)\b|\b(?:malformed|misspel\w+|garbled|invalid|wrong) content-?type\b/i,
    { 'request/wrong-content-type': 2, 'request/json-body': -0.8 },
    { about: 'token', when: (look) => !look.says(/application\/json/i) },
  ),
  tells(
    'link-holds-for-hours',
    /\b(?:holds?|lasts?|lives?|stays? (?:connected|logged in|valid)|(?:is|are) (?:only )?(?:good|valid))\b[^\n.]{0,12}\b(?:one|an?|two|three|four|five|six|eight|ten|twelve|\d+) (?:hours?|hrs?|minutes?|mins?|days?)\b|\b(?:authori[sz]e|log ?in|sign ?in|connect|link|re-?authenticate)\b[^\n.]{0,24}\b(?:anew|again|once more)\b[^\n.]{0,16}\b(?:every|each|after)\b[^\n.]{0,12}\b(?:hours?|day|minutes)\b/i,
    { 'endpoint/token-expired': 2.2, 'endpoint/token-malformed': -0.8 },
    {
      when: (look) =>
        !look.says(
          /\bcode\b[^\n.]{0,30}\b(?:minutes?|seconds?)|\bblock|\bbann|\blimit|\b429\b|\bdown\b|\boutage/i,
        ),
    },
  ),
  tells(
    'machine-whose-clock-drifts',
    /\bWSL ?-?2?\b|\bDocker Desktop\b|\bhyper-?v\b|\bVirtual ?Box\b|\b(?:woke|wakes?|waking|resum\w+) (?:up )?(?:from|after)\b|\bhibernat\w+|\bRaspberry Pi\b|\bCMOS\b|\bdual[- ]boot/i,
    { 'connection/clock-skew': 1.6 },
    {
      at: 'all',
      when: (look) => look.answered(/expired|not (?:yet )?valid|timestamp|skew|\btime\b|too (?:early|late)/i),
    },
  ),
  tells(
    'signed-elsewhere-it-works',
    /\b(?:colleagues?|co-?workers?|someone else|(?:other|another|second|my) (?:computer|machine|laptop|pc))\b[^]{0,200}\b(?:same|very same|identical)\b[^\n.]{0,20}\b(?:credentials?|keys?|secrets?|code|script)\b|\b(?:same|identical)\b[^\n.]{0,20}\b(?:credentials?|keys?|secrets?|code|script)\b[^]{0,120}\b(?:colleagues?|co-?workers?|(?:other|another|second) (?:computer|machine|laptop|pc))\b/i,
    { 'connection/clock-skew': 1.6, 'endpoint/token-expired': -0.4 },
    {
      when: (look) => look.says(/\bsign(?:s|ed|ing)?\b[^\n.]{0,16}\b(?:JWT|tokens?|requests?|assertion)\b/i),
    },
  ),
  tells(
    'app-taken-down-said',
    /\b(?:switched off|suspended|banned|deactivated|shut (?:down|off)|disabled|blocked|re-?enabled|reinstated)\b[^\n.]{0,16}\b(?:my|our|the|this|his|their)\b[^\n.]{0,24}\b(?:apps?|applications?|oauth clients?|integration|developer account)\b(?! (?:store|server|gateway|password|permission))|\b(?:app(?:lication)?|developer account)\b[^\n.]{0,8}\b(?:suspension|(?:is|was|got|has been|been) (?:suspended|banned|deactivated|switched off|shut down|revoked))\b|\b(?:token|key) is suspended\b/i,
    { 'client/disabled': 2.8, 'endpoint/policy-denied': -0.4 },
    {
      when: (look) =>
        !look.says(/\b(?:I|we) (?:have |just |then )?(?:disabled|deactivated|blocked|switched off)\b/i),
    },
  ),
  tells(
    'app-not-public-yet',
    /\b(?:app|application|client)\b[^\n.]{0,24}(?:\b(?:not|never)|n[’']t)\b[^\n.]{0,16}\b(?:live|active|activated|public|published)\b/i,
    { 'client/disabled': 2.6, 'endpoint/consent-missing': -1 },
    { when: (look) => !look.says(/\bgoogle\b|\bfirebase\b/i) },
  ),
  tells(
    'role-on-a-part-only',
    /\b(?:role|contributor|reader|owner|rights?|access|permissions?)\b[^\n.]{0,40}\b(?:on|for|at|in|of)\b (?:the |a |one |its |this |that )?(?:\w+ )?(?:zone|resource ?group|vault|storage account|workspace|registry|cluster|subnet|key vault)\b/i,
    { 'endpoint/missing-division': 3, 'endpoint/missing-permission': -1.4 },
    { about: 'call', when: (look) => look.answered(/\bover scope\b/i) },
  ),
  shows(
    'other-installation-of-an-app',
    (look) =>
      look.scene.evidence.provider === 'github' &&
      look.says(
        /\binstall(?:ed|ation)s?\b[^\n.]{0,60}\b(?:two|other|another|one|personal|different|second|fixed)\b|\b(?:two|other|another|one of|different|fixed|second)\b[^\n.]{0,30}\b(?:installations?|repositor(?:y|ies))\b|\bapp\b[^\n.]{0,30}\b(?:made|created|from|of)\b[^\n.]{0,30}\b(?:another|other|different|second) (?:site|repo\w*|project|account|org\w*)\b/i,
      ) &&
      look.says(/\bGitHub App\b|\binstallation/i),
    { 'endpoint/missing-division': 2.6, 'endpoint/not-found': -1, 'endpoint/missing-permission': -0.6 },
  ),
  tells(
    'token-of-one-team',
    /\bteams?\b/i,
    { 'endpoint/missing-division': 2.2, 'endpoint/missing-permission': -0.2 },
    {
      about: 'call',
      when: (look) => look.says(/\bvercel\b|\bnetlify\b/i) && look.answered(/forbidden|not authori[sz]ed/i),
    },
  ),
  // Spring's new server has no password grant, whatever a client is registered for (its feature list).
  tells(
    'password-grant-not-known',
    /\b(?:grant[ _]type|flow|grant)\W{1,4}password\b|\bpassword (?:grant|flow)\b|AuthorizationGrantType\.PASSWORD\b/i,
    {
      'grant/not-allowed': 2.2,
      'request/missing-grant-type': -1.2,
      'request/json-body': -0.8,
      'grant/wrong-type-sent': -0.6,
    },
    {
      about: 'token',
      when: (look) =>
        look.tokenError(/^unsupported_grant_type$/) &&
        (look.answered(/OAuth 2\.0 Parameter/) || look.says(/spring[- ]authori[sz]ation[- ]server/i)),
    },
  ),
  tells(
    'scopes-of-identityserver',
    /\bApiScopes?\b/,
    { 'scope/unknown': 2.4, 'scope/not-allowed': -0.4 },
    { when: (look) => !look.tokenError(/invalid_client|invalid_grant/) },
  ),
  tells(
    'block-by-an-administrator',
    /\bthis app is blocked\b|\bapp access control\b|\bAPI controls\b|\bblocked by (?:your |an? |the )?admin\w*/i,
    { 'endpoint/policy-denied': 2.6, 'client/disabled': -1 },
    { at: 'all' },
  ),
  tells(
    'order-of-the-two-told',
    /\bfirst the (?:\w+ )?secret\b[^\n.]{0,30}\b(?:then|after it) the (?:\w+ )?(?:key|id)\b|\bsecret (?:stands |comes |is )?(?:before|ahead of) the (?:\w+ )?(?:key|id)\b/i,
    { 'credential/swapped': 3 },
  ),
  tells(
    'encoder-that-fails',
    /\bUnicodeEncodeError\b|\b(?:can(?:no|[’'])?t|could not|unable to|not able to)\b[^\n.]{0,12}\bencode\b[^\n.]{0,16}\b(?:as|in|to|with|using)\b[^\n.]{0,6}\b(?:ascii|latin-?1|iso-8859-1)\b/i,
    { 'credential/non-ascii': 2.4, 'connection/outage': -2, 'credential/whitespace': -1 },
    { at: 'all', when: (look) => look.says(/header|authori[sz]ation|token|key/i) },
  ),
  tells(
    'old-password-field-of-npm',
    /(?<![\w.])_password\b/,
    { 'credential/already-encoded': 2, 'header/bad-base64': -0.6 },
    { when: (look) => look.says(/\bnpmrc\b|\bnpm\b|\bregistry\b/i) && look.says(/base ?64/i) },
  ),
];

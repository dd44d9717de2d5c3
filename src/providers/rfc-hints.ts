/**
 * What the texts of token refusals name, server by server the same few things in other words. Rows are tried in
 * order and the first that fits decides; a text that lists several possible causes (RFC 6749 §5.2 gives such an
 * example, and many servers copy it) names none. A row forces nothing: whole sentences that do are in
 * `rfc-sentences.ts`. Patterns are bounded, so that no text can stall them.
 */
import type { RfcCode } from './rfc-causes.ts';

export interface Hint {
  /** Error codes with which it counts; absent: with any. */
  readonly errors?: RegExp;
  readonly says: RegExp;
  readonly not?: RegExp;
  /** The cause and its likelihood, likeliest first. */
  readonly causes: readonly [[RfcCode, number], ...[RfcCode, number][]];
}

/**
 * RFC 6749 §5.2's own lists of what an error may mean, quoted whole by Hydra, Gluu, Doorkeeper, league and others for
 * every `invalid_client`, `invalid_grant` and `invalid_request`: they name everything, so they tell nothing.
 */
const BOILERPLATE =
  /e\.g\.,? unknown client|due to unknown client|no client authentication included|or was issued to another client|authori[sz]ation grant \(e\.g|or is otherwise malformed|includes multiple credentials/;

const HINTS: readonly Hint[] = [
  {
    says: /(?:client )?not (?:authori[sz]ed|allowed|permitted|enabled) for .{0,40}(?:flow|grant)|(?:unauthori[sz]ed|restricted|disallowed|forbidden|disabled) grant[ _-]?type|grant[ _-]?type.{0,30}(?:unauthori[sz]ed|restricted|disallowed|forbidden|disabled)|permission to use the .{0,20}grant|allowedgranttypes/,
    causes: [
      ['grant/not-allowed', 0.95],
      ['grant/wrong-type-sent', 0.2],
    ],
  },
  {
    says: /authori[sz]ation header (?:is |was )?(?:not (?:specified|provided|supplied|set|sent)|empty|absent)/,
    causes: [
      ['credential/missing', 0.65],
      ['client/auth-method-mismatch', 0.5],
      ['header/missing-scheme', 0.3],
    ],
  },
  {
    says: /client credentials (?:are|were|is) (?:invalid|incorrect|wrong|not valid)|(?:invalid|bad|incorrect|wrong) (?:client )?credentials/,
    causes: [
      ['client/wrong-secret', 0.7],
      ['client/unknown', 0.55],
      ['client/public', 0.3],
      ['client/auth-method-mismatch', 0.3],
    ],
  },
  {
    says: /credentials? (?:were |was |are |is )?(?:not (?:found|provided|sent|supplied|included|given|present)|missing|absent)|secret (?:was |is )?(?:not|never) (?:been )?(?:received|sent|supplied|provided|included|given|present)|configured (?:for|with) (?:a )?secret but|client authentication (?:is )?required|no client (?:id|identifier)/,
    causes: [
      ['credential/missing', 0.75],
      ['client/auth-method-mismatch', 0.5],
      ['client/public', 0.2],
    ],
  },
  {
    says: /must be (?:provided|sent|supplied|included|passed) (?:in|via|through|using|as) (?:the |an |a )?(?:http )?(?:authori[sz]ation|basic|request body|body|form|header)/,
    causes: [
      ['client/auth-method-mismatch', 0.7],
      ['credential/missing', 0.45],
    ],
  },
  {
    says: /client_assertion(?:_type)?\b.{0,40}(?:missing|required|not (?:found|present|provided))|(?:missing|required).{0,40}client_assertion/,
    causes: [
      ['client/auth-method-mismatch', 0.85],
      ['credential/missing', 0.3],
    ],
  },
  {
    says: /grant[ _-]?type.{0,60}(?:not|isn't|n't) (?:allowed|authori[sz]ed|permitted|enabled)|not (?:allowed|authori[sz]ed|permitted|enabled) to use.{0,60}grant|(?:not allowed|unauthori[sz]ed|not enabled) (?:for )?(?:this )?grant|grant[ _-]?type.{0,40}(?:for|by) (?:this|the) client|not enabled to retrieve service account|client[ _]credentials (?:grant |flow )?(?:is |are )?(?:disabled|not (?:enabled|allowed|supported))/,
    not: /\b(?:not|never) (?:been )?(?:sent|provided|specified|present|found|set|given|included)|\bmissing\b|query string/,
    causes: [['grant/not-allowed', 0.95]],
  },
  {
    says: /(?:missing|required|must (?:include|contain|have)|no|empty|absent)\b.{0,40}grant[ _-]?type|grant[ _-]?type.{0,40}(?:missing|required|not (?:provided|specified|present|found|set|given)|absent|empty|must be (?:provided|specified|present|set)|can ?not be (?:null|empty|blank)|(?:is |was )?null\b)/,
    causes: [
      ['request/missing-grant-type', 0.7],
      ['request/json-body', 0.4],
      ['request/wrong-content-type', 0.3],
    ],
  },
  {
    says: /(?:multiple|more than one|only (?:be provided using )?one|two)\b.{0,50}(?:authentication|credential|mechanism)|both.{0,40}(?:header and|basic and)/,
    not: /two-factor|multi-factor|supports? (?:multiple|more)|\bmissing\b|\babsent\b|\bactive\b/,
    causes: [['header/duplicate-credentials', 0.95]],
  },
  {
    says: /public client.{0,40}(?:not|n't)|client is (?:a )?public|required for public clients/,
    not: /\b(?:wrong|incorrect|mismatch)\b/,
    causes: [['client/public', 0.95]],
  },
  {
    says: /\bip(?: address)?\b.{0,40}(?:restrict|not (?:allowed|permitted|whitelisted|authori[sz]ed)|block|denied|allow ?list|white ?list)|(?:restricted|blocked|denied) ip\b|\b(?:disabled|blocked|denied) for ip\b|\baddress (?:is |was )?(?:blocked|denied|not (?:allowed|permitted))/,
    causes: [['endpoint/ip-blocked', 0.85]],
  },
  {
    says: /\b(?:authentication (?:is |was )?disabled|locked to (?:private_key_jwt|client_secret|tls_client|mtls|mutual))/,
    causes: [
      ['client/auth-method-mismatch', 0.8],
      ['client/disabled', 0.2],
    ],
  },
  {
    says: /(?:not|inactive|disabled|unknown) in (?:the |this )?region\b/,
    causes: [['request/wrong-region', 0.8]],
  },
  {
    says: /client (?:\S{1,60} )?(?:is |has been |was )?(?:disabled|deactivated|suspended|inactive|locked|blocked)|(?:disabled|deleted|inactive) client/,
    not: /too many requests|rate.?limit/,
    causes: [['client/disabled', 0.9]],
  },
  {
    says: /secret.{0,30}expired|expired.{0,20}secret/,
    not: /assertion|certificate|\bjwt\b|not expired/,
    causes: [['client/wrong-secret', 0.95]],
  },
  {
    says: /(?:invalid|wrong|incorrect|bad|mismatch(?:ing|ed)?) (?:client[ _]?)?secret|client[ _]?secret.{0,30}(?:is )?(?:invalid|wrong|incorrect|mismatch|does(?: not|n't) match)/,
    not: /client[ _]?id (?:or|and)|unknown client/,
    causes: [
      ['client/wrong-secret', 0.8],
      ['client/auth-method-mismatch', 0.1],
    ],
  },
  {
    says: /client(?:[ _]?id)?\b.{0,60}(?:not (?:found|registered|recogni[sz]ed)|unknown|does(?: not|n't) exist|could not be found)|(?:unknown|no such|unrecogni[sz]ed|non-?existent) client|no client (?:with|found|for)|no (?:identity|application|app|consumer|integration)\b.{0,40}\bfound|(?:invalid|incorrect|wrong) client[ _]?id|client identifier invalid|application.{0,80}(?:was )?not found/,
    not: /secret|password/,
    causes: [
      ['client/unknown', 0.75],
      ['request/wrong-region', 0.35],
    ],
  },
  {
    says: /(?:registered|allowed|supported|expected|required).{0,40}auth(?:entication)?[ _](?:method|mechanism)|auth(?:entication)?[ _](?:method|mechanism).{0,60}(?:mismatch|does(?: not|n't) match|not (?:allowed|supported|registered|match))|unsupported (?:client )?authentication|token_endpoint_auth_method|client_secret_(?:basic|post)/,
    causes: [['client/auth-method-mismatch', 0.85]],
  },
  {
    says: /properly encoded|percent-?encod|url-?(?:en|de)cod/,
    errors: /invalid_(?:request|client)/,
    causes: [
      ['credential/needs-form-encoding', 0.7],
      ['header/bad-base64', 0.3],
    ],
  },
  {
    says: /authori[sz]ation header.{0,60}(?:invalid|malformed|format|bad|illegal|decod)|(?:invalid|malformed|bad|illegal).{0,20}(?:authori[sz]ation|basic)[ -]?(?:auth(?:entication)?[ -])?header|(?:invalid|malformed|bad|illegal).{0,30}base64|decode basic/,
    causes: [
      ['header/bad-base64', 0.6],
      ['header/missing-scheme', 0.4],
      ['header/wrong-scheme', 0.3],
    ],
  },
  {
    says: /no client (?:authentication|credentials)|client[ _](?:authentication|credentials?|secret|id).{0,30}(?:missing|required|not (?:provided|present|included|supplied|found in))|(?:missing|required|must (?:contain|include)).{0,50}client[ _](?:secret|id|credentials|authentication|assertion)|must be provided in the authori[sz]ation header/,
    causes: [
      ['credential/missing', 0.55],
      ['client/auth-method-mismatch', 0.4],
      ['header/missing-scheme', 0.2],
    ],
  },
  {
    says: /pkce|code[_ ]?(?:verifier|challenge)/,
    // A text that names other causes beside it leaves them open.
    not: /redirect|expired|already used|refresh/,
    causes: [['grant/pkce-mismatch', 0.95]],
    errors: /invalid_(?:grant|request)/,
  },
  {
    says: /redirect[_ ]?ur[il].{0,60}(?:mismatch|match|incorrect|invalid|not (?:registered|allowed|valid)|differ)|(?:mismatch|incorrect|invalid|wrong|unregistered).{0,30}redirect[_ ]?ur[il]/,
    not: /expired|revoked|code[_ ]verifier|already used|client[_ ]id/,
    causes: [['grant/redirect-uri-mismatch', 0.95]],
  },
  {
    says: /redirect[_ ]?ur[il]/,
    causes: [['grant/redirect-uri-mismatch', 0.7]],
    errors: /invalid_(?:grant|request)/,
  },
  {
    says: /refresh[_ ]?token.{0,60}(?:invalid|expired|revoked|used|not (?:found|valid|active)|unknown|reuse)|(?:invalid|expired|revoked|unknown|inactive|reused|bad).{0,20}refresh[_ ]?token/,
    errors: /invalid_grant|invalid_request|^$/,
    causes: [['grant/refresh-token-invalid', 0.95]],
  },
  {
    says: /used before issued|not yet valid|issued in the future|reasonable time ?frame|short-lived token|clock|\b(?:iat|nbf)\b.{0,40}(?:future|claim|invalid|before)/,
    not: /certificate|x509|ssl|tls/,
    causes: [['connection/clock-skew', 0.8]],
  },
  {
    says: /content[- ]?type|x-www-form-urlencoded|media type/,
    causes: [
      ['request/wrong-content-type', 0.7],
      ['request/json-body', 0.6],
    ],
  },
  {
    says: /(?:rate.?limit|quota)\b.{0,40}\b(?:exceeded|reached|hit)(?! soon)|too many (?:requests|attempts)|request(?:s| was| is)? throttled/,
    // A wrong secret is refused first; that repeated failures are throttled is a remark.
    errors: /^(?!invalid_client$)/,
    causes: [['endpoint/rate-limited', 0.95]],
  },
  {
    says: /(?:realm|tenant|directory|organi[sz]ation|environment)\b.{0,60}(?:not found|does(?: not|n't) exist|unknown|invalid)|(?:unknown|invalid|no such) (?:realm|tenant|directory|environment)/,
    causes: [
      ['request/wrong-region', 0.7],
      ['request/wrong-endpoint', 0.4],
    ],
  },
  {
    says: /audience|resource (?:indicator|server|is (?:missing|unknown|invalid))/,
    causes: [['scope/wrong-audience', 0.7]],
    errors: /invalid_request|access_denied/,
  },
];

/** The rows that a text of a refusal fits, in order; error and text in lower case. */
export function hintsOf(error: string, text: string): readonly Hint[] {
  if (text === '' || BOILERPLATE.test(text)) return [];
  return HINTS.filter(
    ({ errors, says, not }) =>
      (!errors || errors.test(error)) && says.test(text) && !(not?.test(text) ?? false),
  );
}

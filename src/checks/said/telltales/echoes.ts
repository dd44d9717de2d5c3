/** What a server, a log or a URL echoes of the id that it was sent, and what code shows of how the pair is made. */
import { standIn } from '../../../core/index.ts';
import type { Look } from '../rule.ts';
import { shows, tells, type Telltale } from './telltale.ts';

/** `Application with identifier 'X'`, `client_id=X`, `"ClientId": "X"`, `No client with id 'X'`. */
const ECHO =
  /(?:identifier|client[ _-]?id|client|application|app)\b["']?(?:[^\n'"`:=•]{0,24}(?:[:=]\s{0,2}["'`]?|["'`])|\s(?=[\w-]{20,}\s))([^'"`\n,;&\s•]{2,120})/gi;

function echoed(look: Look): string[] {
  const urls = [...look.token, ...look.endpoint].map((x) => x.request.url ?? '').join('\n');
  const text = `${look.answers}\n${urls}\n${look.context}`.slice(0, 40_000);
  return [...text.matchAll(ECHO)].slice(0, 60).map((m) => decoded(m[1] ?? ''));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** In the answers alone: there it was really sent. */
function echoedByTheServer(look: Look): string[] {
  return [...look.answers.slice(0, 20_000).matchAll(ECHO)].slice(0, 30).map((m) => decoded(m[1] ?? ''));
}

const isVariable = (value: string): boolean =>
  /^(?:\{\{[^{}]+\}\}?|\$\{?\w+\}?|%\w+%|\{[\w.-]+\}|#\{[^{}]+\}|<%=.*)$/.test(value);
const isNothing = (value: string): boolean => /^(?:undefined|null|none|nil|nan)$/i.test(value);
const isPath = (value: string): boolean => /^(?:\/run\/secrets\/|\/etc\/|file:|\.{1,2}\/)/.test(value);
const isDoubled = (value: string): boolean =>
  value.length >= 16 &&
  value.length % 2 === 0 &&
  value.slice(0, value.length / 2) === value.slice(value.length / 2);

/** The settings name a base URL, and the call that is refused goes to another host. */
function askedElsewhere(look: Look): boolean {
  const set = [
    ...look.context.matchAll(
      /(?:base|api|service)_?(?:ur[il]|host|endpoint)\w{0,6}["']?\s{0,3}[:=]\s{0,3}["']?https?:\/\/([\w.-]{4,100})/gi,
    ),
  ].map((m) => (m[1] ?? '').toLowerCase());
  const called = look.endpoint.flatMap(({ request: { url } }) =>
    url !== undefined && URL.canParse(url) ? [new URL(url).hostname] : [],
  );
  return set.length > 0 && called.length > 0 && called.every((host) => !set.includes(host));
}

/** A token answer names the API that the token is for, and the call goes to another host. */
function otherApi(look: Look): boolean {
  const named = /["']?(?:resource|audience|aud)["']?\s{0,2}[:=]\s{0,2}["']?https?:\/\/([\w.-]{4,100})/i.exec(
    `${look.answers}\n${look.context}`,
  )?.[1];
  const called = look.endpoint.map((x) => x.request.url ?? '').find((url) => URL.canParse(url));
  return named !== undefined && called !== undefined && new URL(called).hostname !== named.toLowerCase();
}

/** Two audiences are shown: the one that the token has and the one that is wanted. */
function twoAudiences(look: Look): boolean {
  const text = `${look.context}\n${look.answers}`;
  const named = [
    ...text.matchAll(/["']?\baud(?:ience)?s?["']?\s{0,2}[:=]\s{0,2}\[?["']?([\w:/.*-]{4,120})/gi),
  ].map((m) => m[1]);
  return new Set(named).size > 1;
}

/** A header whose name is nearly `Authorization`. */
const NEARLY_AUTHORIZATION =
  /["'\s](?:x-authorization|authentication|authoris?[az]?tion|autorization|authorizaton|authorzation|auth)["']?\s{0,2}[:=]\s{0,2}["']?(?:basic|bearer)\b/i;

/** The value of an Authorization header at an API is a token without a word before it. */
function bareToken(look: Look): boolean {
  return look.endpoint.some(({ request: { authorization: a } }) => a.kind === 'bare');
}

/** The token that came back has fewer scopes, and none was asked for with it. */
function noScopeAsked(look: Look): boolean {
  const granted = look.token.find((x) => x.outcome.kind === 'answered' && x.outcome.token !== undefined);
  return granted?.request.url !== undefined && granted.request.form?.['scope'] === undefined;
}

export const echoes: readonly Telltale[] = [
  shows('two-audiences', twoAudiences, { 'scope/wrong-audience': 1.8 }),
  tells(
    'nearly-authorization',
    NEARLY_AUTHORIZATION,
    {
      'credential/missing': 2.4,
      'endpoint/token-malformed': 2.2,
      'header/missing-scheme': 0.3,
    },
    { when: (look) => !look.says(/["'\s]authorization["']?\s{0,2}[:=]/i) },
  ),
  shows(
    'bare-token',
    bareToken,
    { 'header/missing-scheme': 2, 'endpoint/token-malformed': 2 },
    { about: 'call' },
  ),
  shows(
    'no-scope-asked',
    (look) => look.answered(/scope|access denied|insufficient/i) && noScopeAsked(look),
    { 'scope/not-requested': 1.8 },
    { about: 'call' },
  ),
  tells('value-in-braces', /\$\{(?=[^}\s]{0,60}\d)[A-Za-z0-9]{12,80}\}/, { 'credential/mangled': 2.6 }),
  tells(
    'blank-in-a-url',
    /https?:\/\/[^\s"'<>]{4,200}\?[^\s"'<>]{0,200}\s{1,2}[\w.]{2,30}=|[?&][\w.]{2,30}=[^\s&"'<>]{0,80}&\s{1,2}[\w.]{2,30}=/,
    { 'request/malformed-command': 2.2, 'request/wrong-endpoint': 0.4 },
    { at: 'all' },
  ),
  tells(
    'scopes-run-together',
    /https?:\/\/[\w./-]{6,100}https?:\/\/|(?:auth\/[\w.]{3,40}){2}/i,
    { 'scope/malformed': 2.6 },
    { at: 'all', when: (look) => look.answered(/scope/i) },
  ),

  shows('variable-echoed', (look) => echoedByTheServer(look).some(isVariable), {
    'credential/mangled': 3,
    'credential/placeholder': 1,
    'client/unknown': -1,
  }),
  shows('nothing-echoed', (look) => echoed(look).some(isNothing), {
    'credential/missing': 3.2,
    'client/unknown': -1,
    'credential/placeholder': -0.6,
  }),
  shows('path-echoed', (look) => echoed(look).some(isPath), {
    'credential/placeholder': 1.6,
    'credential/mangled': 1.4,
  }),
  tells(
    'encoded-echoed',
    /client_?id\b(?![+ ]and\b)\W{1,6}[^\s&'"%]{1,80}%(?:2B|2F|3D|3A|40)/i,
    { 'credential/over-encoded': 2.8, 'client/unknown': -1 },
    { at: 'answers', about: 'token', when: (look) => !look.answered(/redirect_uri=/i) },
  ),
  shows('doubled-echoed', (look) => echoed(look).some(isDoubled), { 'credential/mangled': 3 }),
  shows(
    'braces-kept',
    (look) =>
      echoed(look).some(
        (value) =>
          /^\{[^{}]+\}$|^<[^<>]+>$|^\[[^[\]]+\]$/.test(value) && standIn(value.slice(1, -1)) === undefined,
      ),
    { 'credential/mangled': 1.4, 'credential/placeholder': 0.8 },
  ),
  tells(
    'braces-or-quotes-in-a-sent-url',
    /https?:\/\/[^\s"'`]{0,200}(?:%7B|%5B|%22|%3C)[^\s"'`]{1,80}/i,
    { 'credential/mangled': 2.6, 'credential/placeholder': 0.8, 'credential/needs-form-encoding': -1.2 },
    { at: 'all', about: 'token', when: (look) => !look.says(/\bclaims=|\bstate=%7B/i) },
  ),
  tells(
    'quoted-by-set',
    /(?:^|[\n:>])\s{0,4}set\s+[A-Za-z_]\w{2,60}="[^"\n]{2,400}"/i,
    { 'credential/mangled': 2.4, 'request/malformed-command': 0.6 },
    { when: (look) => look.says(/command prompt|cmd|windows|visual studio|\.exe|batch/i) },
  ),
  shows(
    'asked-elsewhere-than-set',
    askedElsewhere,
    { 'endpoint/token-wrong-environment': 1.8, 'request/wrong-region': 0.8, 'endpoint/token-expired': -0.6 },
    { about: 'call' },
  ),
  tells(
    'quoted-in-an-env-file',
    /\.env\b[^\n]{0,20}:[^]{0,400}?\b[A-Z][A-Z0-9_]{3,60}=(?:"[^"\n]{2,200}"|'[^'\n]{2,200}')/,
    { 'credential/mangled': 1.9 },
    { when: (look) => look.says(/os\.environ|env[-_]?file|EnvironmentFile|docker|compose|getenv/i) },
  ),
  shows('token-for-another-api', otherApi, { 'scope/wrong-audience': 1.8 }, { about: 'call' }),
  tells(
    'secret-before-id',
    /\(\s{0,3}(?:[\w$]+[.>-]{1,2}){0,3}[\w$]{0,20}secret\w{0,10}\s{0,3},\s{0,3}(?:[\w$]+[.>-]{1,2}){0,3}[\w$]{0,12}(?:client_?id|app_?id|consumer_?key)\b/i,
    { 'credential/swapped': 2.6 },
  ),
  tells(
    'text-to-base64',
    /Buffer(?:\.from)?\(\s{0,3}\([^()\n]{3,120}\)\.toString\(\s{0,2}["']base64|\+\s{0,3}[\w.]+\)\.toString\(["']base64["']\)\)|str\(\s{0,3}base64\.b64encode|b64encode\([^\n]{1,80}\)\s{0,3}\n[^]{0,120}Basic \{|b64encode\([^()\n]{1,80}\)\)?(?!\s{0,3}\.decode)[^\n]{0,10}\+\s{0,3}["']/i,
    { 'header/bad-base64': 3 },
  ),
  tells(
    'request-line-in-url',
    /https?:\/\/[^\s"']{6,300}\s{1,3}HTTP\/\d/i,
    { 'request/wrong-endpoint': 2.2 },
    { at: 'told', when: (look) => !look.says(/^(?:GET|POST|PUT) /m) },
  ),
  tells('header-without-quotes', /\s(?:-H|--header)\s+(?!["'“”‘’$@])[\w-]{3,40}:\s+\S/i, {
    'request/malformed-command': 2.8,
  }),
  tells(
    'blank-in-base64',
    /\bbase ?64\b[^\n.]{0,60}\b(?:space|blank|white ?space)|\b(?:space|blank)\b[^\n.]{0,60}\bbase ?64|\bhash\b[^\n.]{0,30}\b(?:has|with|contains) a (?:space|blank)/i,
    { 'header/bad-base64': 1.8 },
  ),
  shows(
    'scope-run-into-its-host',
    (look) =>
      /https?:\/\/[\w.-]{3,80}\.(?:com|net|org|io|us|de|cn)(?:user_impersonation|access_as_user|\.default)\b/i.test(
        look.scene.evidence.paste ?? '',
      ),
    { 'scope/malformed': 2.8 },
  ),
  tells(
    'nothing-in-a-scope',
    /\bscope["']?\s?[=:]\s?["']?[^\s&"']{0,80}\b(?:undefined|null|None|NaN)\b/,
    { 'scope/malformed': 2.4 },
    { at: 'all' },
  ),
  tells(
    'scope-encoded-before',
    /\bscopes?["']?\s?[:=]\s?["']?[\w.:/-]{2,80}%20[\w.:/-]{2,80}/i,
    { 'scope/malformed': 1.8 },
    { when: (look) => !look.says(/[?&]scope=/i) },
  ),
  tells(
    'host-setting-with-a-path',
    /\b(?:token|auth|base)_?Host["']?\s{0,2}[:=]\s{0,2}["']https?:\/\/[^/"'\s]{3,100}\/[^"'\s]{3,}/i,
    { 'request/wrong-endpoint': 2.2 },
    { at: 'all' },
  ),
  tells(
    'digest-in-hex',
    /\b(?:hex(?:digest|adecimal)?|SHA-?256)\b[^\n]{0,120}\b(?:base ?64|challenge)|method\s{0,3}=\s{0,3}SHA-?256|btoa\([^\n]{0,60}(?:random|sha256)|new (?:provider|client|instance)\b[^\n.]{0,60}\bverifier|getPkceVerifier|setPkce/i,
    { 'grant/pkce-mismatch': 1.2 },
  ),
  tells(
    'signed-by-a-machine',
    /\b(?:gtoken|google-auth|googleapis|firebase[- ]admin|service[ _]account|\.p12|private[_ ]key|jwt[- ]bearer|assertion)\b/i,
    { 'connection/clock-skew': 1.1, 'grant/code-invalid': -1, 'grant/redirect-uri-mismatch': -0.8 },
    {
      at: 'all',
      about: 'token',
      when: (look) => look.tokenError(/invalid_grant/) && !look.says(/refresh[_ ]?token/i),
    },
  ),
  tells(
    'nobody-found-in-a-log',
    /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|UnknownHostException|getaddrinfo|no such host|could not resolve)\b/i,
    { 'connection/unreachable': 2.2 },
  ),
  tells(
    'encoded-by-a-change',
    /\b(?:special )?characters?\b[^\n.]{0,40}\b(?:getting|being|are|is|now|were)\b[^\n.]{0,12}\b(?:url-?|percent-?|html-?)?encoded|\bencod\w+\b[^\n.]{0,60}\b(?:following|since|after)\b[^\n.]{0,20}\b(?:change|update|version|pull)|\bcannot (?:encode|decode)\b|\bwrongly encoded\b|\b(?:should|must) not be (?:url-?)?encoded/i,
    { 'credential/over-encoded': 1.8 },
  ),
  tells(
    'sign-in-an-id',
    /(?:(?<!\w)["'`“][:/+%#&=@]["'`”](?!\w|\s{0,3}[+.]\s{0,3}\w)|\bcolons?\b|\burn:)[^\n.]{0,60}\b(?:client|id|identifier|secret|password|username)|\b(?:client|id|identifier|secret|password|username)\b[^\n.]{0,60}(?:(?<!\w)["'`“][:/+%#&=@]["'`”](?!\w|\s{0,3}[+.]\s{0,3}\w)|\bcolons?\b|\burn:)/i,
    { 'credential/needs-form-encoding': 1.5 },
    { about: 'token' },
  ),
  tells(
    'body-works-header-not',
    /\b(?:basic|header)\b[^\n]{0,120}\b(?:fails?|error|only happens?|not work|doesn[’']t|invalid|refus|reject)[^]{0,200}\b(?:body|post(?:ed)?|form)\b[^\n.]{0,80}\b(?:works?|without errors?|returned|fine|success|ok)|\b(?:body|form|post(?:ed)?)\b[^\n.]{0,60}\b(?:works?|fine|ok|success\w*)\b[^]{0,160}\b(?:basic|header)\b[^\n.]{0,60}\b(?:fails?|not|error|invalid)|\bonly happens?\b[^\n.]{0,40}\bbasic/i,
    {
      'client/auth-method-mismatch': 1,
      'credential/needs-form-encoding': 0.9,
      'client/unknown': -0.8,
      'client/wrong-secret': -0.8,
    },
    { about: 'token' },
  ),
];

/** What a paste tells of the request as it goes out: its parameters, its header, its values. */
import { stepName } from '../../core/index.ts';
import { type Look, type SaidRule } from './rule.ts';
import { spoken } from './spoken.ts';

const SENDS =
  /\b(?:sends?|sent|sending|posts?|posted|posting|pass(?:es|ed|ing)?|puts?|includ\w+|transmits?|submits?)\b/i;
const OF_AN_EXCHANGE = /\bcode\b/i;
const BESIDE_THE_CODE = /\bredirect_?ur[il]\b/i;
const OF_A_LOGIN = /\bresponse_?type\b|\bauthori[sz](?:e|ation) (?:url|request|endpoint|page)\b|\bstate\b/i;

/** A sentence lists what the exchange of a code sends, and names no grant type. */
function listsNoGrantType(look: Look): boolean {
  if (/grant[_ -]?type/i.test(`${look.context}\n${look.answers}`)) return false;
  if (look.tokenError(/invalid_(?:grant|client|scope)|redirect|unauthorized_client/)) return false;
  return look.scene.evidence.said
    .filter(({ where }) => where === 'prose')
    .flatMap((said) => spoken(said, look.scene).split(/[.!?;\n]/))
    .some(
      (sentence) =>
        SENDS.test(sentence) &&
        OF_AN_EXCHANGE.test(sentence) &&
        BESIDE_THE_CODE.test(sentence) &&
        !OF_A_LOGIN.test(sentence),
    );
}

/** A word that is base64 of readable text, and no word of its own. */
function isEncodedWord(word: string): boolean {
  if (word.length < 8 || word.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(word)) return false;
  return /^[\w.@-]{4,}$/.test(Buffer.from(word, 'base64').toString('latin1'));
}

const UNKNOWN_NAME =
  /\b(?:user(?:name)?|client|account|login)\b(?: (?:id|name))? ?["'`:=]{0,2} ?["'`]?([A-Za-z0-9+/]{8,60}={0,2})["'`]? (?:is |was |does )?(?:not (?:found|known|exist)|unknown|invalid)/gi;

/** The value is the variable, the setting or the flag of an id or key, and the name that of a secret. */
const OF_AN_ID =
  '(?![A-Za-z_]*(?:secret|token|value|vault))[A-Za-z_]{0,24}(?:consumer|client|app)[-_]?(?:key|id)\\b(?![-_.\\w])';
const ID_AS_SECRET = new RegExp(
  `\\b(?:client|consumer|app|oauth)[-_ ]?secret\\b["'\\])]{0,3}\\s{0,3}(?:[:=]|=>)\\s{0,3}["']?(?:\\$\\{?|process\\.env\\.|(?:os\\.)?(?:environ|getenv|env)[[(]["']|ENV\\[["'])?${OF_AN_ID}|--[\\w-]{0,20}secret[ =]["']?\\$\\{?${OF_AN_ID}`,
  'i',
);

/** The address to which answers go is http where https is meant. */
const HTTP_RETURN =
  /\b(?:return|redirect|callback|reply|post-login)(?:ion)?[ _-]?(?:ur[il]|address)\b[^\n]{0,60}\bhttp:\/\/(?!localhost|127\.)|\b(?:return|redirect|callback|reply)(?:ion)?[ _-]?(?:ur[il]|address)\b[^\n.]{0,60}\bhttp\b(?!:|s)[^\n.]{0,30}\b(?:instead of|and not|rather than|not) https\b/i;

export const toldRequests: readonly SaidRule[] = [
  {
    id: 'http-behind-a-proxy',
    code: 'grant/redirect-uri-mismatch',
    likelihood: 0.95,
    where: ['prose', 'config'],
    pattern: HTTP_RETURN,
    when: (look) =>
      look.says(
        /\b(?:nginx|apache|traefik|caddy|haproxy|(?:reverse |load )?(?:proxy|balancer)|ingress|gateway|cloudflare|heroku|cloud run)\b/i,
      ) &&
      look.says(/\bhttps\b/i) &&
      look.failureTold() &&
      !look.tokenError(/invalid_(?:client|scope)/),
    why: 'Behind the proxy the program takes itself for http://, so the redirect URI that it sends is not the https:// one that is registered.',
    tell: 'Let the program heed X-Forwarded-Proto and X-Forwarded-Host (forwarded headers, trust proxy), and let the proxy send them.',
  },
  {
    id: 'parameters-told-without-a-grant-type',
    code: 'request/missing-grant-type',
    likelihood: 0.95,
    shows: BESIDE_THE_CODE,
    when: listsNoGrantType,
    why: 'What goes out with the code is told, and grant_type is not among it. Some servers do without, others insist on it (RFC 6749 §4.1.3).',
    tell: 'Send grant_type=authorization_code with the code.',
  },
  {
    id: 'quotation-marks-around-the-token',
    code: 'endpoint/token-malformed',
    likelihood: 0.88,
    where: ['prose', 'config'],
    pattern:
      /\b(?:access |bearer )?(?:token|jwt)\b[^\n.]{0,40}\b(?:with|within|in|between|has|have|gets?|includ\w+|surrounded by|wrapped in|enclosed in)\b[^\n.]{0,16}\b(?:double |single )?(?:quotes|quotation marks)\b|\b(?:quotes|quotation marks)\b[^\n.]{0,20}\b(?:around|about|part of|surround\w*)\b[^\n.]{0,16}\b(?:token|jwt)\b/i,
    when: (look) =>
      look.failureTold() &&
      look.says(/\bheader\b|\bbearer\b|\bsent\b|\bsends?\b/i) &&
      !look.tokenRefused() &&
      !look.says(/\$\w+|\bvariable\b|\bsecret\b/i),
    why: 'The token goes out with quotation marks around it, which are no part of it.',
    tell: 'Take the marks off where the token is read (JSON.parse of what was stored with JSON.stringify).',
  },
  {
    id: 'pair-after-bearer',
    code: 'header/wrong-scheme',
    likelihood: 0.92,
    shows: /\bbearer\b/i,
    when: ({ scene }) => {
      const { paste = '' } = scene.evidence;
      return (
        /(?<![\w.])_auth\b|\bbase ?64 of (?:the |a |my |your )?user(?: ?name)?\b[^\n.]{0,8}\bpass|\bdocker(?: login| config|\/config\.json)[^]{0,200}\bauth\b|\bauth\b[^]{0,120}\bdocker(?: login| config|\/config\.json)/i.test(
          paste,
        ) && /\bbearer <[^>\n]{0,40}_auth\b|\b(?:as|with|behind|in) (?:an? |the )?["'`]?bearer\b/i.test(paste)
      );
    },
    why: 'What is kept there is base64 of user and password, which belongs behind Basic; here it is sent as a bearer token.',
    tell: 'Send it as it is behind the word Basic.',
  },
  {
    id: 'token-sent-as-a-password',
    code: 'header/wrong-scheme',
    likelihood: 0.86,
    where: ['prose', 'config'],
    pattern:
      /\btokens?\b[^\n.]{0,24}\b(?:like|as) (?:if it were )?(?:an?|the) (?:password|user(?: ?name)?)\b|\b(?:sends?|sent|puts?|passes)\b[^\n.]{0,20}\b(?:oauth|access|bearer) tokens?\b[^\n.]{0,24}\b(?:as|behind|in) (?:an? |the |http )?basic\b/i,
    when: (look) =>
      look.failureTold() &&
      look.says(/\bbasic\b/i) &&
      !look.says(/\bgit (?:clone|push|pull|fetch)\b|\bPATs?\b/),
    why: 'A token is sent as the name or password of a Basic header, where the API wants it behind Bearer.',
    tell: 'Write Authorization: Bearer, one blank and the token, in plain text and without a colon.',
  },
  {
    id: 'pair-without-its-scheme',
    code: 'header/missing-scheme',
    likelihood: 0.96,
    shows: /\bauthori[sz]ation\b/i,
    when: ({ scene }) =>
      scene.evidence.exchanges.some(
        ({ step, request: { authorization: a } }) =>
          stepName(step) === 'endpoint' && a.kind === 'bare' && a.looksLike === 'base64-pair',
      ),
    why: 'The header holds the base64 of a name and a password and no word before it.',
    tell: 'Write Basic and one blank before it.',
  },
  {
    id: 'value-alone-said',
    code: 'header/missing-scheme',
    likelihood: 0.86,
    where: ['prose'],
    pattern:
      /\bbase ?64\b[^\n.]{0,80}\b(?:as|is|for|into) (?:the |all of the |the whole )?(?:value|content)s? of (?:the )?authori[sz]ation\b|\bauthori[sz]ation\b[^\n.]{0,60}\b(?:nothing but|only|just|alone)\b[^\n.]{0,20}\bbase ?64\b/i,
    when: (look) => look.failureTold(),
    why: 'The base64 stands alone in the Authorization header, without the word Basic before it.',
    tell: 'Write Basic and one blank before it.',
  },
  {
    id: 'id-given-as-the-secret',
    code: 'credential/swapped',
    likelihood: 0.92,
    where: ['code', 'command', 'config'],
    pattern: ID_AS_SECRET,
    why: 'What is given as the secret is the variable of the id or key.',
    tell: 'Give each setting its own value; the secret stands beside the id in the console of the provider.',
  },
  {
    id: 'id-of-the-secret-taken',
    code: 'credential/swapped',
    likelihood: 0.96,
    where: ['prose'],
    pattern:
      /\b(?:took|taken|used|using|entered|entering|copied|copying|pasted|pasting|put|chose|gave|filled in|went with)\b[^\n.]{0,30}\bsecret[ _]id\b|\bsecret\b[^\n.]{0,30}\b(?:has|with|got|also)\b[^\n.]{0,24}\b(?:an|its(?: own)?) id\b[^\n.]{0,40}\b(?:pair|used|took|entered|pasted|copied)\b/i,
    when: (look) => look.failureTold() && !look.says(/\bapp_?role\b|\brole[_ ]?id\b|\bvault\b/i),
    why: 'The id of the secret was taken: it is neither the secret nor the id of the client.',
    tell: 'Make a new secret and copy its value, which is shown once; the id of the client is that of the application.',
  },
  {
    id: 'colon-in-the-id',
    code: 'credential/needs-form-encoding',
    likelihood: 0.95,
    where: ['prose'],
    pattern:
      /\bcolons? (?:in|inside|within) (?:my |the |an? |its |our |their |both )?(?:client[ _-]?ids?|(?:user ?)?names?)\b|\b(?:client[ _-]?ids?|user ?names?)\b[^\n.]{0,16}\b(?:with|has|have|contains?|holds?|having|containing)\b (?:an? |any )?colons?\b/i,
    when: (look) => look.failureTold() && look.says(/\bbasic\b|\bheader\b/i),
    why: 'The first colon of a Basic header ends the id (RFC 7617), so an id with a colon must be form-encoded before base64 (RFC 6749 §2.3.1).',
    tell: 'Write %3A for each colon of the id, or send the pair in the body.',
  },
  {
    id: 'encoded-for-what-encodes-itself',
    code: 'credential/already-encoded',
    likelihood: 0.92,
    pattern: /\bstringData\b|--from-literal\b|\bkubernetes_secret(?:_v1)?\b/,
    when: (look) =>
      look.failureTold() &&
      look.says(/\bbase ?64|_B64\b/i) &&
      look.says(/\btoken|secret|password|credential|\bkey\b/i) &&
      !look.says(/\bplain\b[^\n.]{0,20}\bstringData\b|\bstringData\b[^\n.]{0,20}\bplain\b/i),
    why: 'Kubernetes encodes what stands under stringData: or behind --from-literal by itself; a value that was put into base64 before is so twice.',
    tell: 'Give the plain value there, or the base64 under data:.',
  },
  {
    id: 'name-quoted-back-in-base64',
    code: 'credential/already-encoded',
    likelihood: 0.94,
    shows: UNKNOWN_NAME,
    when: (look) => [...look.answers.matchAll(UNKNOWN_NAME)].some((m) => isEncodedWord(m[1] ?? '')),
    why: 'The server does not know a name that is base64 of a readable one: it was encoded once too often.',
    tell: 'Give the plain value where the program or the platform encodes by itself.',
  },
  {
    id: 'blank-at-an-end-said',
    code: 'credential/whitespace',
    likelihood: 0.95,
    where: ['prose'],
    pattern:
      /\b(?:ends?|ended|ending|starts?|started|starting|begins?|began|beginning) (?:with|in) (?:an? )?(?:single |stray |extra )?(?:blank|space|white ?space|line ?break|new ?line|line ?feed|carriage return|tab)\b|\b(?:blanks?|spaces?|white ?spaces?|line ?breaks?|new ?lines?|carriage returns?)\b[^\n.]{0,12}\b(?:at|around|before|behind|after|in front of)\b (?:its|the|their|both|either|each|my|of the)? ?(?:very |two )?(?:ends?|edges?|start|beginning|front|(?:client )?id|secret|key|value|token|password)\b|["'`]\+["'`] (?:in front of|before|behind|after) (?:the|my) (?:client )?(?:id|secret|key)\b|\b(?:id|secret|key|token|password|values?)\b[^\n.]{0,60}\b(?:just|exactly|precisely) as (?:it|they) (?:is|was|are|were) pasted\b/i,
    when: (look) =>
      look.failureTold() &&
      look.says(/\bids?\b|secret|token|password|credential|\bkey\b/i) &&
      // Of the token of a call, endpoint/token-malformed tells.
      (look.tokenRefused() || !look.says(/\bbearer\b/i)) &&
      !look.says(/\bscopes?\b[^\n.]{0,60}\b(?:blank|space)/i) &&
      !look.says(
        /\b(?:no|without|checked for|any) (?:trailing |leading |stray |extra )?(?:blanks?|spaces?|white ?spaces?|line ?breaks?|new ?lines?)\b/i,
      ),
    why: 'A blank or a line break at the end of the value is sent with it.',
    tell: 'Take white space off where the value is read or saved.',
  },
];

/** What is shown of a token request as it goes out: its form, and the values that go into it. */
import { issuedToken } from '../../core/index.ts';
import { namesWhatWasSent, readsJson } from '../request/body-read.ts';
import type { Look, SaidRule } from './rule.ts';

/** The forms of the token requests that are shown. */
const formOf = (look: Look): readonly { readonly [name: string]: string }[] =>
  look.token.flatMap((x) => (x.request.form ? [x.request.form] : []));

export const onTheWire: readonly SaidRule[] = [
  {
    id: 'curl-read-no-url',
    code: 'request/malformed-command',
    likelihood: 0.93,
    shows: /\bcurl: \([13]\)[^\n]{0,100}/,
    when: (look) =>
      /\bcurl: \((?:1\) Protocol\b[^\n]{0,40}\bnot supported|3\) )/i.test(`${look.context}\n${look.answers}`),
    why: 'curl could not read the URL: quotes that this shell does not know, or a sign that it takes for its own, became a part of it.',
    tell: 'In cmd.exe only double quotes quote; give the URL in those, and look at what curl -v says it asks.',
  },
  {
    id: 'json-type-sent',
    code: 'request/json-body',
    likelihood: 0.9,
    shows: /application\/json/i,
    when: (look) =>
      look.token.some(
        (x) =>
          !readsJson(x, look.scene) &&
          !namesWhatWasSent(x) &&
          /json/i.test(x.request.contentType ?? '') &&
          (x.request.bodyForm === undefined || x.request.bodyForm === 'json') &&
          x.outcome.kind !== 'unanswered' &&
          !issuedToken(x),
      ),
    why: 'The token request says that its body is JSON; a token endpoint reads a form and sees none of it.',
    tell: 'Send Content-Type: application/x-www-form-urlencoded and a body that reads grant_type=…&….',
  },
  {
    id: 'no-content-type-said',
    code: 'request/wrong-content-type',
    likelihood: 0.86,
    where: ['prose', 'config'],
    pattern:
      /\b(?:without|no|lacks?|missing|omits?|forg[eo]t(?:s|ten)?|(?:does|do|did|is|was) ?(?:not|n[’']t) (?:set|send|have|add|include)\w*)\b (?:an? |any |the |its |right |proper |correct )?content-?type\b|\bcontent-?type\b[^\n.,]{0,24}\b(?:is|was|are) (?:missing|absent|empty|unset|not (?:set|sent|there|present|included))\b/i,
    why: 'The paste tells that the request goes out without a Content-Type, so the server does not read its body as a form.',
    tell: 'Send Content-Type: application/x-www-form-urlencoded with it.',
  },
  {
    id: 'array-for-curl',
    code: 'request/wrong-content-type',
    likelihood: 0.85,
    where: ['code'],
    pattern: /\bCURLOPT_POSTFIELDS\b\s{0,3}(?:,|=>)\s{0,3}(?:\$\w+|\[|array\s?\()/,
    when: (look) =>
      (look.tokenRefused() || look.token.length === 0) &&
      !/http_build_query|json_encode|CURLOPT_POSTFIELDS\b[^\n]{0,20}["']/.test(look.codes) &&
      (/CURLOPT_POSTFIELDS\b\s{0,3}(?:,|=>)\s{0,3}(?:\[|array\s?\()/.test(look.codes) ||
        /\$(\w+)\s{0,3}=\s{0,3}(?:\[|array\s?\()[^]{0,1500}CURLOPT_POSTFIELDS\b\s{0,3}(?:,|=>)\s{0,3}\$\1\b/.test(
          look.codes,
        ) ||
        look.says(/\$?\w+ (?:is|being) an array\b|\ban array (?:of|with) (?:the )?(?:param|field|value)/i)),
    why: 'PHP’s curl sends an array as multipart/form-data; a token endpoint reads a urlencoded form.',
    tell: 'Give it http_build_query($fields), which makes a urlencoded form of the array.',
  },
  {
    id: 'form-data-object',
    code: 'request/wrong-content-type',
    likelihood: 0.88,
    where: ['code'],
    pattern:
      /\bnew FormData\s?\(|\bMultipartFormDataContent\b|\bMultipartEntityBuilder\b|\bMultipartEncoder\b|\bAlwaysMultipartFormData\b|["']multipart\/form-data/,
    when: (look) =>
      (look.tokenRefused() || look.token.length === 0) &&
      look.code(/grant_?type/i) &&
      !look.code(/URLSearchParams|FormUrlEncodedContent|urlencoded/i),
    why: 'The code sends the request as multipart/form-data; a token endpoint reads a urlencoded form.',
    tell: 'Build the body with URLSearchParams (or FormUrlEncodedContent) instead.',
  },
  {
    id: 'redirect-encoded-before',
    code: 'grant/redirect-uri-mismatch',
    likelihood: 0.9,
    shows: /redirect_?ur[il]\W{1,6}https?%(?:25)?3A[^\s"']{0,100}/i,
    when: (look) =>
      (look.tokenRefused() || look.token.length === 0) &&
      /redirect_?ur[il]["']?\s{0,3}(?::|=>)\s{0,3}["'`]https?%3A%2F|redirect_ur[il]=https?%253A/i.test(
        look.scene.evidence.paste ?? '',
      ) &&
      /URLSearchParams|querystring|qs\.|urlencode|http_build_query|data\s?=|params|redirect_ur[il]=https?%253A/i.test(
        look.context,
      ),
    why: 'The redirect URI stands percent-encoded where the library encodes it once more, so it arrives as another one.',
    tell: 'Write it plainly, https://…, and let the library encode it.',
  },
  {
    id: 'exchange-without-redirect',
    code: 'grant/redirect-uri-mismatch',
    likelihood: 0.74,
    shows: /grant_type\W{1,6}authorization_code/i,
    when: (look) =>
      formOf(look).some(
        (form) =>
          form['grant_type'] === 'authorization_code' &&
          form['redirect_uri'] === undefined &&
          form['refresh_token'] === undefined,
      ) &&
      !/redirect_?ur[il]\W{0,4}[=:]/i.test(look.codes) &&
      look.tokenError(/^invalid_(?:grant|request)$/) &&
      !look.answered(/refresh|verifier|challenge|grant_?type|(?:expired|used|redeemed)\b/i),
    why: 'The exchange of the code carries no redirect_uri; it must repeat the one of the authorization request (RFC 6749 §4.1.3).',
    tell: 'Send redirect_uri with it, letter for letter as in the address to which the user was sent.',
  },
  {
    id: 'code-as-refresh-token',
    code: 'grant/refresh-token-invalid',
    likelihood: 0.9,
    where: ['code'],
    pattern:
      /\brefresh_?token["']?\s{0,3}(?:=>|[:=])\s{0,3}(?:\w{1,20}\.)?["'`]?[${]{0,2}(?:oauth|auth|authori[sz]ation|access|callback|the)?_?code\b(?!\s?[(.[])/i,
    why: 'The code shows an authorization code in the place of the refresh token.',
    tell: 'Exchange the code first (grant_type=authorization_code); the answer holds the refresh token.',
  },
  {
    id: 'secret-as-token',
    code: 'endpoint/token-malformed',
    likelihood: 0.88,
    pattern:
      /\b(?:access|bearer)_?token["']?\s{0,3}(?:=>|[:=])\s{0,3}["'`]?[${]{0,2}[\w.]{0,30}(?:client|consumer|app)_?secret\b|\bBearer ["'`+ ${]{0,6}[\w.]{0,30}(?:client|consumer|app)_?secret\b|\b(?:for|as|in) (?:the|my|an) (?:access|bearer) token\b[^\n]{0,100}\b(?:beside|next to|behind|under|called|labell?ed|is|was|the)\b[^\n.]{0,24}\bsecret\b|\b(?:client |app )?secret as (?:the |a |my |an )?(?:access |bearer )token\b/i,
    when: (look) => !look.tokenRefused(),
    why: 'The client secret is sent as the access token; a secret only fetches tokens.',
    tell: 'Ask the token endpoint with id and secret, and send the access_token of its answer.',
  },
  {
    id: 'one-value-for-both',
    code: 'client/wrong-secret',
    likelihood: 0.9,
    pattern:
      /\bsame (?:value|string|key|one)\b[^\n.]{0,30}\b(?:used |given |set |entered )?(?:for|as|in)\b[^\n.]{0,24}\b(?:client[_ ]?)?(?:secret|id)\b|\b(?:client[_ ]?)?(?:id and secret|secret and (?:client[_ ]?)?id)\b[^\n.]{0,20}\b(?:the same|identical|equal)\b/i,
    when: (look) =>
      look.says(/client[_ ]?secret/i) &&
      !look.says(
        /\bsame (?:value|string|key|one)s?\b[^\n.]{0,30}\b(?:in|as) (?:postman|curl|the (?:console|portal|docs))/i,
      ),
    why: 'Id and secret are said to hold one and the same value, so one of them is not what was issued.',
    tell: 'Make a secret in the console of the provider, and put it where the id stands twice.',
  },
  {
    id: 'hash-of-the-secret',
    code: 'client/wrong-secret',
    likelihood: 0.9,
    pattern:
      /\b(?:client[_ ]?)?secrets?\b[^\n]{0,120}\b(?:hash(?:ed|es)?|digests?|pbkdf2\w*|argon2\w*|bcrypt|scrypt)\b|\b(?:hash(?:ed|es)?|digests?|pbkdf2\w*|argon2\w*|bcrypt|scrypt)\b[^\n]{0,80}\b(?:client[_ ]?)?secrets?\b/i,
    where: ['prose', 'config', 'code'],
    when: (look) =>
      (look.tokenError(/invalid_client|unauthorized_client|invalid_grant/) || look.token.length === 0) &&
      look.says(/client[_ ]?secret/i) &&
      !look.says(/hmac|signature|\bpkce\b|code_challenge|app_?secret_?proof|secret[_ ]?hash/i),
    why: 'The server stores the hash of the secret. The program must send the secret itself, and the hash belongs to the server alone.',
    tell: 'Give the program the value from before the hashing; if it is lost, make a new pair of both.',
  },
  {
    id: 'server-tells-secrets-differ',
    code: 'client/wrong-secret',
    likelihood: 0.94,
    where: ['prose', 'config'],
    pattern:
      /\b(?:client )?secret (?:did|does|do)(?: not|n[’']t) match (?:the )?(?:registered|stored|configured|expected|one|known)\b/i,
    why: 'The server’s own log says that the secret which came is not the one that it holds.',
    tell: 'Make a new secret and put it into both places at once.',
  },
  {
    id: 'plus-in-the-secret',
    code: 'credential/needs-form-encoding',
    likelihood: 0.88,
    where: ['prose', 'config'],
    pattern:
      /\b(?:secrets?|passwords?)\b[^\n.]{0,40}\b(?:ha[sd]|have|contain\w*|with|includ\w*)\b[^\n.]{0,24}(?:\s["'`“]?[+]["'`”]?\s|\bplus(?: sign)?\b)/i,
    when: (look) => (look.tokenRefused() || look.token.length === 0) && !look.says(/%2B|%252B|encod/i),
    why: 'The secret has a plus, and in a form a plus that is not encoded arrives as a blank.',
    tell: 'Write it as %2B, or let the library encode the form.',
  },
  {
    id: 'right-in-the-cluster',
    code: 'credential/whitespace',
    likelihood: 0.85,
    pattern: /\b(?:kubernetes|k8s|opaque) secrets?\b|\bkubectl create secret\b|\bkind:\s?Secret\b/i,
    when: (look) =>
      look.tokenRefused() &&
      look.answered(/secret/i) &&
      !look.answered(/expired/i) &&
      look.says(/\b(?:right|correct|same|valid|verified|matches)\b/i),
    why: 'A value that looks right in a Kubernetes secret and is refused mostly ends in a line break: echo writes one before base64 encodes it.',
    tell: 'Decode it and count its bytes; encode it with printf %s or echo -n.',
  },
  {
    id: 'credentials-ask-for-another',
    code: 'grant/wrong-type-sent',
    likelihood: 0.86,
    where: ['prose', 'config'],
    pattern:
      /\b(?:goes out|is sent|are sent|sends?|asks?|requests?|is made)\b[^\n.]{0,24}\b(?:as|with|for|by)\b[^\n.]{0,8}\bgrant_?type\s?=\s?client_credentials\b|\bgrant[ _]type\b[^\n.]{0,30}\b(?:it|server|they)\b[^\n.]{0,12}\b(?:looks? for|expects?|checks? for|compares? with)\b/i,
    when: (look) =>
      look.says(/\buser ?name\b|\bpassword\b|\bdevice\b|\bauthori[sz]ation code\b|\blooks? for\b/i),
    why: 'The request that goes out names another grant than the one that is meant.',
    tell: 'Look at grant_type in the raw body, and set it to the grant that the values belong to.',
  },
  {
    id: 'grant-alone',
    code: 'scope/not-requested',
    likelihood: 0.85,
    shows: /grant_type=client_credentials/,
    when: (look) =>
      formOf(look).some(
        (form) =>
          form['grant_type'] === 'client_credentials' &&
          form['scope'] === undefined &&
          form['username'] === undefined,
      ) &&
      look.tokenError(/^(?:access_denied|invalid_scope)$/) &&
      // What code puts there is not always read as a form.
      !look.code(/\bscopes?["'\]]{0,2}\s{0,3}(?:=>|[:=,])/i) &&
      !look.answered(/unauthori[sz]ed|not (?:allowed|enabled)|audience|polic(?:y|ies)/i),
    why: 'The token request names no scope, and this server gives nothing by itself.',
    tell: 'Name the scopes of the API in the token request.',
  },
];

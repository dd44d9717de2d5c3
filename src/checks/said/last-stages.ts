/** What a paste says about client, grant, scope and endpoint. */
import { statusOf } from '../../core/index.ts';
import { wayWanted } from '../client-auth.ts';
import type { SaidRule } from './rule.ts';
import { isSeenOtherwise } from './seen-otherwise.ts';

const VERIFIED =
  /\b(?:credentials?|client[ _]?id|(?:client[ _]?)?secret|id and secret|keys?)\b[^\n.]{0,60}\b(?:are |is |were )?(?:correct|verified|valid|right|double[- ]checked|checked|match(?:es)?|confirmed|accurate)\b|\b(?:verified|double[- ]checked|confirmed|sure)\b[^\n.]{0,50}\b(?:credentials?|client[ _]?id|secret|keys?)\b/i;
/** Methods of the SDKs that act for the person who is signed in. */
const OF_A_PERSON =
  /\b(?:get|post|patch|put|delete)_?(?:Users_?Me|Routing_?Queues_?Me|Conversations_?Calls?\w*|Conversations_?Emails|Voicemail_?(?:Mailbox|Messages?)\w*)\b/i;
const USER_TOKEN =
  /(?:PATs?|personal access tokens?|user(?:'s)? (?:access )?tokens?|tokens? of (?:a|the|my) user|authori[sz]ation[ _-]code|auth[ _-]code|password grant|resource owner|delegated(?: (?:auth|permission|token|flow)\w*)?|implicit|interactive(?:ly)?|logged[- ]in user|my (?:own )?(?:user|account)|admin user|session cookie|3-legged|three-legged)/i;

export const lastStages: readonly SaidRule[] = [
  {
    id: 'other-method-works',
    code: 'client/auth-method-mismatch',
    likelihood: 0.86,
    pattern:
      /client_secret_(?:post|basic)\b[^\n]{0,120}\b(?:(?:doesn|does|did|didn|won|is)(?:'|’)?t? ?(?:not )?(?:seem to )?work|not (?:work|support)\w*|fails?|rejected|refused|unsupported)|(?:works?|succeeds?|fine|ok|200|token)\b[^\n.]{0,80}\b(?:client_secret_basic|client_secret_post|basic auth\w*|basic header|authori[sz]ation header|in the (?:body|header|form)|--user\b|with -u\b)|(?:basic auth\w*|basic header|client_secret_basic|in(?:to)? the (?:\w+ )?body|in(?:to)? the header|--user\b)[^\n.]{0,80}\b(?:works?|succeeds?|responds? with 200|returns? (?:a )?(?:200|token))/i,
    when: (look) =>
      look.tokenError(/invalid_client|unauthorized_client|invalid_request/) &&
      !look.says(/works? (?:in|with|from) Postman/i),
    why: 'The same credentials work when they are sent the other way, so they are right and the way is wrong.',
    tell: 'Send them the way that works, or register the client for the other one.',
  },
  {
    id: 'body-credentials-verified',
    code: 'client/auth-method-mismatch',
    likelihood: 0.6,
    shows: /\bclient_?secret\b/i,
    when: (look) =>
      look.tokenError(/invalid_client/) &&
      !isSeenOtherwise('client/auth-method-mismatch', look) &&
      look.token.some(
        (x) => x.request.bodyCredentials?.secret && x.request.authorization.kind === 'absent',
      ) &&
      VERIFIED.test(look.context),
    why: 'The credentials stand in the body and are said to be right; the server may take them only in a Basic header.',
    tell: 'Send the same pair in a Basic header once.',
  },
  {
    id: 'body-credentials',
    code: 'client/auth-method-mismatch',
    likelihood: 0.42,
    shows: /\bclient_?secret\b/i,
    when: (look) =>
      look.tokenError(/invalid_client/) &&
      !isSeenOtherwise('client/auth-method-mismatch', look) &&
      wayWanted(look.scene) === undefined &&
      look.token.some((x) => x.request.bodyCredentials?.secret && x.request.authorization.kind === 'absent'),
    why: 'The credentials stand in the body; some servers take them only in a Basic header.',
    tell: 'Send the same pair in a Basic header once.',
  },
  {
    id: 'browser-app',
    code: 'client/public',
    likelihood: 0.5,
    pattern:
      /\bmsal-browser\b|\bmsal-(?:react|angular)\b|\bSPA\b|single[- ]page|angular-oauth2-oidc|oidc-client(?:-ts)?|\bimplicit flow\b|mobile app|native app|react native/i,
    when: (look) => look.tokenError(/invalid_client|unauthorized_client/),
    why: 'The program runs in a browser or on a phone, where a secret cannot be kept.',
    tell: 'Read the client type in the console; a program of this kind is a public client and uses PKCE.',
  },
  {
    id: 'old-config',
    code: 'client/wrong-secret',
    likelihood: 0.62,
    pattern:
      /\b(?:rotat(?:ed|ing|e)|regenerat(?:ed|ing|e)|renew(?:ed|ing)?|reset|(?<!\bbrand[ -])new(?! \w+\(|,| (?:client|app|project|integration)\b(?! secret))|changed|old|previous|expired)\b[^\n.]{0,40}\b(?:client )?secrets?\b|\bsecrets?\b[^\n.]{0,40}\b(?:rotat(?:ed|ing)|regenerat(?:ed|ing)|expired|changed)\b/i,
    when: (look) => look.tokenError(/invalid_client|unauthorized_client|access_denied/),
    why: 'The secret was changed; somewhere the previous one may still be in use.',
    tell: 'Print the length and the last two characters of the secret that the running program uses, and compare.',
  },
  {
    id: 'refresh-with-client-credentials',
    code: 'grant/wrong-type-sent',
    likelihood: 0.75,
    when: (look) =>
      (look.form('grant_type') === 'client_credentials' && look.form('refresh_token') !== undefined) ||
      (look.code(/client_credentials/) &&
        look.code(
          /["']refresh_token["']\s{0,3}[:=]|get_refresh|refresh_token\s{0,3}[,)}]|grant_type=refresh_token/,
        )),
    why: 'The code mixes the refresh of a token into client credentials; that grant has no refresh token, so the library sends grant_type=refresh_token.',
    tell: 'Print grant_type as it is sent.',
  },
  {
    id: 'grant-hard-coded',
    code: 'grant/wrong-type-sent',
    likelihood: 0.7,
    pattern:
      /grant[ _]?type\b[^\n.]{0,60}\b(?:hard-?coded|fixed|(?:is|was) not (?:authorization_code|refresh_token|client_credentials)|always (?:sent|set|used)|instead of|rather than|wrong(?:ly)?)|(?:hard-?cod(?:ed|es)|always (?:sends|uses))\b[^\n.]{0,60}grant[ _]?type/i,
    why: 'The paste tells that another grant_type is sent than the one that is meant.',
    tell: 'Print grant_type as it is sent.',
  },
  {
    id: 'challenge-is-no-hash',
    code: 'grant/pkce-mismatch',
    likelihood: 0.88,
    where: ['code', 'config'],
    pattern: /code_?challenge|\bchallenge\b/i,
    when: (look) =>
      look.code(/getRandomValues|randomBytes|Math\.random|uuid|btoa\s?\(/i) &&
      !look.code(/sha-?256|digest\s?\(|createHash|hashlib/i),
    why: 'The challenge is made of random bytes and never of the SHA-256 of the verifier.',
    tell: 'base64url(SHA-256(code_verifier)) must equal code_challenge.',
  },
  {
    id: 'code-used-twice',
    code: 'grant/code-invalid',
    likelihood: 0.72,
    pattern:
      /\b(?:twice|two times|second time|re-?load(?:s|ed|ing)?|refresh(?:es|ed|ing)? the page|useEffect|strict ?mode|double|duplicate|again|multiple times|re-?used?)\b/i,
    when: (look) =>
      look.tokenError(/^invalid_grant$/) &&
      look.says(/\bcode\b|callback|redirect|authori[sz]e/i) &&
      !look.says(/\b(?:days?|weeks?|months?|token file|stored token)\b/i),
    why: 'The paste tells of a second use; a code is good for one exchange.',
    tell: 'Log each exchange: the second one with the same code is refused.',
  },
  {
    id: 'refresh-said',
    code: 'grant/refresh-token-invalid',
    likelihood: 0.72,
    pattern:
      /\brefresh(?:ing)?[ _-]?(?:the )?(?:access )?tokens?\b|(?:after|every|for|about|~) ?(?:\d+|a|one|few|some|several|couple) (?:of )?(?:days?|weeks?|months?)\b|\btesting\b[^\n.]{0,30}\b(?:status|mode|publish)/i,
    when: (look) =>
      look.tokenError(/^invalid_grant$/) &&
      look.form('grant_type') !== 'authorization_code' &&
      !look.answered(/\bcode\b[^\n]{0,40}(?:invalid|expired|used|redeemed)/i),
    why: 'The paste is about refreshing, so the grant that is refused is the refresh token.',
    tell: 'Sign in again; if that works, the old refresh token had ended.',
  },
  {
    id: 'redirect-said',
    code: 'grant/redirect-uri-mismatch',
    likelihood: 0.66,
    pattern:
      /redirect[ _-]?ur[il]\b[^\n.]{0,80}\b(?:trailing slash|mismatch\w*|differ(?:s|ent)?|not (?:match|registered|allow\w*)|n[’']t match|http instead|changed)\b/i,
    when: (look) =>
      look.tokenError(/^(?:invalid_grant|invalid_request|unauthorized_client|redirect_uri_mismatch)$/),
    why: 'The paste tells of a redirect URI that may differ from the registered one.',
    tell: 'Compare both letter for letter, with scheme, port, path and trailing slash.',
  },
  {
    id: 'strings-side-by-side',
    code: 'scope/malformed',
    likelihood: 0.82,
    where: ['config', 'code'],
    pattern: /\[[^\]]{0,600}["'][\w.:/-]{2,80}["']\s{1,40}["'][\w.:/-]{2,80}["']/,
    when: (look) =>
      look.says(/scope/i) &&
      (look.tokenError(/invalid_scope|invalid_request/) || /invalid_?scope/i.test(look.answers)),
    why: 'Between two scopes of the list a comma is missing, so they become one scope that does not exist.',
    tell: 'Print the scope parameter as it is sent.',
  },
  {
    id: 'commas-in-scope',
    code: 'scope/malformed',
    likelihood: 0.7,
    pattern:
      /(?:\b|_)scopes?\b["']?\s{0,3}[:=]\s{0,3}["']?[\w.:/-]+,\s{0,2}[\w.:/-]+|\bopenid,[\w.:/-]{2,40}/i,
    when: (look) =>
      /invalid_?scope|scope is invalid|insufficient_scope/i.test(look.answers) &&
      !look.says(/scopes?["']?\s{0,3}[:=]\s{0,3}\[/i),
    why: 'The scopes are separated by commas; RFC 6749 §3.3 wants one blank.',
    tell: 'Print the scope parameter as it is sent.',
  },
  {
    id: 'library-default-scopes',
    code: 'scope/not-allowed',
    likelihood: 0.8,
    pattern:
      /default scopes?|scopes? (?:are )?(?:added|sent|requested) by default|automatically (?:adds?|requests?|includes?)\b[^\n.]{0,40}scopes?/i,
    when: (look) =>
      /invalid_?s?cope/i.test(look.answers) && !/unknown|does not exist|not exist/i.test(look.answers),
    why: 'The library asks for scopes of its own, and the client may not have one of them.',
    tell: 'Print the scope parameter as it is sent and compare it with the scopes that the client may have.',
  },
  {
    id: 'ip-said',
    code: 'endpoint/ip-blocked',
    likelihood: 0.78,
    pattern:
      /\bip(?: address(?:es)?)?\b[^\n.]{0,40}\b(?:not (?:white-?listed|allow\w*|permitted)|blocked|restrict(?:ed|ions?)|denied|changed)\b|\b(?:white|allow)-?list(?:ed|ing)?\b[^\n.]{0,40}\bip\b|\ballowed ips?\b|\bip (?:allow|white)-?list\b/i,
    when: (look) => look.endpointStatus(0, 401, 403) || look.tokenRefused(),
    why: 'The paste tells of addresses that are not allowed.',
    tell: 'Try it from an allowed network; an admin reads the allow list.',
  },
  {
    id: 'user-token-works',
    code: 'endpoint/user-context',
    likelihood: 0.84,
    shows: USER_TOKEN,
    when: (look) => {
      const near = new RegExp(
        `\\b(?:works?|working|worked|fine|succeeds?|success(?:ful(?:ly)?)?|200|no (?:issue|problem)s?)\\b[^\\n.]{0,80}${USER_TOKEN.source}|${USER_TOKEN.source}[^\\n.]{0,60}\\b(?:works?|worked|does the job|is (?:fine|ok)|succeeds?|returns? 200)\\b`,
        'i',
      );
      return (
        (look.endpointStatus(400, 401, 403, 404) || look.endpoint.length > 0) &&
        near.test(look.context) &&
        /client[ _-]?cred|machine|service (?:account|principal)|app(?:lication)?[- ]only|M2M|\bCC\b/i.test(
          look.context,
        ) &&
        !/identical 40[13]|same (?:403|401|error|result)|no change/i.test(look.context)
      );
    },
    why: 'The same call works with a token of a user, and not with that of a client: the endpoint wants a user.',
    tell: 'The documentation of the endpoint says whether client credentials can be used.',
  },
  {
    // The operations that declare not.a.user in the Platform API document, as the SDKs name them.
    id: 'method-of-a-person',
    code: 'endpoint/user-context',
    likelihood: 0.82,
    shows: OF_A_PERSON,
    when: (look) =>
      look.scene.evidence.provider === 'genesys-cloud' &&
      look.says(/client[ _-]?credentials/i) &&
      look.says(OF_A_PERSON) &&
      (look.endpoint.length === 0 || look.endpointStatus(0, 400)),
    why: 'The method acts for the person who is signed in, and a client credentials token stands for nobody: Genesys Cloud answers 400 (not.a.user).',
    tell: 'Read code in the answer: not.a.user means this. Use a method that names the user by id, or sign a user in (authorization code with PKCE).',
  },
  {
    id: 'bearer-literal',
    code: 'endpoint/token-malformed',
    likelihood: 0.86,
    pattern:
      /\bbearer\s{1,3}(?:undefined|null|none|nil|nan|\[object object\]|false|\{\})|(?:'[^'"\n]{0,80}\bbearer\s{1,3}\$\{?\w{1,40}\}?'|"bearer \$\{\w{1,40}\}"(?=[^\n]{0,3}[,}\n]))|authorization["'\]]{0,3}\s{0,3}[:=]\s{0,3}["'`]?bearer["'`]?\s{0,3}(?:$|[,}\n])/im,
    when: (look) => look.endpoint.length > 0 || look.scene.evidence.authorization?.kind === 'bearer',
    why: 'What stands behind Bearer is a word of the program and no token.',
    tell: 'Print the length of the token; then look at the answer of the token request.',
  },
  {
    id: 'token-in-a-tuple',
    code: 'endpoint/token-malformed',
    likelihood: 0.86,
    pattern:
      /\b(?:token|bearer|authorization)\b[^()\n]{0,40}\n?[^()\n]{0,8}\(\s?b?["'][^"'\n]{4,}["'],\s?\)/i,
    why: 'A comma too many in Python made a tuple of the token, and its brackets and quotes go into the header.',
    tell: 'Print the header as it is sent; take the comma behind the token away.',
  },
  {
    id: 'no-bearer-word',
    code: 'endpoint/token-malformed',
    likelihood: 0.72,
    pattern:
      /\b(?:without|missing|forgot(?:ten)?|omit(?:ted)?|lacks?)\b (?:the )?(?:word |prefix |scheme )?["'`]?bearer\b/i,
    when: (look) => look.endpoint.length > 0,
    why: 'The header is said to lack the word Bearer.',
    tell: 'Authorization must read: Bearer, one blank, the token.',
  },
  {
    id: 'works-elsewhere',
    code: 'endpoint/ip-blocked',
    likelihood: 0.5,
    pattern:
      /\bworks?\b[^\n.]{0,40}\b(?:locally|local(?:host)?|laptop|home|office|vpn|my machine|postman)\b[^\n]{0,120}\b(?:server|cloud|azure|aws|lambda|gcp|vm|docker|ci|pipeline|github actions|production|deploy\w*|hosted)\b/i,
    when: (look) => look.endpointStatus(401, 403),
    why: 'The same call works from one network and not from another.',
    tell: 'Try it from an allowed network; an admin reads the allow list.',
  },
  {
    id: 'permissions-not-consented',
    code: 'endpoint/consent-missing',
    likelihood: 0.7,
    pattern:
      /\b(?:admin )?consent\b[^\n.]{0,40}\b(?:not|never|missing|required|needed|pending|isn't|hasn't)|\bnot (?:yet )?(?:consented|approved)\b|\b(?:grant|give) admin consent\b|\bneeds? admin approval\b/i,
    when: (look) => look.endpointStatus(0, 401, 403) || look.tokenRefused(),
    why: 'The paste tells of a consent that was not given.',
    tell: 'An administrator looks whether consent is granted, in the tenant where the call is made.',
  },
  {
    id: 'requested-is-not-granted',
    code: 'scope/granted-narrower',
    likelihood: 0.83,
    where: ['config', 'code'],
    pattern:
      /(?:access_?token|token|granted|scp)\b[^\n]{0,40}\bscopes?\b["']?\s{0,3}[:=]\s{0,3}\[?["']?[\w:.-]+/i,
    when: (look) =>
      look.endpoint.some((x) => statusOf(x) === 403) &&
      /insufficient_scope|required scope|missing scope/i.test(look.answers),
    why: 'The scopes of the token are shown, and the one that the call demands is not among them.',
    tell: 'Compare the scope claim of the token with the scope that the answer names.',
  },
];

/** What a paste says about PKCE, scopes, consent and rights that none of the other rules hears. */
import type { SaidRule } from './rule.ts';

export const asked: readonly SaidRule[] = [
  {
    id: 'padding-in-a-challenge',
    code: 'grant/pkce-mismatch',
    likelihood: 0.93,
    pattern:
      /(?:\b|_)(?:challenge|verifier)\b[^\n.]{0,60}\b(?:ends? (?:with|in)|trailing|padd(?:ed|ing)|with)\b[^\n.]{0,8}(?:=|\bequals?\b|\bpadd)|[?&]code_challenge=[^&\s"']{40,90}(?:=|%3D)(?:[&\s"']|$)/i,
    why: 'The challenge is base64url without padding (RFC 7636 §4.2); with a = at its end it is another text than the one that the server computes.',
    tell: 'Take every = off the end of the challenge (and of the verifier).',
  },
  {
    id: 'pkce-talked-of',
    code: 'grant/pkce-mismatch',
    likelihood: 0.74,
    pattern:
      /\bcode_?(?:verifier|challenge)(?:_?method)?\b|\bPKCE\b(?!_REQUIRED\W{0,4}(?:=|:)?\W{0,3}false)/i,
    where: ['prose', 'config'],
    when: (look) =>
      look.tokenError(/^invalid_grant$/) &&
      !look.answered(/\bcode (?:is |has |was )?(?:not valid|expired|used|invalid)|refresh|redirect/i),
    why: 'The paste is about PKCE, so the verifier that was sent may not belong to the challenge (RFC 7636 §4.6).',
    tell: 'Check code_challenge_method=S256 and base64url(SHA-256(code_verifier)) against code_challenge.',
  },
  {
    id: 'password-grant',
    code: 'client/wrong-secret',
    likelihood: 0.7,
    pattern:
      /\bUsernamePassword\w*|grant_?type\W{1,6}password\b|\bpassword (?:grant|flow)\b|\bsecurity ?token\b|resource owner password/i,
    when: (look) =>
      look.tokenError(/^invalid_grant$/) && !look.answered(/\bcode\b|refresh|redirect|expired/i),
    why: 'The grant that is refused is a user name with its password, and the server does not take this pair.',
    tell: 'Sign in with the very same name and password by hand; where a security token belongs to it, append the newest one.',
  },
  {
    id: 'where-does-scope-go',
    code: 'scope/not-requested',
    likelihood: 0.78,
    pattern:
      /\b(?:where|which (?:place|setting|option|property|field)|what (?:place|setting|option))\b[^\n?]{0,60}\bscopes?\b['"`]?\s?\?|\bin what way\b[^\n?]{0,40}\bscopes?\b|\b(?:where|how)\b[^\n.?]{0,60}\b(?:specify|pass|provide|add|send|put|give|supply|request)\b[^\n.?]{0,20}[`'"]?scopes?\b|\bno (?:way|option)[^\n.]{0,30}\b(?:specify|pass|provide|set)\b[^\n.]{0,20}scopes?|\b(?:without|no|empty|missing) (?:a |any )?scopes?\b|\bscopes? (?:is|was|are|were) (?:empty|missing|not (?:sent|set|passed|requested))/i,
    when: (look) =>
      /invalid_?s?cope|insufficient|scope/i.test(look.answers) && !look.says(/default scopes?/i),
    why: 'The paste tells that no scope is asked for yet.',
    tell: 'Print the scope parameter as it is sent; name the scopes of the API in the token request.',
  },
  {
    id: 'id-not-got-yet',
    code: 'credential/missing',
    likelihood: 0.87,
    pattern:
      /\b(?:do|should|must|can|where) (?:I|we|you)\b[^\n.?]{0,60}\b(?:get|find|need|obtain|create|register|generate)\b[^\n.?]{0,30}\bclient[ _-]?(?:id|secret)s?\b|\b(?:don[’']?t|do not) have (?:a |any )?client[ _-]?(?:id|secret)/i,
    where: ['prose'],
    when: (look) => look.tokenError(/invalid_client|invalid_client_id|unauthorized_client|invalid_request/),
    why: 'The paste asks where the client id comes from, so none of its own was sent.',
    tell: 'Register a client, and put its id and secret into the settings that run.',
  },
  {
    id: 'consent-cannot-be-given',
    code: 'endpoint/consent-missing',
    likelihood: 0.83,
    pattern:
      /\b(?:admin )?consent\b[^\n]{0,60}\b(?:does not exist|doesn[’']?t exist|greyed|grayed|disabled|missing|not (?:there|shown|available|granted|given)|never)\b|\b(?:can[’']?t|cannot|unable to|not able to|forgot to|did ?n[o’']?t|have not|haven[’']?t)\b[^\n.]{0,30}\b(?:grant|give|click)\b[^\n.]{0,20}\bconsent/i,
    when: (look) => look.endpointStatus(0, 401, 403) || look.tokenRefused(),
    why: 'The paste tells that consent could not be given, so the permissions that were added are not active.',
    tell: 'An administrator grants consent, and the token then lists the permissions in its roles.',
  },
  {
    id: 'has-every-permission',
    code: 'endpoint/feature-missing',
    likelihood: 0.93,
    pattern:
      /\b(?:permissions?|rights?|roles?)\b[^\n]{0,80}\b(?:don[’']?t|do not|doesn[’']?t|does not) exist\b|\b(?:every|all)(?: single| the| possible| available)? permissions?\b[^\n.]{0,60}\b(?:applied|assigned|granted|added|given|enabled|set)\b[^]{0,400}\b(?:not (?:available|listed|visible|there)|can(?:no|[’'])t (?:find|see))\b/i,
    when: (look) => look.endpoint.some((x) => /permission/i.test(JSON.stringify(x.outcome))),
    why: 'The permission that the answer names cannot be found in the organisation, so the feature that it belongs to is not there.',
    tell: 'Look the permission up in the list of permissions; a feature that is not bought or not switched on has none.',
  },
  {
    id: 'object-posted',
    code: 'request/json-body',
    likelihood: 0.9,
    where: ['code'],
    pattern:
      /\baxios(?:\.post)?\s?\(\s{0,20}[^,()]{3,300},\s{0,20}\{|\$http\.post\s?\(\s{0,20}[^,()]{3,300},\s{0,20}\{|\.post(?:<[\w<>]+>)?\s?\(\s{0,20}["'`][^"'`]{3,300}["'`],\s{0,20}\{/i,
    when: (look) =>
      look.tokenRefused() &&
      look.code(/grant_type/) &&
      !look.code(/URLSearchParams|qs\.stringify|querystring|requests\.post|form\s?:/i) &&
      !look.tokenError(/invalid_grant|invalid_scope|unauthorized_client/),
    why: 'The object is posted as it is, which this library sends as JSON whatever the header says; a token endpoint reads a form.',
    tell: 'Give the library a form: new URLSearchParams({…}) in JavaScript, data=… in Python.',
  },
  {
    id: 'approval-of-an-admin',
    code: 'endpoint/consent-missing',
    likelihood: 0.86,
    pattern:
      /\b(?:wants?|needs?|requires?|asks? for|awaits?|waits? for|pending|without)\b[^\n.]{0,24}\b(?:approval|consent)\b[^\n.]{0,24}\badmin\w*|\badmin\w*[- ](?:approval|consent)\b[^\n.]{0,24}\b(?:required|needed|missing|pending)|\busers? (?:may|can|are)(?: not|n[’']t|not)(?: allowed to)? (?:give )?consent\b|\bapproval required\b|\bask (?:a |an |your )(?:\w+ ){0,3}admin\w* [^\n.]{0,60}\bAPI (?:management|access)\b|\bapprov\w+\b[^\n]{0,80}\badmin (?:cent(?:er|re)|portal|console)\b/i,
    when: (look) => !look.answered(/invalid_(?:client|grant|scope)/),
    why: 'An administrator of the tenant has to agree before anybody can use the application.',
    tell: 'An administrator grants consent for the whole tenant; at SharePoint on the API access page of its admin centre.',
  },
  {
    id: 'secret-of-a-native-app',
    code: 'client/public',
    likelihood: 0.86,
    shows: /urn:ietf:wg:oauth:2\.0:oob|login\.microsoftonline\.com\/common\/oauth2\/nativeclient/i,
    when: (look) =>
      look.scene.evidence.provider === 'entra-id' &&
      look.token.some(
        ({ request: { form } }) =>
          form?.['client_secret'] !== undefined &&
          /^urn:ietf:wg:oauth:2\.0:oob|nativeclient$/i.test(form['redirect_uri'] ?? ''),
      ),
    why: 'This redirect URI is that of a native application, which is a public client: a secret beside it is refused.',
    tell: 'Leave client_secret out, or register a web application with an address of its own.',
  },
];

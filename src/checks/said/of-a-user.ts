/** Calls about the signed-in person: a token of the program alone has nobody, and one without openid tells nothing. */
import type { SaidRule } from './rule.ts';

/** Code that gets a token for a program and for no user. */
export const APP_ONLY =
  /\b(?:New)?Client(?:Secret|Certificate|Assertion)Credential|\bClientCredentials?(?:Auth|Request|Flow|Token\w*|Resource\w*|Grant)?\b|\bCredentialsAuth\b|ClientCredentialProvider|AcquireTokenForClient|acquire_token_for_client|acquireTokenByClientCredential|\bclient_credentials\b|app(?:lication)?[- ]only/i;
/** Code that asks about the one who is signed in. */
export const ABOUT_ME =
  /\.Me(?:\(\)|\.\w)|\bme\(\)|["'`]\/?(?:v\d\.?\d?\/)?me\b|\bcurrent_?users?(?:_?\w{1,30})?\b|\b(?:get_?)?currently_?playing|\bGetPlay(?:ing|back)\w*|\busers\/@me\b|\bget_?(?:me|my)\w*\(|\.my\w+\(|\bUser_?Profile\.Current\b|\bCurrentUser\w*/i;
/** Code that signs somebody in as well. */
const SIGNS_IN =
  /authori[sz]ation_?code|\bAuthorizationCode\w*|\bPKCE\w*|\bLoginRequest\b|\bSpotifyOAuth\b|refresh_?token|\bSubject\b|redirect_?ur[il]/i;

const NOTHING_OF_THE_USER =
  /\buser ?(?:info)?(?: endpoint)?\b[^\n.]{0,80}\b(?:no (?:data|claims?|profile|information|e-?mail|login)|nothing|(?:does|did|do)(?: not|n[’']t) (?:return|contain|have|include|give)|is empty|comes? (?:back )?empty|without (?:any )?(?:data|claims?))\b/i;

export const ofAUser: readonly SaidRule[] = [
  {
    id: 'program-asks-about-me',
    code: 'endpoint/user-context',
    likelihood: 0.96,
    shows: ABOUT_ME,
    when: (look) =>
      look.endpointStatus(0, 400, 401, 403, 404) &&
      !look.tokenRefused() &&
      APP_ONLY.test(look.codes) &&
      ABOUT_ME.test(look.codes) &&
      !SIGNS_IN.test(look.codes) &&
      !look.answered(/scope|expired|permission|not enabled|licen[cs]e|quota|rate/i),
    why: 'The code gets its token with client credentials, which stand for no user, and asks about the one who is signed in.',
    tell: 'Sign a user in (authorization code with PKCE), or name the user by id where the API lets you.',
  },
  {
    id: 'userinfo-tells-nothing',
    code: 'scope/not-requested',
    likelihood: 0.95,
    shows: /\buser ?info\b/i,
    when: (look) =>
      look.failureTold() &&
      /\buser ?info\b/i.test(look.context) &&
      NOTHING_OF_THE_USER.test(`${look.context}\n${look.answers}`) &&
      !look.tokenRefused() &&
      !/\bopenid\b(?! connect|[- ]client)[^\n.]{0,30}\b(?:profile|email)\b|\bscopes?\b[^\n]{0,60}\bopenid\b/i.test(
        look.context,
      ) &&
      !APP_ONLY.test(look.context),
    why: 'The userinfo endpoint tells of the user what the scopes of the sign-in let it tell; without openid it tells nothing (OpenID Connect Core §5.3, §5.4).',
    tell: 'Name openid (and profile, email) among the scopes of the sign-in, and sign in anew.',
  },
];

/** What a paste shows of an address that is not where the server has it: by its documentation, or by what is told. */
import type { Look, SaidRule } from './rule.ts';

interface Misplaced {
  readonly wrong: RegExp;
  readonly right: string;
  /** Only where the paste names the service. */
  readonly of?: RegExp;
}

/**
 * Addresses that services do not have, each with the one that they document. Sources: Webflow "OAuth", GitHub
 * "Authorizing OAuth apps", Discord "OAuth2: URLs", Dropbox "OAuth guide", Fitbit "Authorization", Spotify
 * "Authorization code flow", LinkedIn "3-legged OAuth", Twitch "Getting tokens", HubSpot "Working with OAuth", Reddit
 * wiki "OAuth2", Shopware "Admin API: authentication".
 */
const MISPLACED: readonly Misplaced[] = [
  { wrong: /\bapi\.webflow\.com\/oauth\/authorize\b/i, right: 'https://webflow.com/oauth/authorize' },
  { wrong: /\bapi\.github\.com\/login\/oauth\//i, right: 'https://github.com/login/oauth/…' },
  { wrong: /\bdiscord(?:app)?\.com\/oauth2\/token\b/i, right: 'https://discord.com/api/oauth2/token' },
  {
    wrong: /\bapi\.dropbox(?:api)?\.com\/(?:1\/)?oauth2\/authorize\b/i,
    right: 'https://www.dropbox.com/oauth2/authorize',
  },
  { wrong: /\bapi\.fitbit\.com\/oauth2\/authorize\b/i, right: 'https://www.fitbit.com/oauth2/authorize' },
  { wrong: /\bwww\.fitbit\.com\/oauth2\/token\b/i, right: 'https://api.fitbit.com/oauth2/token' },
  {
    wrong: /\bapi\.spotify\.com\/(?:api\/token|authorize)\b|\baccounts\.spotify\.com\/token\b/i,
    right: 'https://accounts.spotify.com/authorize and /api/token',
  },
  { wrong: /\bapi\.linkedin\.com\/oauth\/v2\//i, right: 'https://www.linkedin.com/oauth/v2/…' },
  { wrong: /\bapi\.twitch\.tv\/(?:kraken\/)?oauth2\//i, right: 'https://id.twitch.tv/oauth2/…' },
  { wrong: /\bapi\.hubapi\.com\/oauth\/authorize\b/i, right: 'https://app.hubspot.com/oauth/authorize' },
  {
    wrong: /\boauth\.reddit\.com\/api\/v1\/(?:access_token|authorize)\b/i,
    right: 'https://www.reddit.com/api/v1/access_token',
  },
  { wrong: /\/api\/auth\/token\b/i, right: '/api/oauth/token', of: /\bshopware\b/i },
];

function misplaced(look: Look): boolean {
  const { paste = '' } = look.scene.evidence;
  return MISPLACED.some(({ wrong, of }) => wrong.test(paste) && (!of || of.test(look.context)));
}

/** Keycloak up to 16 had /auth before /realms, and later ones have not (its upgrading guide for 17.0). */
const WITH_PREFIX = /\/auth\/realms\b|\/auth\b(?!\/)(?=["'`\s.,;)]|$)/im;
const PREFIXED_REALM = /\/auth\/realms\b/i;
const BARE_REALM = /(?<!\/auth|\/admin)\/realms\/[\w-]/i;
const NEWER =
  /\b(?:keycloak|quarkus|version|image|release|v)[\s:@/v(]{0,3}(?:server |version |release |v)?(?:1[7-9]|2[0-9])(?:\.\d|\b(?![-:\d]))|\b(?:new(?:er|est)?|current|recent|fresh|latest|modern|up[- ]to[- ]date)\b[^\n.]{0,24}\b(?:keycloaks?|servers?|versions?|image)\b|\bkeycloak[.-]x\b|\bquarkus\b/i;
const NO_SUCH_PART =
  /\b(?:no|without|lacks?|not have|n[’']t have|dropped|removed)\b[^\n.]{0,24}(?:["'`]?\/auth\b|\b(?:such|that|this) (?:part|prefix|segment|piece|path)|\bit in (?:its|their) path)/i;

function hasOlderPath(look: Look): boolean {
  const text = `${look.context}\n${look.answers}`;
  if (look.scene.evidence.provider !== 'keycloak' && !/\bkeycloak\b/i.test(text)) return false;
  if (PREFIXED_REALM.test(text) && BARE_REALM.test(text)) return true;
  return WITH_PREFIX.test(text) && (look.says(NEWER) || look.says(NO_SUCH_PART));
}

/** The refusals of a server that was asked at the right place. */
const JUDGED = /invalid_|unauthorized_client|access_denied|unsupported_/;

const SERVES =
  /\b(?:registers?|registered|serves?|listens?|mounts?|mounted|maps?|mapped|exposes?|routes?|defines?|declares?|answers? (?:at|on|under)|lives? (?:at|under))\b/i;
const TOKEN_PATH = /(?<=["'`])\/(?:[\w.-]{1,40}\/){0,4}\w{0,20}token(?=["'`])/gi;

/** Of two paths to a token, which a sentence and the code name, one is the end of the other. */
function servedElsewhere(look: Look): boolean {
  const pathsOf = (text: string): string[] => text.match(TOKEN_PATH) ?? [];
  const said = look.scene.evidence.said.filter(({ where }) => where === 'prose');
  const served = said.flatMap(({ text = '' }) => (SERVES.test(text) ? pathsOf(text) : []));
  const asked = pathsOf(look.codes);
  return served.some((one) =>
    asked.some((other) => one !== other && (one.endsWith(other) || other.endsWith(one))),
  );
}

export const addresses: readonly SaidRule[] = [
  {
    id: 'address-not-documented',
    code: 'request/wrong-endpoint',
    likelihood: 0.95,
    shows: new RegExp(MISPLACED.map(({ wrong }) => wrong.source).join('|'), 'i'),
    when: (look) => misplaced(look) && look.failureTold() && !look.tokenError(JUDGED),
    why: 'The service has no such address: its documentation names another host or path for the sign-in or the token.',
    tell: `Compare it letter for letter with the documentation (${MISPLACED.map(({ right }) => right).join(', ')}).`,
  },
  {
    id: 'path-of-another-keycloak',
    code: 'request/wrong-endpoint',
    likelihood: 0.95,
    shows: /\/auth\b/i,
    when: (look) =>
      hasOlderPath(look) &&
      look.failureTold() &&
      !look.tokenError(JUDGED) &&
      look.token.every((x) => x.outcome.kind !== 'unanswered'),
    why: 'Keycloak up to 16 serves its realms under /auth/realms, later ones under /realms; the address is of the other kind.',
    tell: 'Open /realms/NAME/.well-known/openid-configuration with and without /auth before it, and take what answers.',
  },
  {
    id: 'served-under-another-path',
    code: 'request/wrong-endpoint',
    likelihood: 0.92,
    shows: TOKEN_PATH,
    when: (look) => servedElsewhere(look) && look.failureTold() && !look.tokenError(JUDGED),
    why: 'The server is told to have its token endpoint at one path, and the program asks another.',
    tell: 'Print the whole address that is asked and compare it with the route of the server.',
  },
];

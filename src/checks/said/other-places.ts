/** What is shown of the place that a call goes to: its region, its metadata, an app that is not live there. */
import { statusOf, type Exchange } from '../../core/index.ts';
import { signedInUnderAnotherEnding } from './parts-of-the-world.ts';
import type { Look, SaidRule } from './rule.ts';

/** `us-east-1`, `cn-beijing`: places as clouds name them. */
const REGION =
  /\b(?:us|eu|ap|ca|sa|me|af|il|mx|cn)-(?:gov-)?(?:(?:north|south|east|west|central)(?:east|west)?-\d|beijing|shanghai|hangzhou|shenzhen|hongkong)\b/gi;
const METADATA = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)\b/i;
/** The label of a host that names a place: `us-2`, `eu`, `eu1`. */
const PLACE_LABEL = /^(?:us|eu|ap|au|ca|uk|in|jp|gov|emea|apac)(?:-?\d{1,2}|-(?:gov|east|west)(?:-\d)?)?$/i;

/** Paths that end in a slash where they are served. */
const WITHOUT_SLASH = /\/(?:application\/)?o\/(?:token|authorize|revoke_token|introspect)(?=["'`\s?]|$)/im;
const HOSTED_UI =
  /\b(?:issuer|authority|iss|metadata|discovery|openid[- _]?connect|oidc)\w{0,12}(?:url|uri)?\b[^\n]{0,60}https:\/\/[\w.-]+\.auth(?:-fips)?\.[\w-]+\.amazoncognito\.com|\.amazoncognito\.com\/\.well-known\//i;

/** A token of another place is not known (401); who is known and may not answers 403. */
const refusedCalls = (look: Look): readonly Exchange[] =>
  look.endpoint.filter((x) => [0, 401].includes(statusOf(x) ?? -1));

function regionsShown(look: Look): number {
  const urls = look.endpoint.map((x) => x.request.url ?? '').join('\n');
  const found = `${look.context}\n${look.answers}\n${urls}`.match(REGION) ?? [];
  return new Set(found.map((name) => name.toLowerCase())).size;
}

/** Two hosts are the same but for a label that names a place. */
function differInPlace(one: string, other: string): boolean {
  const bare = (host: string): string =>
    host
      .toLowerCase()
      .split('.')
      .filter((label) => !PLACE_LABEL.test(label))
      .join('.');
  return one.toLowerCase() !== other.toLowerCase() && bare(one) === bare(other);
}

/** The host that refuses stands in the paste a second time, with another place in it. */
export function sameServiceElsewhere(look: Look): boolean {
  const named = [...look.context.matchAll(/\b(?:[\w-]{1,40}\.){2,5}(?:com|net|org|io|cloud|dev|ai|eu)\b/gi)];
  return refusedCalls(look).some(({ request: { url = '' } }) => {
    const called = URL.canParse(url) ? new URL(url).hostname : undefined;
    return called !== undefined && named.some(([host]) => differInPlace(host, called));
  });
}

const PART = '(?:EU|US|UK|AU|APAC|EMEA|Europe(?:an)?|Frankfurt|Ireland|Australian?|Canadian?|Indian?)';
const OWNER =
  '(?:[Aa]ccounts?|[Tt]enants?|[Pp]rojects?|[Oo]rg(?:ani[sz]ation)?s?|[Ww]orkspaces?|[Kk]eys?|[Dd]ata)';
/** Abbreviations in capitals only: in small letters they are words, but in the name of a host. */
const HOME = new RegExp(
  `\\b${OWNER}\\b[^\\n.]{0,40}\\b(?:in|at|on|of|to) (?:the |an? )?(?:${PART}\\b|(?:[\\w-]+\\.){0,2}(?:eu|us|au|ap)\\d?\\.[\\w-]+\\.(?:com|io|net|ai|cloud)\\b)|\\b(?:chose|chosen|picked|selected|registered in|signed up in) (?:the )?${PART}\\b|\\b${PART} (?:${OWNER}|region|instance|cluster|data ?cent(?:er|re))\\b`,
);

export const otherPlaces: readonly SaidRule[] = [
  {
    id: 'home-in-a-part-of-the-world',
    code: 'request/wrong-region',
    likelihood: 0.92,
    pattern: HOME,
    when: (look) =>
      look.endpointStatus(0, 400, 401) &&
      !look.tokenRefused() &&
      !signedInUnderAnotherEnding(look) &&
      !look.answered(/scope|permission|expired|rate|\bip\b|audience/i) &&
      !look.says(/\bafter (?:an?|one|some|\d+) (?:hours?|minutes?|days?)\b|\bexpired?\b/i),
    why: 'The account is said to live in one part of the world; at the hosts of another its keys are not known.',
    tell: 'Look at the host that is asked, and give the program the host or region (zone) of the account; many default to the US.',
  },
  {
    id: 'metadata-not-there',
    code: 'request/wrong-endpoint',
    likelihood: 0.96,
    shows: METADATA,
    when: ({ endpoint, token }) =>
      [...endpoint, ...token].some((x) => METADATA.test(x.request.url ?? '') && statusOf(x) === 404),
    why: 'The metadata document is not at this address: the issuer in the settings lacks a part of its path, or has a slash too many or too few.',
    tell: 'Open the issuer followed by /.well-known/openid-configuration in a browser until it answers, and use that issuer.',
  },
  {
    id: 'region-of-another-key',
    code: 'endpoint/token-wrong-environment',
    likelihood: 0.88,
    shows: REGION,
    when: (look) =>
      regionsShown(look) > 1 &&
      refusedCalls(look).length > 0 &&
      !look.tokenRefused() &&
      !look.answered(/scope|permission|expired|explicit deny|not authorized to perform/i),
    why: 'The paste shows two regions; a token or key of one is refused by the other.',
    tell: 'Call the host of the region in which the token or key was made.',
  },
  {
    id: 'same-service-elsewhere',
    code: 'endpoint/token-wrong-environment',
    likelihood: 0.9,
    when: (look) =>
      sameServiceElsewhere(look) && !look.tokenRefused() && !look.answered(/scope|permission|expired/i),
    why: 'The paste names another host of the same service, of another region than the one that refuses.',
    tell: 'Call the host of the region in which the account lives.',
  },
  {
    id: 'sandbox-token-elsewhere',
    code: 'endpoint/token-wrong-environment',
    likelihood: 0.88,
    pattern:
      /\bsandbox (?:api |access )?(?:tokens?|keys?)\b|\b(?:tokens?|keys?) (?:of|for|from) (?:the |my )?sandbox\b/i,
    when: (look) =>
      refusedCalls(look).length > 0 &&
      !look.tokenRefused() &&
      look.says(/\b(?:ordinary|normal|regular|real|main|live|prod(?:uction)?)\b/i),
    why: 'A token of the sandbox is shown to the live API, which does not know it.',
    tell: 'Call the host of the sandbox, or make a token of the live environment.',
  },
  {
    id: 'app-not-active-said',
    code: 'client/disabled',
    likelihood: 0.92,
    pattern:
      /\b(?:app|application|client) (?:is )?(?:not active|inactive)\b|\bapp(?:lication)?\b[^\n.]{0,40}\bnot accessible right now\b|\b(?:app|application|client) (?:was|is|has been) (?:deactivated|suspended)\b|\b(?:app|application|client)\b[^\n.]{0,30}\b(?:is|was|still) in development mode\b/i,
    when: (look) => !look.says(/\bgoogle\b[^\n]{0,80}\btest(?:ing)? (?:mode|users?)/i),
    why: 'The provider says that the app itself is switched off, or not yet live.',
    tell: 'Open the app in the provider’s console and switch it to live (published, active).',
  },
  {
    id: 'token-request-redirected',
    code: 'request/wrong-endpoint',
    likelihood: 0.8,
    shows: /\bhttps?:\/\/[^\s"']{3,200}/i,
    when: ({ token }) =>
      token.some(
        (x) =>
          [301, 302, 303].includes(statusOf(x) ?? -1) &&
          x.request.method !== 'GET' &&
          !/authori[sz]e|login|sign-?in/i.test(x.request.url ?? '/login'),
      ),
    why: 'The token endpoint does not stand at this address: what is there redirects, and a redirected POST arrives as a GET without its body.',
    tell: 'Read Location in that answer: mostly a slash at the end, https or a host is what differs. Ask that URL.',
  },
  {
    id: 'slash-at-the-end',
    code: 'request/wrong-endpoint',
    likelihood: 0.9,
    shows: WITHOUT_SLASH,
    when: (look) =>
      WITHOUT_SLASH.test(look.scene.evidence.paste ?? '') && look.failureTold() && !look.tokenError(/./),
    why: 'Django’s OAuth servers (Django OAuth Toolkit, authentik) have a slash at the end of these paths, and redirect or refuse without it.',
    tell: 'Write the slash, or copy the address from the metadata document.',
  },
  {
    id: 'hosted-ui-as-issuer',
    code: 'request/wrong-endpoint',
    likelihood: 0.93,
    shows: HOSTED_UI,
    when: (look) => HOSTED_UI.test(`${look.context}\n${look.answers}`),
    why: 'The domain of Cognito’s sign-in pages is no issuer and has no discovery document; the issuer is that of the pool.',
    tell: 'Use https://cognito-idp.REGION.amazonaws.com/POOL_ID as the issuer.',
  },
];

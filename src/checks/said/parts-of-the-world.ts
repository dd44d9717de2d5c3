/** Hosts of one part of the world, and accounts that are said to be in another. */
import { statusOf } from '../../core/index.ts';
import type { Look, SaidRule } from './rule.ts';

/** Abbreviations in capitals only: in small letters they are words. */
const PARTS: readonly (readonly [code: string, named: string])[] = [
  ['eu', 'EU|Europe(?:an)?|Frankfurt|Ireland|Germany|Paris'],
  ['us', 'USA?|American?|United States'],
  ['in', 'Indian?'],
  ['cn', 'China|Chinese'],
  ['au', 'Australian?'],
  ['jp', 'Japan(?:ese)?'],
  ['ca', 'Canad(?:a|ian)'],
];
const OWNER =
  '(?:[Aa]ccount|[Tt]enant|[Pp]roject|[Oo]rg(?:ani[sz]ation)?|[Ww]orkspace|[Dd]ata ?cent(?:er|re)|[Rr]egion|[Hh]ome|[Dd]evices?)';
const toldOf = (named: string): RegExp =>
  new RegExp(
    `\\b${OWNER}s?\\b[^\\n.]{0,24}\\b(?:is|are|in|on|at|of|lives?|was|to)\\b[^\\n.]{0,12}\\b(?:${named})\\b|\\b(?:${named}) (?:${OWNER})s?\\b|\\b(?:choose|chose|chosen|choosing|pick(?:ed)?|select(?:ed)?)\\b(?: the)?(?: region)? (?:${named})\\b`,
  );
const TOLD = PARTS.map(([code, named]) => [code, toldOf(named)] as const);

const HOST = /\bhttps?:\/\/((?:[\w-]{1,40}\.){1,5}[a-z]{2,6})\b/gi;
/** `eu.api.…`, `api-us1.…`, `openapi.tuyacn.…`, `usiot.…`. */
const LABEL =
  /^(eu|us|cn|in|au|jp|ca)(?:-?\d{1,2}|-(?:north|south|east|west|central)\w*(?:-\d)?)?$|^(eu|us|cn)(?:iot|api|auth|app|cloud|gw)$|[-_](eu|us|cn|au|jp)\d{0,2}$|(?:tuya|api|auth|iot|cloud|app)(eu|us|cn|in)$/i;

const ENDINGS: { readonly [ending: string]: string } = {
  cn: 'cn',
  in: 'in',
  jp: 'jp',
  au: 'au',
  ca: 'ca',
  eu: 'eu',
  de: 'eu',
  ie: 'eu',
  fr: 'eu',
  nl: 'eu',
};

function partsOf(host: string): string[] {
  const labels = host.toLowerCase().split('.');
  const last = labels.at(-1) ?? '';
  const ending = ENDINGS[last] === undefined ? [] : [ENDINGS[last]];
  return [
    ...ending,
    ...labels.slice(0, -1).flatMap((label) => LABEL.exec(label)?.slice(1).find(Boolean)?.toLowerCase() ?? []),
  ];
}

function hostsIn(text: string): string[] {
  return [...text.matchAll(HOST)].map(([, host = '']) => host.toLowerCase());
}

/** Every host that is shown names a part of the world, and none the one in which the account is said to be. */
function askedInAnotherPart({ context, scene: { evidence } }: Look): boolean {
  const told = TOLD.filter(([, pattern]) => pattern.test(context)).map(([code]) => code);
  const hosts = hostsIn(evidence.paste ?? '').map(partsOf);
  const named = hosts.filter((parts) => parts.length > 0);
  return (
    told.length > 0 && named.length > 0 && named.every((parts) => parts.every((part) => !told.includes(part)))
  );
}

const NAME_AND_ENDING = /([\w-]+)\.((?:com\.(?:au|cn|mx|br)|co\.(?:uk|jp|in)|com|eu|in|jp|cn|ca|sa|de|uk))$/;
const OF_A_LOGIN = /^(?:accounts?|login|auth|oauth|sso|id|signin|idp|connect)\b/;

/** A sign-in at `accounts.NAME.in`, and a refused call of `api.NAME.com`. */
export function signedInUnderAnotherEnding({ context, endpoint }: Look): boolean {
  const logins = [...context.matchAll(/\b(?:[\w-]{1,40}\.){1,4}[a-z]{2,4}\b/gi)]
    .map(([host]) => host.toLowerCase())
    .filter((host) => OF_A_LOGIN.test(host))
    .flatMap((host) => NAME_AND_ENDING.exec(host) ?? []);
  const [, name, ending] = logins;
  if (name === undefined || ending === undefined) return false;
  return endpoint.some((x) => {
    const { url = '' } = x.request;
    if (![0, 401].includes(statusOf(x) ?? -1) || !URL.canParse(url)) return false;
    const called = NAME_AND_ENDING.exec(new URL(url).hostname.toLowerCase());
    return called !== null && called[1] === name && called[2] !== ending;
  });
}

export const partsOfTheWorld: readonly SaidRule[] = [
  {
    id: 'host-of-another-part',
    code: 'request/wrong-region',
    likelihood: 0.96,
    shows: HOST,
    when: (look) =>
      look.failureTold() &&
      !look.answered(/scope|expired|rate limit|audience/i) &&
      !signedInUnderAnotherEnding(look) &&
      askedInAnotherPart(look),
    why: 'The host that is asked is that of one part of the world, and the account is said to be in another.',
    tell: 'Give the program the host or region of the account.',
  },
  {
    id: 'signed-in-under-another-ending',
    code: 'endpoint/token-wrong-environment',
    likelihood: 0.97,
    shows: HOST,
    when: (look) => signedInUnderAnotherEnding(look) && !look.answered(/scope|permission|expired|audience/i),
    why: 'The token comes from the sign-in of one data centre and is shown to the API of another, which does not know it.',
    tell: 'Call the API under the ending of the sign-in (an answer of the token request may name it, as api_domain does at Zoho).',
  },
];

/** Whose servers a paste is about: by the name it gives, the hosts it shows, the words only one provider writes. */
import { hostOf, isTokenUrl, urlsIn, type ProviderProfile } from '../core/index.ts';

/**
 * @param named what the person calls the provider, if they do
 * @param text all that is shown
 * @returns the profile's id; `generic` where nothing tells
 */
export function detectProvider(
  named: string | undefined,
  text: string,
  profiles: readonly ProviderProfile[],
): string {
  return (
    byName(named ?? '', profiles) ??
    bySigns(text, profiles) ??
    byHost(text, profiles) ??
    byName(firstMention(text, mentionable(named, text, profiles)), profiles) ??
    'generic'
  );
}

/** Whose servers stand at anybody's address: who runs one names it, and nothing in its address does. */
const AT_ANY_ADDRESS = new Set(
  'entra-id auth0 okta keycloak cognito identityserver spring django-oauth-toolkit doorkeeper ping gitlab mastodon sap genesys-cloud'.split(
    ' ',
  ),
);

/** It stands for a host, or is one that a whole post may put in the place of the real one. */
const NO_REAL_HOST =
  /[^a-z0-9.-]|^[^.]*$|\bexample\b|\.(?:test|local|internal|invalid)$|\b(?:your|my|some|the)[-_]?\w+|^(?:localhost|127\.)|\b(?:domain|tenant|host|server|provider|company)\b/;

/**
 * Whom a word in a sentence may mean. Where a token endpoint is shown that is none of theirs, a chat, a wiki, a store of
 * code or of logs that is named beside it is where the text comes from.
 */
function mentionable(
  named: string | undefined,
  text: string,
  profiles: readonly ProviderProfile[],
): readonly ProviderProfile[] {
  const others = named === undefined ? profiles : profiles.filter(notAPlaceOfCode);
  const hosts = urlsIn(text)
    .flatMap((url) => (isTokenUrl(url) ? (hostOf(url) ?? []) : []))
    .filter((host) => !NO_REAL_HOST.test(host));
  if (hosts.length === 0) return others;
  return others.filter(
    ({ id, aliases }) =>
      AT_ANY_ADDRESS.has(id) || [id, ...aliases].some((name) => hosts.some((host) => host.includes(name))),
  );
}

/** Where somebody else's server is named, "on GitHub" tells where its code lies. */
const notAPlaceOfCode = ({ id }: ProviderProfile): boolean => id !== 'github' && id !== 'gitlab';

/** The longest alias that stands in the name as a word. */
function byName(name: string, profiles: readonly ProviderProfile[]): string | undefined {
  const lower = ` ${name.toLowerCase().replace(/[^a-z0-9.]+/g, ' ')} `;
  let best: { id: string; length: number } | undefined;
  for (const profile of profiles) {
    for (const alias of [profile.id, profile.title, ...profile.aliases]) {
      const word = ` ${alias.toLowerCase().replace(/[^a-z0-9.]+/g, ' ')} `;
      if (word.trim() !== '' && lower.includes(word) && word.length > (best?.length ?? 0)) {
        best = { id: profile.id, length: word.length };
      }
    }
  }
  return best?.id;
}

function bySigns(text: string, profiles: readonly ProviderProfile[]): string | undefined {
  return profiles.find((profile) => profile.signs?.some((sign) => sign.test(text)))?.id;
}

function byHost(text: string, profiles: readonly ProviderProfile[]): string | undefined {
  const bare = [...text.slice(0, 50_000).matchAll(/\b(?:[a-z0-9-]{1,40}\.){1,5}[a-z]{2,12}\b/gi)].slice(
    0,
    300,
  );
  const hosts = [
    ...new Set([...urlsIn(text).flatMap((url) => hostOf(url) ?? []), ...bare.map((m) => m[0].toLowerCase())]),
  ];
  for (const host of hosts) {
    const owner = profiles.find(
      (profile) => profile.id !== 'generic' && profile.hostRole(host) !== 'unknown',
    );
    if (owner) return owner.id;
  }
  return undefined;
}

/** Namespaces of .NET, whose programs ask anybody. */
const OF_DOTNET = 'powershell|identitymodel|aspnetcore|extensions|netcore|win32|http';

/** Shorter aliases are words of everyday language as well, and these: a code is exchanged, a JWT has segments. */
const LONG_ALIAS = 7;
const EVERYDAY = /^(?:exchange|segment|outlook|dynamics|intercom|generic)$/;

/** Names that are words, too: the capital letter makes the name. */
const COMMON_WORD = /^(?:Linear|Notion|Stripe)$/;

function isNameAlone(alias: string): boolean {
  return alias.length >= LONG_ALIAS && !/\s/.test(alias) && !EVERYDAY.test(alias);
}

/** A provider's title as it stands in a sentence, or an alias that is long enough to mean nothing else. */
function firstMention(text: string, profiles: readonly ProviderProfile[]): string {
  const written = text.slice(0, 50_000);
  const head = written.toLowerCase();
  const seen = profiles
    .filter((profile) => profile.id !== 'generic')
    .flatMap(({ id, title, aliases }) =>
      // Who says Cloudflare mostly tells of what stands before a server of somebody else.
      [title, ...aliases.filter((one) => id !== 'cloudflare' && isNameAlone(one))]
        .filter((name) => name.length > 4)
        .map((name) => ({
          title,
          at: COMMON_WORD.test(title)
            ? written.search(mentionOf(title))
            : head.search(mentionOf(name.toLowerCase())),
        })),
    )
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return seen[0]?.title ?? '';
}

/** `out of a Confluence page`: there somebody wrote it down, and no server of it was asked. */
const WRITTEN = '(?:pages?|wiki|tickets?|boards?|channels?|docs?|documents?|articles?|posts?|notes?)';

function mentionOf(name: string): RegExp {
  const word = `${escaped(name)}(?!\\w|\\.(?:${OF_DOTNET})\\b)`;
  return new RegExp(
    `(?<![\\w.])(?:(?<!\\b(?:in|from|of|on|off) (?:an?|our|the|some|my) )${word}|${word}(?! ${WRITTEN}\\b))`,
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A vendor as data, and the profile that comes of it. */
import type { ProviderProfile, Reference, Signposts } from '../../core/index.ts';
import { firstWords } from './first-words.ts';
import { messages } from './messages.ts';
import { readPhrases, type Phrase } from './phrase.ts';
import { pitfallsOf } from './pitfalls.ts';

export interface Vendor {
  readonly id: string;
  readonly title: string;
  /** In lower case; found as whole words in what the person calls the provider. */
  readonly aliases: readonly string[];
  /** Wordings and hosts that nobody else writes. */
  readonly signs: readonly RegExp[];
  readonly tokenHosts?: RegExp;
  readonly apiHosts?: RegExp;
  /** What it does not name is as everywhere. */
  readonly signposts?: Omit<Signposts, 'features' | 'policies'> & Partial<Signposts>;
  readonly docs: Reference;
  readonly phrases: readonly Phrase[];
}

/**
 * The profile of a vendor: its own words first, then what many servers say, then the RFCs.
 * @param base the generic profile; what the vendor does not say is taken from it
 */
export function vendorProfile(
  vendor: Vendor,
  base: ProviderProfile,
  common: readonly Phrase[],
): ProviderProfile {
  const rows = [...firstWords, ...vendor.phrases, ...messages, ...common];
  return {
    ...base,
    id: vendor.id,
    title: vendor.title,
    aliases: vendor.aliases,
    signs: vendor.signs,
    signposts: { ...base.signposts, ...vendor.signposts },
    references: [vendor.docs],
    pitfalls: pitfallsOf(vendor.id),
    hostRole(host) {
      if (vendor.tokenHosts?.test(host)) return 'token';
      return vendor.apiHosts?.test(host) ? 'api' : 'unknown';
    },
    read: (exchange, scene) => readPhrases(rows, vendor.title, exchange, scene) ?? base.read(exchange, scene),
  };
}

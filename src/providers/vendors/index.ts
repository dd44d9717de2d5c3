/** The vendors whose words we know beside Genesys; a new one is a table and a line here. */
import { stepName, type ProviderProfile } from '../../core/index.ts';
import { common } from './shared-words.ts';
import { firstWords } from './first-words.ts';
import { entra } from './entra.ts';
import { auth0, cognito, identityServer, keycloak, okta, spring } from './identity.ts';
import { messages } from './messages.ts';
import { readPhrases, wordsOf } from './phrase.ts';
import { github } from './platforms-github.ts';
import { google } from './platforms-google.ts';
import { media, spotify } from './platforms-media.ts';
import { salesforce } from './platforms-salesforce.ts';
import { ringcentral, slack, talkers, zoom } from './platforms-talk.ts';
import { services } from './services.ts';
import { smaller } from './smaller.ts';
import { vendorProfile, type Vendor } from './vendor.ts';

export const VENDORS: readonly Vendor[] = [
  entra,
  auth0,
  okta,
  keycloak,
  cognito,
  google,
  salesforce,
  spotify,
  ringcentral,
  github,
  slack,
  zoom,
  identityServer,
  spring,
  ...media,
  ...talkers,
  ...smaller,
  ...services,
];

/** @param base the generic profile */
export function vendorProfiles(base: ProviderProfile): ProviderProfile[] {
  return VENDORS.map((vendor) => withSigns(vendorProfile(vendor, base, common)));
}

/** The generic profile with the wordings that many servers share; for pastes whose provider is not known. */
export function wordly(base: ProviderProfile): ProviderProfile {
  return {
    ...base,
    read: (exchange, scene) =>
      readPhrases([...firstWords, ...messages, ...common], 'What many servers say', exchange, scene) ??
      base.read(exchange, scene),
  };
}

/** A profile that reads an answer in the words of another vendor where that vendor's signs stand in it. */
export function withSigns(base: ProviderProfile): ProviderProfile {
  return {
    ...base,
    read(exchange, scene) {
      const words = wordsOf(exchange, scene);
      const vendor = words === '' ? undefined : VENDORS.find((v) => v.signs.some((sign) => sign.test(words)));
      const told = vendor && readPhrases([...firstWords, ...vendor.phrases], vendor.title, exchange, scene);
      return (
        told ??
        base.read(exchange, scene) ??
        readPhrases([...firstWords, ...messages, ...common], 'What many servers say', exchange, scene)
      );
    },
  };
}

/**
 * A profile that hears what servers, gateways and walls say of a refusal where it reads nothing itself. Whose words
 * they are is not known, so they force and prove nothing.
 */
export function hearing(base: ProviderProfile): ProviderProfile {
  const others = withSigns({ ...base, read: () => undefined });
  return {
    ...base,
    read(exchange, scene) {
      const own = base.read(exchange, scene);
      if (own || !['token', 'endpoint'].includes(stepName(exchange.step))) return own;
      const heard = others.read(exchange, scene);
      if (!heard) return undefined;
      const { causes, facts, references } = heard;
      return { causes, forced: false, facts, references };
    },
  };
}

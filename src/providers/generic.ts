/** Any server that speaks OAuth 2.0: what the RFCs say, and nothing else. */
import {
  statusOf,
  stepName,
  type Exchange,
  type ProviderProfile,
  type Reading,
  type Scene,
  type StageId,
} from '../core/index.ts';
import { genericAsks } from './generic-asks.ts';
import { readApiRefusal } from './rfc-api-errors.ts';
import { readTokenRefusal, TOKEN_ERRORS } from './rfc-errors.ts';
import { tokenFacts } from './token-facts.ts';

export const generic: ProviderProfile = {
  id: 'generic',
  title: 'the OAuth server',
  aliases: ['generic', 'oauth', 'oauth2', 'oauth 2.0', 'oidc', 'openid connect'],
  credential: { idForm: 'any', formEncoded: true, deformedBlocks: false },
  access: 'scopes',
  signposts: {
    client: 'the page where the client (application) was registered',
    grant: 'the grant types of the client where it was registered',
    access: 'the scopes (or API permissions) of the client where it was registered',
    features: 'the page of the provider where plans, APIs and features are switched on, or its support',
    policies: "the provider's sign-in or audit log, which names the policy, and its access policies",
    place: "the provider's documentation, or the issuer's discovery document",
  },
  references: [
    { title: 'RFC 6749: the OAuth 2.0 framework', url: 'https://www.rfc-editor.org/rfc/rfc6749' },
    { title: 'RFC 8414: authorization server metadata', url: 'https://www.rfc-editor.org/rfc/rfc8414' },
    TOKEN_ERRORS,
  ],
  tokenUrl: (settings) => settings.tokenUrl,
  hostRole: () => 'unknown',
  knowsScope: () => 'unknown',
  read: readByRfc,
  asks: genericAsks,
  inapplicable,
  holdings({ evidence }) {
    const { scopes } = tokenFacts(evidence);
    return { ...(scopes && { client: { scopes } }), permitted: {} };
  },
};

/**
 * An answer by the RFCs alone; profiles of vendors fall back to it for what their own words do not decide.
 * Discovery and introspection are read field by field and refuse nobody, unless it is for too many calls.
 */
export function readByRfc(exchange: Exchange, scene: Scene): Reading | undefined {
  const step = stepName(exchange.step);
  const limited = step === 'discovery' && statusOf(exchange) === 429;
  if (step === 'token' || limited) return readTokenRefusal(exchange, scene);
  return step === 'endpoint' ? readApiRefusal(exchange, scene) : undefined;
}

const READY = 'a ready token is used, so no token was asked for';

function inapplicable(stage: StageId, { evidence }: Scene): string | undefined {
  if (!evidence.settings.readyToken) return undefined;
  const skipped: readonly StageId[] = ['credential', 'header', 'request', 'client', 'grant'];
  return skipped.includes(stage) ? READY : undefined;
}

/** What Keycloak's own log of events says of a refusal; to the client it says less. A row is a name of the log. */
import type { FindingCode } from '../../core/index.ts';
import type { SaidRule } from './rule.ts';

/** The names: https://github.com/keycloak/keycloak, server-spi-private, org.keycloak.events.Errors. */
const ERRORS: readonly (readonly [names: string, code: FindingCode, why: string, tell: string])[] = [
  [
    'client_disabled',
    'client/disabled',
    'the client is disabled in its realm.',
    'In the admin console open the client: is it enabled?',
  ],
  [
    'client_not_found',
    'client/unknown',
    'the realm has no client of this id.',
    'Compare clientId and realmId of the event with the admin console.',
  ],
  [
    'invalid_client_credentials',
    'client/wrong-secret',
    'the client is known and its secret is another.',
    'Compare the length of the secret that is sent with that of the tab Credentials.',
  ],
  [
    'invalid_redirect_uri',
    'grant/redirect-uri-mismatch',
    'the address of the return is not among those of the client.',
    'Compare redirect_uri of the event with the valid redirect URIs of the client, letter for letter.',
  ],
  [
    'invalid_code|expired_code',
    'grant/code-invalid',
    'the code is used, has ended or was never issued.',
    'Redeem it once, at once, in the process that asked for it.',
  ],
  [
    'invalid_code_verifier|code_verifier_missing|pkce_verification_failed',
    'grant/pkce-mismatch',
    'the verifier does not fit the challenge.',
    'Log the verifier where it is made and where it is sent: is it the same?',
  ],
];

const eventOf = (names: string): RegExp =>
  new RegExp(`\\btype="?[A-Z_]{3,40}_ERROR"?,[^\\n]{0,600}\\berror="?(?:${names})\\b`);

export const keycloakEvents: readonly SaidRule[] = ERRORS.map(([names, code, why, tell]) => ({
  id: `keycloak-event-${names.split('|')[0]?.replaceAll('_', '-')}`,
  code,
  likelihood: 0.97,
  shows: eventOf(names),
  when: (look) => eventOf(names).test(look.scene.evidence.paste ?? ''),
  why: `Keycloak’s log of events names the reason: ${why}`,
  tell,
}));

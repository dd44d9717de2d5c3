/** Stage `grant`: may this client use this grant? */
import {
  answersTo,
  defineCheck,
  statusOf,
  visibleLine,
  type Check,
  type FixStep,
  type Scene,
  type Sighting,
} from '../core/index.ts';
import { clientTitle, messageToAdmin } from './asking.ts';
import { proof } from './proof.ts';
import { about, ledBy, shown, text, type ReadFacts } from './readings.ts';

const RFC6749_4_4 = {
  title: 'RFC 6749 §4.4, client credentials',
  url: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.4',
};
const RFC6749_4_1 = {
  title: 'RFC 6749 §4.1.3, access token request',
  url: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3',
};
const RFC7636 = { title: 'RFC 7636 §4.6, PKCE', url: 'https://www.rfc-editor.org/rfc/rfc7636#section-4.6' };

/** A service has no use for a code or a refresh token. */
const useClientCredentials: FixStep = {
  who: 'you',
  action:
    'If this is a service without a signed-in user, leave codes and refresh tokens alone: send grant_type=client_credentials and nothing of redirect_uri, code or refresh_token.',
};

/** Spellings of client_credentials that no server takes; the last two are how Genesys writes it elsewhere. */
const MISSPELT = /^(?:client[-_ ]?credentials?|clientcredentials?)$/i;

function misspelt(scene: Scene): Sighting<ReadFacts>[] {
  return answersTo(scene.evidence, 'token').flatMap((exchange) => {
    const sent = exchange.request.form?.['grant_type'];
    if (sent === undefined || sent === 'client_credentials' || !MISSPELT.test(sent)) return [];
    return [
      {
        facts: { ...about(exchange), sent },
        certainty: 'proved' as const,
        evidence: [
          { at: `${exchange.step}: request.body.grant_type`, shows: sent },
          ...(statusOf(exchange) === undefined ? [] : [shown(exchange)]),
        ],
        explains: [exchange.step],
        sufficient: true,
        tell: 'The value must be client_credentials, in these letters (RFC 6749 §4.4.2).',
      },
    ];
  });
}

/** The error code of the answer, where it has one. */
function saying({ error }: ReadFacts): string {
  return typeof error === 'string' && error !== '' ? ` with ${visibleLine(error)}` : '';
}

export const checks: readonly Check[] = [
  defineCheck<ReadFacts>({
    code: 'grant/not-allowed',
    severity: 'error',
    blocks: true,
    title: 'The client may not use this grant',
    page: 'Id and secret are right, but the client is not registered for the grant type that was asked for. At Genesys Cloud a client has exactly one grant type, and this answer comes only after id, secret, state and region have passed; other servers say invalid_request or unsupported_grant_type for the same.',
    references: [RFC6749_4_4],
    look: (scene) =>
      ledBy('grant/not-allowed', scene).map((s) => ({ ...s, facts: { ...s.facts, outright: s.sufficient } })),
    cause: ({ outright }, scene) =>
      outright
        ? `${cap(clientTitle(scene))} is not registered for the client credentials grant. The server knows the client; nothing is wrong with the id or the secret.`
        : `${cap(clientTitle(scene))} does not seem to be allowed the client credentials grant.`,
    fix: (facts, scene) => [
      {
        who: 'admin',
        action:
          scene.profile.access === 'roles'
            ? 'Make a new OAuth client of the grant type Client Credentials with the roles and divisions that it needs (a client has one grant type), and pass its id and secret on.'
            : 'Allow the client credentials grant for this client.',
        where: scene.profile.signposts.grant,
        message: messageToAdmin(scene, {
          problem: `It is refused${saying(facts)}: it ${scene.profile.access === 'roles' ? 'is not' : 'does not seem to be'} of the grant type that a service needs.`,
          please:
            scene.profile.access === 'roles'
              ? [
                  'make an OAuth client of the grant type Client Credentials',
                  'give it the roles and divisions of this integration',
                  'pass id and secret on over a safe way',
                ]
              : ['allow the grant type client_credentials for this client'],
          where: scene.profile.signposts.grant,
        }),
      },
      {
        who: 'you',
        action: `Put the id and secret of that client into ${scene.evidence.client?.source ?? 'your settings'}.`,
      },
      proof(scene),
    ],
  }),
  defineCheck<ReadFacts>({
    code: 'grant/wrong-type-sent',
    severity: 'error',
    blocks: true,
    title: 'The request asks for another grant than it means',
    page: 'The body names a grant type that does not fit: a spelling that no server has (client-credentials, CLIENT-CREDENTIALS), or a library that asks for refresh_token or authorization_code by itself. invalid_grant for a request that seems to ask for client_credentials is a sign of this: that error is about codes, refresh tokens and passwords (RFC 6749 §5.2).',
    references: [RFC6749_4_4],
    look: (scene) => {
      const seen = misspelt(scene);
      const steps = seen.flatMap((s) => s.explains);
      return [
        ...seen,
        ...ledBy('grant/wrong-type-sent', scene).filter((s) => !s.explains.some((x) => steps.includes(x))),
      ];
    },
    cause: (facts) =>
      facts['sent']
        ? `The body asks for grant_type=${text(facts['sent'])}; the value of RFC 6749 is client_credentials, in these letters.`
        : 'What the server refused is about an authorization code or a refresh token, so the request that was really sent asked for another grant than client_credentials.',
    fix: (_, scene) => [
      {
        who: 'you',
        action: 'Print the body that leaves the program and send grant_type=client_credentials, as a form.',
      },
      useClientCredentials,
      proof(scene, { anyGrant: true }),
    ],
  }),
  defineCheck<ReadFacts>({
    code: 'grant/code-invalid',
    severity: 'error',
    blocks: true,
    title: 'The authorization code is not good any more',
    page: 'An authorization code works once, for minutes at most, for the client and the redirect URI that it was issued to. invalid_grant after an exchange means that one of these does not hold.',
    references: [RFC6749_4_1],
    look: (scene) => ledBy('grant/code-invalid', scene),
    cause: () =>
      'The authorization code is unknown to the server: used already, too old, or issued to another client or redirect URI.',
    fix: (_, scene) => [
      useClientCredentials,
      {
        who: 'you',
        action:
          'Otherwise sign in anew and exchange the new code once, within a minute, with the same client and redirect URI.',
      },
      proof(scene, { anotherGrant: true }),
    ],
  }),
  defineCheck<ReadFacts>({
    code: 'grant/redirect-uri-mismatch',
    severity: 'error',
    blocks: true,
    title: 'The redirect URI differs from the registered one',
    page: 'The redirect URI must be the same byte for byte in the client, in the request for the code and in the exchange: scheme, host, port, path and the last slash.',
    references: [RFC6749_4_1],
    look: (scene) => ledBy('grant/redirect-uri-mismatch', scene),
    cause: () =>
      'The redirect URI of the request is not the one that the client is registered with, or not the one that the code was fetched with.',
    fix: (_, scene) => [
      useClientCredentials,
      {
        who: 'admin',
        action: 'Otherwise register the redirect URI of the program, byte for byte.',
        where: scene.profile.signposts.client,
        message: messageToAdmin(scene, {
          problem: 'The server refuses its redirect URI.',
          please: [
            'send me the redirect URIs as they are registered',
            'or add the one that the program uses',
          ],
          where: scene.profile.signposts.client,
        }),
      },
      proof(scene, { anotherGrant: true }),
    ],
  }),
  defineCheck<ReadFacts>({
    code: 'grant/refresh-token-invalid',
    severity: 'error',
    blocks: true,
    title: 'The refresh token is not good any more',
    page: 'A refresh token ends when it is used (where the server rotates it), revoked, too old, or when the user changes the password or consent. The client credentials grant has none: ask for a new access token instead (RFC 6749 §4.4.3).',
    references: [RFC6749_4_4],
    look: (scene) => ledBy('grant/refresh-token-invalid', scene),
    cause: () => 'The refresh token is used, revoked, expired, or of another client.',
    fix: (_, scene) => [
      useClientCredentials,
      {
        who: 'you',
        action: 'Otherwise sign in anew, and store the new refresh token each time the server sends one.',
      },
      proof(scene, { anotherGrant: true }),
    ],
  }),
  defineCheck<ReadFacts>({
    code: 'grant/pkce-mismatch',
    severity: 'error',
    blocks: true,
    title: 'The code verifier does not belong to the challenge',
    page: 'With PKCE the exchange must carry the verifier whose SHA-256, base64url without padding, was the challenge of the request for the code. A new verifier on every page load, or a padded or plain challenge, breaks it.',
    references: [RFC7636],
    look: (scene) => ledBy('grant/pkce-mismatch', scene),
    cause: () =>
      'The code verifier of the exchange does not give the challenge that the code was fetched with.',
    fix: (_, scene) => [
      {
        who: 'you',
        action:
          'Keep the verifier from the request for the code to the exchange, and make the challenge as base64url(SHA-256(verifier)) without padding.',
      },
      useClientCredentials,
      proof(scene, { anotherGrant: true }),
    ],
  }),
];

function cap(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

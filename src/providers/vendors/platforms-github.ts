/** GitHub: sign-in, Apps, and the REST API. */
import { says } from './phrase.ts';
import type { Vendor } from './vendor.ts';

const GITHUB =
  'https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors';
const GITHUB_REST = 'https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api';

export const github: Vendor = {
  id: 'github',
  title: 'GitHub',
  aliases: ['github', 'github enterprise'],
  signs: [
    /\bincorrect_client_credentials\b|bad_verification_code|Resource not accessible by (?:integration|personal access token)/,
  ],
  tokenHosts: /^github\.com$/,
  apiHosts: /^api\.github\.com$/,
  docs: { title: 'GitHub: troubleshooting access token requests', url: GITHUB },
  phrases: [
    says(
      /not accessible to the parent installation/i,
      [
        [
          'endpoint/missing-division',
          0.93,
          'The token was asked for by an installation that does not hold this repository.',
          'Look the installation up by the repository (GET /repos/{owner}/{repo}/installation), or add the repository to it.',
        ],
        ['endpoint/consent-missing', 0.15],
      ],
      'https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app',
    ),
    says(
      /incorrect_client_credentials/i,
      [
        ['client/wrong-secret', 0.75],
        ['client/unknown', 0.6],
      ],
      GITHUB,
    ),
    says(/bad_verification_code/i, [['grant/code-invalid', 0.97]], GITHUB, { forced: true }),
    says(
      /redirect_uri_mismatch|redirect_uri MUST match|redirect_uri is not associated/i,
      [['grant/redirect-uri-mismatch', 0.97]],
      GITHUB,
      { forced: true },
    ),
    says(/bad_refresh_token/i, [['grant/refresh-token-invalid', 0.97]], GITHUB, { forced: true }),
    says(
      /Resource not accessible by integration/i,
      [
        [
          'endpoint/user-context',
          0.95,
          'An installation token stands for no user, and this call is about the signed-in one.',
          'Use a user access token, or an endpoint of the installation.',
        ],
        ['endpoint/missing-permission', 0.4],
      ],
      GITHUB_REST,
      { when: (x) => /\/user(?:\/|\b(?!s))/.test(JSON.stringify(x)) },
    ),
    says(
      /'?(?:Expiration time'? claim|exp'?)[^\n]{0,40}(?:too far in the future|must be a numeric)|'Issued at' claim|iat'?\)? must be|JWT could not be decoded/i,
      [
        ['connection/clock-skew', 0.88, 'The clock of the machine that signs the JWT is ahead or behind.'],
        ['client/wrong-secret', 0.25],
      ],
      GITHUB_REST,
    ),
    says(
      /IP allow list enabled|not permitted to access this resource/i,
      [
        ['endpoint/ip-blocked', 0.95],
        ['endpoint/policy-denied', 0.3],
      ],
      GITHUB_REST,
    ),
    says(
      /suspended|application_suspended|account was (?:flagged|suspended)/i,
      [['client/disabled', 0.88]],
      GITHUB,
    ),
    says(
      /must have (?:admin|push|write) (?:rights|access)|Must have admin|does not have the correct permissions|insufficient_scope|X-Accepted-OAuth-Scopes|requires (?:the )?[\w:]+ scope/i,
      [
        ['endpoint/missing-permission', 0.72],
        ['endpoint/missing-scope', 0.6],
      ],
      GITHUB_REST,
    ),
    says(
      /Resource not accessible by integration[^]*(?:for-the-authenticated-user|#get-the-authenticated-user)/i,
      [
        [
          'endpoint/user-context',
          0.88,
          'The call is about the signed-in user, and the token of an installation has none.',
        ],
        ['endpoint/missing-permission', 0.35],
      ],
      GITHUB_REST,
    ),
    says(
      /Resource not accessible by integration|Resource not accessible by personal access token/i,
      [
        ['endpoint/missing-permission', 0.85],
        ['endpoint/user-context', 0.3],
      ],
      GITHUB_REST,
    ),
    says(
      /Bad credentials/i,
      [
        ['endpoint/token-malformed', 0.5],
        ['endpoint/token-expired', 0.48],
        ['endpoint/token-wrong-environment', 0.3],
      ],
      GITHUB_REST,
    ),
    says(/rate limit exceeded|secondary rate limit/i, [['endpoint/rate-limited', 0.97]], GITHUB_REST, {
      forced: true,
    }),
    says(
      /organization has enabled OAuth App access restrictions/i,
      [
        [
          'endpoint/consent-missing',
          0.97,
          'The organization lets in only those OAuth apps that an owner has approved, and this one is not among them.',
          'An owner approves the app: the organization’s settings > Third-party access > OAuth app policy.',
        ],
      ],
      'https://docs.github.com/en/organizations/managing-oauth-access-to-your-organizations-data/about-oauth-app-access-restrictions',
    ),
    says(
      /SAML enforcement|SAML SSO/i,
      [
        ['endpoint/policy-denied', 0.85],
        ['endpoint/ip-blocked', 0.4],
      ],
      GITHUB_REST,
    ),
    says(
      /#get-an?-[\w-]*installation-for-the-authenticated-app/,
      [
        [
          'endpoint/consent-missing',
          0.86,
          'The app asks for its own installation there and finds none: it is not installed, or not for this repository.',
          'The owner opens the app’s installation settings and adds the repository.',
        ],
        ['endpoint/not-found', 0.35],
      ],
      'https://docs.github.com/rest/apps/apps',
      { status: [404] },
    ),
    says(
      /"?Not Found"?/,
      [
        ['endpoint/not-found', 0.5],
        ['endpoint/missing-permission', 0.48],
        ['client/unknown', 0.3],
      ],
      GITHUB_REST,
    ),
  ],
};

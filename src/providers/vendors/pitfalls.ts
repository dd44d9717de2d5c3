/**
 * What integrations with a vendor stumble over by its own documentation, said before anything that failed is shown.
 * Nothing of it is seen in a paste, so it names causes of a verdict that stays inconclusive, and finds none.
 */
import type { FindingCode, Pitfall } from '../../core/index.ts';

type Row = readonly [code: FindingCode, why: string, tell: string, source: string];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  jobber: [
    [
      'endpoint/token-expired',
      'An access token ends after 60 minutes, and the token answer holds no expires_in, so a client that waits for that field to tell when never asks for a new one.',
      'Call with a token that is a minute old: if that works and an hour later does not, renew by the exp of the token.',
      'https://developer.getjobber.com/docs/building_your_app/app_authorization/',
    ],
    [
      'grant/refresh-token-invalid',
      'With refresh token rotation, which is on for a new app, each refresh gives a new refresh token and ends the old one.',
      'Is the refresh token of the last answer stored, before the next refresh?',
      'https://developer.getjobber.com/docs/building_your_app/refresh_token_rotation',
    ],
  ],
  salesforce: [
    [
      'endpoint/token-expired',
      'The token answer has no expires_in; the token ends by the session settings of the org, and only a 401 tells.',
      'Ask for a new token after INVALID_SESSION_ID: if the call works then, the old one had ended.',
      'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm',
    ],
    [
      'request/wrong-endpoint',
      'The client credentials flow is answered at the My Domain host of the org, not at login.salesforce.com or test.salesforce.com.',
      'Setup > My Domain: does the token request go to that host?',
      'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm',
    ],
  ],
  zoom: [
    [
      'grant/wrong-type-sent',
      'A Server-to-Server OAuth app asks with grant_type=account_credentials and account_id, not with client_credentials.',
      'Which grant_type is in the token request?',
      'https://developers.zoom.us/docs/internal-apps/s2s-oauth/',
    ],
  ],
  'entra-id': [
    [
      'client/wrong-secret',
      'The portal shows a secret’s ID and its Value; only the Value is the secret, and it is shown once and ends on a set date.',
      'A secret in the form of a UUID is the ID. Certificates & secrets: has it ended?',
      'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials',
    ],
    [
      'endpoint/consent-missing',
      'Application permissions count only after an administrator has granted consent.',
      'API permissions: does the status say "Granted"? Does the token have them in roles?',
      'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow',
    ],
    [
      'scope/malformed',
      'Client credentials ask for one scope, the resource followed by /.default.',
      'Does the scope of the request end in /.default?',
      'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow',
    ],
  ],
  google: [
    [
      'grant/refresh-token-invalid',
      'While the consent screen has the publishing status "Testing", a refresh token ends after seven days.',
      'APIs & Services > OAuth consent screen: the publishing status.',
      'https://developers.google.com/identity/protocols/oauth2#expiration',
    ],
    [
      'endpoint/feature-missing',
      'An API answers a project only after it was enabled there.',
      'APIs & Services > Enabled APIs: is it in the list of this very project?',
      'https://cloud.google.com/apis/docs/getting-started#enabling_apis',
    ],
  ],
  okta: [
    [
      'request/wrong-endpoint',
      'The org authorization server (/oauth2/v1/token) and a custom one (/oauth2/default/v1/token) have scopes and policies of their own.',
      'Which of the two paths does the token request have, and which server do the scopes belong to?',
      'https://developer.okta.com/docs/concepts/auth-servers/',
    ],
    [
      'client/auth-method-mismatch',
      'For the scopes of the Okta API a client must prove itself with a private key (private_key_jwt), not with a secret.',
      'Does the scope begin with "okta."? General > Client Credentials: the client authentication.',
      'https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/',
    ],
  ],
  auth0: [
    [
      'scope/wrong-audience',
      'A token request without the audience of the API gets no token for that API.',
      'Is the audience the Identifier of the API, letter for letter?',
      'https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow/call-your-api-using-the-client-credentials-flow',
    ],
    [
      'scope/not-allowed',
      'An application must be authorized for an API before it gets a token for it.',
      'APIs > the API > Machine to Machine Applications: the switch of the application.',
      'https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow/call-your-api-using-the-client-credentials-flow',
    ],
  ],
  keycloak: [
    [
      'request/wrong-endpoint',
      'Since version 17 the paths have no /auth before /realms, unless it is set.',
      'Which of /realms/… and /auth/realms/… answers?',
      'https://www.keycloak.org/migration/migrating-to-quarkus',
    ],
    [
      'scope/wrong-audience',
      'A token holds the audience of another client only where an audience mapper or its roles put it there.',
      'Decode the token: is the API in aud?',
      'https://www.keycloak.org/docs/latest/server_admin/#_audience',
    ],
  ],
  cognito: [
    [
      'grant/not-allowed',
      'An app client may use client credentials only with a secret, and with a custom scope of a resource server.',
      'App clients > Login pages: OAuth grant types and custom scopes.',
      'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html',
    ],
  ],
  spotify: [
    [
      'endpoint/user-context',
      'A client credentials token belongs to no user, so nothing under /me answers it.',
      'Does the path concern a user?',
      'https://developer.spotify.com/documentation/web-api/tutorials/client-credentials-flow',
    ],
    [
      'endpoint/feature-missing',
      'New apps have no access to audio features, recommendations and related artists since 27 November 2024.',
      'When was the app made, and is the endpoint one of these?',
      'https://developer.spotify.com/blog/2024-11-27-changes-to-the-web-api',
    ],
  ],
  xero: [
    [
      'grant/refresh-token-invalid',
      'A refresh token can be used once, ends after 60 days unused, and the answer holds the next one.',
      'Is the refresh token of the last answer stored?',
      'https://developer.xero.com/documentation/guides/oauth2/auth-flow/',
    ],
  ],
  intuit: [
    [
      'grant/refresh-token-invalid',
      'The value of a refresh token changes about once a day, and only the newest is valid.',
      'Is the refresh token of the last answer stored?',
      'https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/oauth-2.0',
    ],
  ],
  fitbit: [
    [
      'grant/refresh-token-invalid',
      'A refresh token can be used once; the answer holds the next one.',
      'Is the refresh token of the last answer stored?',
      'https://dev.fitbit.com/build/reference/web-api/authorization/refresh-token/',
    ],
  ],
  atlassian: [
    [
      'grant/refresh-token-invalid',
      'Refresh tokens rotate: each can be used once, and the answer holds the next one.',
      'Is the refresh token of the last answer stored?',
      'https://developer.atlassian.com/cloud/oauth/getting-started/refresh-tokens/',
    ],
  ],
  strava: [
    [
      'endpoint/token-expired',
      'An access token ends after six hours.',
      'Ask for a new token: if the call works then, the old one had ended.',
      'https://developers.strava.com/docs/authentication/',
    ],
    [
      'grant/refresh-token-invalid',
      'A refresh can give a new refresh token, and the old one ends at once.',
      'Is the refresh token of the last answer stored?',
      'https://developers.strava.com/docs/authentication/',
    ],
  ],
  dropbox: [
    [
      'endpoint/token-expired',
      'Access tokens are short-lived; without token_access_type=offline there is no refresh token to renew them.',
      'Does a token that is a minute old work?',
      'https://developers.dropbox.com/oauth-guide',
    ],
  ],
  box: [
    [
      'endpoint/consent-missing',
      'An app with client credentials or JWT must be authorized by an administrator of the enterprise, and again after each change of its scopes.',
      'Admin Console > Apps > Custom Apps Manager: the authorization of the app.',
      'https://developer.box.com/guides/authorization/custom-app-approval/',
    ],
  ],
  docusign: [
    [
      'endpoint/consent-missing',
      'The JWT grant needs the consent of the user, or of an administrator, once before.',
      'Open the consent URL for the integration key; the answer consent_required says the same.',
      'https://developers.docusign.com/platform/auth/consent/',
    ],
    [
      'request/wrong-region',
      'Demo and production have hosts of their own (account-d.docusign.com and account.docusign.com), and a key is for one of them.',
      'Compare the host with the environment of the key.',
      'https://developers.docusign.com/platform/auth/jwt-grant/',
    ],
  ],
  paypal: [
    [
      'request/wrong-region',
      'Sandbox and live have credentials and hosts of their own.',
      'Compare the host (api-m.sandbox.paypal.com or api-m.paypal.com) with where the credentials were made.',
      'https://developer.paypal.com/api/rest/',
    ],
  ],
  ebay: [
    [
      'request/wrong-region',
      'Sandbox and production have keysets and hosts of their own.',
      'Compare the host with the keyset.',
      'https://developer.ebay.com/api-docs/static/oauth-client-credentials-grant.html',
    ],
  ],
  zoho: [
    [
      'request/wrong-region',
      'Each data centre has an accounts host of its own (accounts.zoho.com, .eu, .in and more).',
      'Compare the host of the token request with the domain at which the account is used.',
      'https://www.zoho.com/accounts/protocol/oauth/multi-dc.html',
    ],
  ],
  slack: [
    [
      'endpoint/missing-scope',
      'A scope that is added to an app counts only after it was installed anew.',
      'Compare needed and provided of the answer; OAuth & Permissions: reinstall.',
      'https://docs.slack.dev/authentication/installing-with-oauth',
    ],
  ],
  linkedin: [
    [
      'scope/not-allowed',
      'A scope is there for an app only after the product that it belongs to was added to the app.',
      'Products and Auth of the app: is the scope in the list?',
      'https://learn.microsoft.com/linkedin/shared/authentication/getting-access',
    ],
  ],
  github: [
    [
      'endpoint/token-expired',
      'An installation token of a GitHub App ends after one hour.',
      'Does a token that is a minute old work?',
      'https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-an-installation-access-token-for-a-github-app',
    ],
  ],
};

/** What a vendor's documentation warns of; none where we know of nothing. */
export function pitfallsOf(vendor: string): readonly Pitfall[] {
  const rows = Object.hasOwn(ROWS, vendor) ? (ROWS[vendor] ?? []) : [];
  return rows.map(([code, why, tell, source]) => ({ code, why, tell, source }));
}

/** Whose server a paste is about: the address that is shown decides, not a word beside it. */
import { expect, it } from 'vitest';
import { judged } from './judged.ts';

const REFUSED = 'POST https://sso.fjord-lines.no/oauth2/token -> 401 {"error":"invalid_client"}';

it.each([
  `seen in Slack: ${REFUSED}`,
  `GitHub Actions step 4\n${REFUSED}`,
  `Confluence says we do it like this:\n${REFUSED}`,
  `Datadog has this line: ${REFUSED}`,
  `Databricks notebook, cell 3: ${REFUSED}`,
  `I keep the values in a Google spreadsheet.\n${REFUSED}`,
  'requests_oauthlib raised oauthlib.oauth2.rfc6749.errors.InvalidClientError: (invalid_client)',
  'we wait with a linear backoff, and it is invalid_client each time',
])('a program beside it is not the server: %s', (paste) => {
  expect(judged(paste).provider).toBe('generic');
});

it.each([
  ['keycloak', `Our Keycloak says no.\n${REFUSED}`],
  ['auth0', `Auth0 with a domain of our own.\n${REFUSED}`],
  ['slack', 'Slack says invalid_client when I exchange the code'],
  ['github', `GitHub Enterprise\n${REFUSED.replace('sso.fjord-lines.no', 'github.fjord-lines.no')}`],
  ['databricks', 'Databricks: POST https://YOUR_DOMAIN/oidc/v1/token -> 401 {"error":"invalid_client"}'],
  ['linear', 'Linear answers {"error":"invalid_client"}'],
])('who may stand at that address is %s: %s', (id, paste) => {
  expect(judged(paste).provider).toBe(id);
});

it.each([
  [
    'genesys-cloud',
    'Error: Failed to read genesyscloud_flow: API Error: 403 - Missing the following permission(s): [architect:flow:view] (7d1a0a3e-1f2b-4f8a-9f57-0a1b2c3d4e5f)',
  ],
  ['genesys-cloud', 'API Error: 404 - The flow was not found. (7d1a0a3e-1f2b-4f8a-9f57-0a1b2c3d4e5f)'],
  [
    'sap',
    'POST https://shop.authentication.us10.hana.ondemand.com/oauth/token -> 401 {"error":"unauthorized","error_description":"Bad credentials"}',
  ],
])('the form of the message or the address is that of %s: %s', (id, paste) => {
  expect(judged(paste).provider).toBe(id);
});

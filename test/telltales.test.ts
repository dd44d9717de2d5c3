/** What people tell and show beside an answer: each telltale is heard in a body of its own, and none in plain talk. */
import { describe, expect, it } from 'vitest';
import { pasteProfiles } from '../src/app/explain-paste.ts';
import { builtIn } from '../src/catalogue/index.ts';
import { Look } from '../src/checks/said/rule.ts';
import { heardIn, TELLTALES, weightsIn } from '../src/checks/said/telltales/index.ts';
import { explainPaste } from '../src/app/explain-paste.ts';
import { isCode } from '../src/core/index.ts';
import { readStatement } from '../src/reading/index.ts';

function lookAt(statement: object): Look {
  const evidence = readStatement(statement, pasteProfiles);
  const profile = pasteProfiles.find((p) => p.id === evidence.provider) ?? pasteProfiles.at(-1)!;
  return new Look({ evidence, profile, catalogue: builtIn, mode: 'everything' });
}

const refused = (note: string, more: object = {}): object => ({
  tokenResponse: { status: 401, body: '{"error":"invalid_client"}' },
  note,
  ...more,
});
const grant = (note: string, more: object = {}): object => ({
  tokenResponse: { status: 400, body: '{"error":"invalid_grant"}' },
  note,
  ...more,
});
const call = (note: string, more: object = {}, status = 403): object => ({
  apiRequest: { method: 'GET', url: 'https://api.example.com/v1/things' },
  apiResponse: { status, body: '' },
  note,
  ...more,
});
const code = (text: string): object => ({
  tokenResponse: { status: 400, body: 'Bad Request' },
  config: { code: text },
});
const TOKEN = {
  tokenResponse: { status: 200, body: '{"access_token":"x","token_type":"bearer","scope":"read"}' },
};

const EXAMPLES: { readonly [id: string]: object } = {
  'page-for-people-said': { note: 'The answer of the token URL looks like a web page' },
  'odd-signs-since-an-update': refused(
    'Since the last upgrade clients whose secret has special characters are refused',
  ),
  'another-scope-refused': {
    tokenResponse: { status: 400, body: '{"error":"invalid_scope"}' },
    config: { code: "const scope = 'openid email';" },
    note: 'For openid alone it works, for email it does not',
  },
  'one-code-several-times': grant('I see two calls with the same authorization code.'),
  'token-endpoint-asked-twice': {
    tokenResponse: { body: 'Bad Request' },
    note: 'In the network tab the token URL is called two times.',
  },
  'second-exchange-in-a-log': {
    tokenResponse: {
      status: 400,
      body: 'POST /connect/token responded 200\nPOST /connect/token responded 400',
    },
  },
  'callback-run-twice': grant('In development useEffect runs twice on the page of the callback'),
  'asked-before-the-visit': {
    note: 'Log-in by e-mail fails where Safe Links opens the link first; then the code is spent',
  },
  'renewed-at-each-request': {
    note: 'Our gateway renews the token before every call, and users are thrown out; is that wrong?',
  },
  'spent-when-used': {
    config: {
      code: 'const old = await find(refreshToken)\nif (!old) throw new OAuthError("invalid_grant")\nawait revokeRefreshToken(old)',
    },
    note: 'Users are logged out now and then, the refresh fails',
  },
  'life-made-short': call('We reduced the lifetime of access tokens to five minutes', {}, 401),
  'page-showed-more': call('The consent screen shows "Read your files". The token has only one scope'),
  'boxes-for-some-users': call('On the consent page some people leave a checkbox empty'),
  'pair-set-and-not-found': {
    tokenResponse: { body: '{"error":"invalid_request","error_description":"client_id is required"}' },
    note: 'The client id and the secret are both set',
  },
  'token-for-one-part': call('The key is restricted to a single bucket, and the tool lists all of them'),
  'projects-of-the-cloud-differ': call('The service account lives in another GCP project', {
    provider: 'Google Cloud',
  }),
  'broad-role-and-yet-refused': call('The service principal has the role Contributor', {
    provider: 'Azure',
    apiResponse: {
      status: 403,
      body: "does not have authorization to perform action 'Microsoft.Web/sites/read' over scope '/subscriptions/1'",
    },
  }),
  'method-that-posts-json': { note: 'Our helper uses post_json for the refresh of the token' },
  'token-with-few-rights': call('The PAT was given only the read:user scope'),
  'sign-in-page-not-found-at-github': {
    provider: 'GitHub',
    tokenRequest: { url: 'https://github.com/login/oauth/authorize?client_id=a1&scope=repo' },
    tokenResponse: { status: 404 },
  },
  'encodes-since-an-upgrade': refused('Since the upgrade the library url-encodes the secret first'),
  'form-works-front-end-not': {
    curl: 'curl https://api.example.com/login -d user=a -d password=b',
    note: 'With curl it works, from the React front end it is refused',
  },
  'sign-in-ends-in-404': { note: 'The sign-in of our portal ends in a 404' },
  'words-taken-for-hosts': call('curl: (6) Could not resolve host: Bearer'),
  'feature-off-said': call('The wiki is switched off for this project'),
  'fields-missing-said': {
    apiRequest: { method: 'GET', url: 'https://api.example.com/v1/x' },
    apiResponse: { status: 200, body: '{"id":1}' },
    note: 'Some of the fields of the API document are missing in it',
  },
  'sheets-of-a-robot': { note: 'With the service account the list of calendars is empty' },
  'limit-reached-said': { note: 'The page says that the quota was exceeded' },
  'explorer-works': call('The Graph Explorer shows all of it for the same address'),
  'no-permission-helps': call(
    'We tried all permissions for the app registration, and none of these permissions helps',
  ),
  'right-in-one-environment-said': call("With environment = 'sandbox' the key works"),
  'scopes-that-a-library-asks-for': {
    tokenResponse: { body: '{"error":"invalid_scope"}' },
    note: 'Passport sends its scopes by default, I never set one',
  },
  'anew-after-days': grant('Every 7 days I have to open the consent page again.'),
  'new-tokens-work-once': grant('With fresh tokens it runs once, then the refresh is refused.'),
  'token-on-two-machines': grant('I shared the token with another server; the refresh fails now.'),
  'another-has-to-be-fetched': call('After a little while I have to generate a new one.', {}, 401),
  'good-some-hours-ago': call('The last working request was two hours ago.', {}, 401),
  'verifier-lost': grant('On the way back the code_verifier in the session is undefined.'),
  'redirect-is-right-said': grant('The redirect_uri is exactly the same.'),
  'nothing-found-by-the-server': refused('Its log says: no client identifier found.'),
  'parameters-in-the-query': {
    tokenResponse: {
      status: 400,
      body: '{"error":"invalid_request","error_description":"grant_type missing"}',
    },
    note: 'The app sends its parameters in the query string.',
  },
  'place-of-the-secret-wanted': refused('The server reads the secret in the request body only.'),
  'secret-replaced-and-restarted': refused('I rotated the password and restarted all pods.'),
  'refresh-token-good-for-a-while': { note: 'With a fresh refresh token it works for two days, then fails.' },
  'exchanged-again-by-hand': grant('I tried the same with curl and the code of the callback.'),
  'two-exchanges-at-once': { note: 'Two identical token requests go out after the callback, and one fails.' },
  'refresh-in-the-code': grant('', {
    config: { code: 'post({ grant_type: "refresh_token", refresh_token })' },
  }),
  'known-grant-not-read': {
    tokenRequest: { body: 'grant_type=refresh_token&refresh_token=abc' },
    tokenResponse: { status: 400, body: '{"error":"unsupported_grant_type"}' },
  },
  'header-refused-by-the-library': { note: 'It throws ERR_INVALID_CHAR for the header.' },
  'content-type-spoilt-said': refused('The Content-Type that it sends is misspelled.'),
  'link-holds-for-hours': { note: 'The connection is only good for 4 hours, then it fails.' },
  'machine-whose-clock-drifts': call(
    'It runs on a Raspberry Pi.',
    { apiResponse: { status: 401, body: 'token expired' } },
    401,
  ),
  'signed-elsewhere-it-works': call('We sign a JWT. A co-worker runs the same script without an error.'),
  'app-taken-down-said': { note: 'LinkedIn has suspended our app, and all logins fail.' },
  'app-not-public-yet': { note: 'Login fails. The app was never published.' },
  'role-on-a-part-only': call('It is Reader on the storage account.', {
    apiResponse: { status: 403, body: 'may not perform this over scope /subscriptions/1' },
  }),
  'other-installation-of-an-app': call('The GitHub App has an installation in another account.', {
    provider: 'GitHub',
  }),
  'token-of-one-team': call('I switched the team.', {
    provider: 'Vercel',
    apiResponse: { status: 403, body: 'Forbidden' },
  }),
  'password-grant-not-known': {
    tokenResponse: { status: 400, body: '{"error":"unsupported_grant_type"}' },
    note: 'I use the password grant of Spring Authorization Server.',
  },
  'scopes-of-identityserver': { note: 'It fails, and the table ApiScopes is empty.' },
  'block-by-an-administrator': { note: 'The login fails with: This app is blocked.' },
  'order-of-the-two-told': refused('The call has first the secret and then the client id.'),
  'encoder-that-fails': { note: 'The header cannot be sent: UnicodeEncodeError.' },
  'old-password-field-of-npm': call('In .npmrc, _password is in base64.'),
  'only-some-passwords': refused('It fails with certain passwords.'),
  'made-without-its-secret': refused('The client was imported with secret = null.'),
  'callback-at-another-host': {
    note: 'Sign-in fails: the callback http://localhost:3000/cb does not match the one of the app.',
  },
  'metadata-not-fetched': { note: 'At the start it cannot load the discovery document.' },
  'silence-in-a-private-network': {
    note: 'The function sits in a private subnet and the token request times out.',
  },
  'name-not-resolved-beside-a-proxy': {
    tokenResponse: { body: 'getaddrinfo ENOTFOUND id.example.com' },
    note: 'nginx is the proxy before it.',
  },
  'server-of-this-grant-asks-otherwise': refused(
    'In its source, the grant type that the server expects has another name.',
  ),
  'basic-though-no-secret': refused(
    'I have no client secret, and the tool adds a Basic header all the same.',
  ),
  'elsewhere-the-same-works': {
    apiRequest: { method: 'GET', url: 'https://api.acme.com/v1/things' },
    apiResponse: { status: 401, body: 'Unauthorized' },
    note: 'At api.eu1.acme.com the same call works.',
  },
  'request-without-headers': {
    tokenResponse: { status: 400, body: '{"error":"invalid_request"}' },
    note: 'I send the body with no headers.',
  },
  'read-with-its-line-end': refused('secret = open("secret.txt").readline()'),
  'sign-eaten': refused('The secret has a backslash in it'),
  'run-as-it-stands': refused('I ran it exactly like this, with client_id=your_client_id'),
  'clock-set-otherwise': call('After I corrected the date it worked'),
  'key-of-another-issuer': call('SigningKeyNotFoundError'),
  'two-ways-named': refused('The log of the server says multiple_client_credentials'),
  'put-in-by-a-shell': refused('', { authorizationHeader: 'Basic $TOKEN' }),
  'secret-from-a-file': refused('The secret comes from a file, DB_CLIENT_SECRET_FILE'),
  'this-machine-in-a-container': {
    config: { compose: 'environment: ISSUER=http://localhost:8081/realms/a' },
    note: 'unable to connect from the docker network',
  },
  'name-not-found-said': call("The pod can't resolve the host name of the login server"),
  'token-from-the-future': call('It says that the token is not yet valid'),
  'password-grant-works': refused('I use client_credentials. With grant_type=password the same pair works'),
  'page-loaded-again': grant('When somebody reloads the page of the callback it fails'),
  'refresh-token-as-a-code': code('const { tokens } = await client.getToken(refreshToken)'),
  'robot-refused': grant('The service account has a key file in JSON'),
  'one-scope-works': code('One scope works, but as soon as I ask for two scopes it fails'),
  'scope-given-twice': {
    tokenRequest: { body: 'grant_type=client_credentials&scope=read&scope=write' },
    tokenResponse: { status: 400, body: '{"error":"invalid_scope"}' },
  },
  'every-permission-given': {
    ...call('I have given the app every permission I could find'),
    provider: 'Microsoft Graph',
  },
  'pair-missed-beside-a-header': {
    tokenResponse: {
      status: 400,
      body: '{"error":"invalid_request","error_description":"client_id is required"}',
    },
    note: 'The header is Basic, as it should be',
  },
  'grant-with-a-hyphen': refused('I send the parameter "grant-type"'),
  'path-of-an-older-keycloak': {
    note: 'Keycloak 25 does not answer at https://id.example.com/auth/realms/x/protocol/openid-connect/token',
  },
  'lines-of-76': refused('The encoder puts line breaks every 76 characters'),
  'userinfo-without-a-user': call('With client credentials I call userinfo', {}, 401),
  'token-for-each-call': call('Each request gets a new token first', {}, 401),
  'box-left-open': call('On the page of consent I left a checkbox of the scopes open'),
  'grant-from-an-answer': code('new URLSearchParams({ grant_type: query.get("code"), code })'),
  'client-made-for-another-grant': {
    config: { command: 'php artisan passport:client' },
    tokenRequest: { url: 'https://id.example.com/oauth/token', body: 'grant_type=password&username=a' },
    tokenResponse: { status: 401, body: '{"error":"invalid_client"}' },
  },
  'scopes-of-a-user-for-an-app': call('client_credentials with user-library-read'),
  'name-of-a-method-misspelt': refused('client-authentication-method: post'),
  'json-without-its-type': code("fetch(url, { method: 'POST', body: JSON.stringify({ grant_type }) })"),
  'encoded-echoed': {
    tokenResponse: { status: 401, body: "client_id 'abc%3Adef' unknown" },
  },
  'header-among-the-data': code(
    "opts = { headers: { Authorization: 'Basic ' + pair } };\n$.post('https://id.example.com/token', opts, done)",
  ),
  'delegated-permission-of-an-app': call('With client credentials and user_impersonation it refuses me'),
  'key-as-secret': refused('As the secret I took the text of AuthKey_ABC.p8'),
  'issuer-by-two-names': call('The issuer differs, as we have several domains for one token server', {}, 401),
  'no-client-in-the-request': {
    tokenRequest: { url: 'https://id.example.com/token', body: 'grant_type=password&username=a&password=b' },
    tokenResponse: { status: 401, body: '{"error":"invalid_client"}' },
  },
  'no-form-said': refused('The log of the server: Invalid HTTP request for token endpoint'),
  'encoded-before-base64': code('base64_encode(urlencode(id) . ":" . urlencode(key))'),
  'word-taken-for-a-host': refused('curl says: Could not resolve host: grant_type'),
  'mark-before-the-form': code("body: '?grant_type=password&username=a'"),
  'nothing-in-a-scope': refused('It sends scope=session:role:None'),
  'id-in-both-places': {
    tokenRequest: {
      url: 'https://id.example.com/token',
      headers: { Authorization: 'Basic YWJjOmRlZg==' },
      body: 'grant_type=client_credentials&client_id=abc',
    },
    tokenResponse: { status: 401, body: '{"error":"invalid_client"}' },
  },
  'login-of-live-and-test': { note: 'The sandbox does not work, every login fails' },
  'placeholder-as-token': {
    apiRequest: { method: 'GET', url: 'https://api.example.com/v1/x' },
    apiResponse: { status: 401, body: 'sent: Bearer ACCESS_TOKEN_HERE' },
  },
  'one-request-of-two-works': grant('', {
    config: { 'works (mail)': 'scope=mail.read', 'fails (files)': 'scope=files.read' },
  }),
  'one-place-works': refused('The same script works fine with an account of the other region'),
  'sign-named': refused('Our key has a % sign since last week'),
  'hash-in-a-log': refused('The log says: No matching hashed secret found'),
  'line-break-in-a-header-value': refused('Unexpected char 0x0d at 70 in header value: Basic'),
  'base64-without-the-word': code('header = base64.b64encode(pair)\ngrant_type=client_credentials'),
  'scope-run-into-its-host': refused('it asks for https://vault.example.comuser_impersonation'),
  'host-setting-with-a-path': refused('', {
    config: { code: "authHost: 'https://id.example.com/as/token'" },
  }),
  'scope-encoded-before': refused('scope: read%20write'),
  'access-policy-shown': call('New-ApplicationAccessPolicy was run for the group'),
  'route-for-users': call('The route has auth:sanctum', { config: { grant: 'client_credentials' } }, 401),
  'token-of-the-default-resource': call('token=$(az account get-access-token --query accessToken)'),
  'no-basic-header-shown': refused('', {
    tokenRequest: { url: 'https://id.example.com/token', headers: { Authorization: 'Token xxxxxxxx' } },
  }),
  'form-in-the-headers': {
    tokenRequest: { url: 'https://id.example.com/token', headers: { grant_type: 'client_credentials' } },
    tokenResponse: { status: 400, body: '{"error":"invalid_request"}' },
  },
  'form-in-the-url': {
    tokenRequest: { url: 'https://id.example.com/token?grant_type=password&username=a' },
    tokenResponse: { status: 400, body: '{"error":"invalid_request"}' },
  },
  'option-that-sends-nothing': code(
    "const request = require('request');\nrequest.post({ url, data: { grant_type: 'client_credentials' } })",
  ),
  'parameter-without-its-sign': code('body = "grant_type=password&client_id" + id'),
  'id-set-and-no-secret': code('new Sdk({ clientId: "abc" })'),
  'braces-around-base64': refused('-H "Authorization: Basic {NmRkNTY3ODkwMTIzNDU2Nzg5}"'),
  'bearer-with-the-pair': code('header := "Bearer " + base64(clientId, clientSecret)'),
  'certificate-works-secret-not': call(
    'With a certificate in place of the secret the client can read it',
    {},
    401,
  ),
  'scope-was-not-among-those-asked': call('The sign-in asked for a few scopes, but not for mine'),
  'network-rule-shown': call('', { config: { code: 'network_acls { default_action = "Deny" }' } }),
  'stray-quote': refused('The client id has a stray quote at its end'),
  'one-token-for-two-apis': call('With the same token I can read the Graph API', {}, 401),
  'server-does-not-decode': refused('The header is url encoded, and the server does not decode it'),
  'sign-arrives-encoded': refused('The + of the secret goes out as %2B'),
  'padding-lost': refused('The base64 in the Basic header comes without its `=` padding'),
  'line-break-in-a-basic-header': refused(
    'Authorization: Basic xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nxxxx',
  ),
  'works-without-the-secret': refused('When I leave out the client secret it works'),
  'pair-was-not-sent': refused('The request has neither client_id nor client_secret'),
  'named-object-as-data': code(
    "const form = { grant_type: 'password', username: 'u' };\naxios({ method: 'post', url: '/token', data: form })",
  ),
  'one-url-works-the-other-not': { note: "The url `oauth/tokens` works, `oauth/token` doesn't" },
  'token-for-graph-at-the-mailbox': {
    config: { scope: 'https://graph.microsoft.com/.default', host: 'outlook.office365.com' },
    note: 'The IMAP login fails',
  },
  'bearer-twice': call('dev tools show: Authorization: Bearer Bearer abc', {}, 401),
  'basic-where-bearer-belongs': call('We sent Basic instead of Bearer', {}, 401),
  'wants-the-other-place': refused('The server wants a Basic header for client id and secret'),
  'endpoint-takes-no-json': refused('It assumes that the token endpoint speaks JSON'),
  'quoted-by-set': refused('In the command prompt I ran\nset APP_SECRET="abc def"'),
  'asked-elsewhere-than-set': call('', { config: { base_url: 'https://eu.example.com/v1' } }, 401),
  'me-without-a-user': call('With client_credentials it is refused', {
    apiRequest: { method: 'GET', url: 'https://api.example.com/v1/me' },
  }),
  'userinfo-refused': call('', {
    apiRequest: { method: 'GET', url: 'https://id.example.com/realms/x/protocol/openid-connect/userinfo' },
  }),
  'refused-once-encoded': refused('With Basic and url-encoded special characters the request is rejected'),
  'both-said': refused('The gateway uses both Basic Auth as well as client_id & client_secret body values'),
  'no-secret-in-the-request': {
    tokenRequest: {
      url: 'https://id.example.com/token',
      body: 'grant_type=password&client_id=abc&username=u',
    },
    tokenResponse: { status: 401, body: '{"error":"invalid_client"}' },
  },
  'braces-or-quotes-in-a-sent-url': refused('POST https://id.example.com/%7Babc%7D/token resulted in 401'),
  'quoted-in-an-env-file': {
    tokenResponse: { status: 401, body: '{"error":"invalid_client"}' },
    config: { '.env': 'APP_CLIENT_ID="abc123"', start: 'docker run --env-file .env app' },
  },
  'works-with-one-redirect': grant('It only works when the redirect_uri is the one of the settings'),
  'plus-or-comma-in-a-scope': {
    tokenResponse: { status: 400, body: '{"error":"consent_required"}' },
    config: { url: 'https://id.example.com/authorize?scope=signature%2Bimpersonation' },
  },
  'opaque-token-said': { provider: 'Auth0', note: 'The access token is opaque, so it is an invalid JWT' },
  'only-scope-of-the-user-pool': {
    provider: 'AWS Cognito',
    note: 'The scope always contains only aws.cognito.signin.user.admin, what is wrong?',
  },
  'scope-check-failed-said': call('The log says: scope validation failed', {}, 401),
  'division-in-a-permission': call('', {
    apiResponse: {
      status: 403,
      body: 'Missing: telephony:extensionPool:edit:dbdb51ee-0000-4000-8000-000000000000',
    },
  }),
  'code-of-an-app-about-me': call('', {
    config: { code: 'cred := azidentity.NewClientSecretCredential(t, c, s, nil)\nclient.Me().Get(nil)' },
  }),
  'works-with-a-tool': refused('The same request works fine in Insomnia'),
  'call-works-with-a-tool': call('In Postman it works'),
  'values-verified': refused('I double-checked the client id and the secret'),
  'worked-before': refused('It suddenly stopped working last night'),
  'after-an-upgrade': refused('Since we upgraded to 4.2 nobody can log in'),
  'now-and-then': call('It fails sporadically'),
  'after-some-time': call('After about two hours every call fails with 401', {}, 401),
  'second-time': grant('The first request works, the second request fails'),
  'other-calls-work': call('All other endpoints work with this token'),
  'own-values-fail': refused('With the demo credentials it works, with my own keys I get an error'),
  'machine-differs': refused('Locally all is well, but on the server in docker it fails'),
  'user-token-works': call('With a user token it works'),
  'other-grant-works': call('I can read it with the password grant'),
  'admin-can': call('As an admin it works'),
  'nothing-but-a-code': refused('help'),
  'one-account-only': call('Only one tenant: other tenants work'),
  'empty-pair': { authorizationHeader: 'Basic bnVsbDpudWxs', note: 'refused' },
  'empty-parameter': {
    tokenRequest: { url: 'https://id.example.com/token' },
    note: 'POST /token?client_id=undefined&x=1 fails',
  },
  'missing-said': refused('It says the client_secret is missing'),
  'environment-variables': refused('The values come from os.environ'),
  'not-expanded': refused('The variable was not expanded'),
  'variable-as-value': refused('Error', {
    config: { 'app.properties': 'oauth.client.secret="${MY_OAUTH_SECRET}"' },
  }),
  'value-cut': refused('Everything after the # is cut off the secret'),
  'line-feed-in-a-url': refused('The URL ends in %0A&grant_type'),
  'wall-before-the-server': call('There is a Cloudflare page in between'),
  'quotes-kept': refused('Tried with and without quotes around the secret'),
  'signs-in-a-secret': refused('The secret contains a plus'),
  'encoding-talked-of': refused('Do I have to percent-encode the secret?'),
  'new-line-in-a-value': refused('The secret has a trailing newline'),
  'new-line-in-a-token': call('The token in the file ends with a newline'),
  'blank-at-an-edge-shown': {
    config: { 'settings.json': '"client_id": "svc-billing "' },
    note: 'does not work',
  },
  'read-from-a-file': refused('Inline it works, but when the secret is read from a file it fails'),
  'encoded-already': refused('It seems to be base64 encoded twice'),
  'not-ascii': refused("'latin-1' codec can't encode character: ordinal not in range"),
  'copied-from': refused('I copied the secret from the portal'),
  interchanged: refused('Maybe I swapped the id and the secret'),
  'stand-in-shown': refused('It says your_client_id in the sample'),
  'hash-shown': refused('The table holds $2a$10$abcdefgh for this client'),
  'secret-replaced': refused('We rotated the client secret'),
  'wrong-kind-of-key': refused('I use the secret ID of the portal'),
  'wrapping-encoder': code('auth = Base64.encode64("#{id}:#{secret}")'),
  'literal-encoder-call': refused('I send Authorization: Basic BASE64(id:secret)'),
  'base64-talked-of': refused('The Basic header is base64 of the pair'),
  'broken-base64-said': refused('It says: illegal base64 character'),
  'word-basic-missing': refused('Do I need the prefix "Basic" in front?'),
  'two-ways-at-once': refused('It sends both the header and body credentials and'),
  'other-scheme': refused('Authorization: Digest abc'),
  'bearer-at-the-token-endpoint': refused('I send a bearer header to /token'),
  'place-of-the-pair': refused('This provider expects the pair in the request body'),
  'json-in-code': code('post(url, json={"grant_type": "client_credentials"})'),
  'object-as-data': code('axios.post("https://id.example.com/token", {grant_type: "client_credentials"})'),
  'json-type-in-code': code(
    'headers = {"Content-Type": "application/json"}; data = "grant_type=client_credentials"',
  ),
  'json-type-with-a-form': code(
    'new URLSearchParams({grant_type: "password"}); headers: {"Content-Type": "application/json"}',
  ),
  multipart: {
    curl: 'curl -F grant_type=password https://id.example.com/token',
    ...refused('multipart form-data'),
  },
  'form-talked-of': {
    tokenResponse: { status: 400, body: 'Bad Request' },
    note: 'Content-Type is x-www-form-urlencoded',
  },
  'grant-in-the-query': code("$client->post($url, ['query' => ['grant_type' => 'client_credentials']])"),
  'grant-missing-said': {
    tokenResponse: { status: 400, body: 'Bad Request' },
    note: 'It says that grant_type is missing',
  },
  'body-lost': { tokenResponse: { status: 400, body: 'Bad Request' }, note: 'The server sees an empty body' },
  'shell-complains': {
    curl: 'curl https://id.example.com/token',
    note: "'grant_type' is not recognized as an internal or external command",
  },
  'on-windows': {
    curl: 'curl https://id.example.com/token',
    note: 'I run curl in the Windows command prompt',
  },
  'two-audiences': call('the token has "aud": "api://one" and the API wants "aud": "api://two"', {}, 401),
  'nearly-authorization': refused('headers: "Authentication": "Basic abc"'),
  'bare-token': call(
    'refused',
    {
      apiRequest: {
        url: 'https://api.example.com/v1/x',
        headers: { Authorization: 'eyJhbGciOiJub25lIn0abcdefgh' },
      },
    },
    401,
  ),
  'no-scope-asked': {
    ...TOKEN,
    tokenRequest: { url: 'https://id.example.com/token', body: 'grant_type=password' },
    apiResponse: { status: 403, body: 'outside the authorized scopes' },
  },
  'value-in-braces': {
    curl: 'curl -u ${g8VpLr1xzQ7WBank}:${xGPYloBxj5jRupJV} https://id.example.com/token',
    note: 'invalid',
  },
  'blank-in-a-url': { note: 'https://id.example.com/token? grant_type=password fails' },
  'scopes-run-together': {
    tokenResponse: {
      status: 400,
      body: 'invalid_scope: https://www.example.com/auth/ahttps://www.example.com/auth/b',
    },
  },
  'variable-echoed': {
    tokenResponse: { status: 400, body: "Application with identifier '{{appId}}' was not found" },
  },
  'nothing-echoed': refused('/authorize?client_id=undefined&response_type=code'),
  'path-echoed': refused('client_id=%2Frun%2Fsecrets%2Fid is in the URL'),
  'doubled-echoed': {
    tokenResponse: {
      status: 400,
      body: "application with identifier 'abcd1234-ffffabcd1234-ffff' was not found",
    },
  },
  'braces-kept': refused('ClientId: "{billing-7}" stands in the log'),
  'token-for-another-api': call(
    'refused',
    { config: { token: '"resource": "https://other.example.com"' } },
    401,
  ),
  'secret-before-id': code('new CredentialsAuth(clientSecret, clientID);'),
  'text-to-base64': code("'Basic ' + Buffer.from((id + ':' + secret).toString('base64'))"),
  'request-line-in-url': refused('url = https://id.example.com/token HTTP/1.1'),
  'header-without-quotes': {
    curl: 'curl -H Authorization: Bearer abc https://api.example.com/x',
    note: 'fails',
  },
  'blank-in-base64': refused('There is a space in the base64 string'),
  'digest-in-hex': grant('I base64 the hexdigest of the verifier as challenge'),
  'signed-by-a-machine': grant('googleapis with a service account'),
  'nobody-found-in-a-log': call('The log has getaddrinfo ENOTFOUND'),
  'encoded-by-a-change': refused('The special characters are being url-encoded since the update'),
  'sign-in-an-id': refused("My client id is 'urn:app' with a colon"),
  'body-works-header-not': refused('With basic it fails, but when I post them in the body it works'),
  'two-parts-of-the-world': refused('The account is in Frankfurt, the library asks us-east-1'),
  'a-part-of-the-world': refused('The account is in Sydney'),
  'sovereign-cloud': refused('This is GCC High'),
  'test-system': refused('It is the staging server'),
  'place-talked-of': refused('Which realm is asked?'),
  'place-differs-said': refused('It uses another tenant'),
  'page-from-the-token-url': {
    tokenResponse: { status: 200, body: '<!doctype html><html><body>Sign in</body></html>' },
    note: 'no token',
  },
  'url-wrong-said': { tokenResponse: { status: 400, body: 'Bad Request' }, note: 'The token url changed' },
  'no-such-page': { tokenResponse: { status: 400, body: 'Cannot POST /token' }, note: 'fails' },
  'discovery-talked-of': refused('The issuer url is from the discovery document'),
  'authorize-or-version': refused('Do I need v1.0 or v2.0 of the endpoint?'),
  'proxy-talked-of': refused('We are behind a company proxy'),
  'silence-behind-a-proxy': {
    tokenResponse: { body: 'connect ETIMEDOUT 192.0.2.1:443' },
    note: 'behind a proxy',
  },
  'certificate-talked-of': refused('It works with verify=False and a self-signed certificate'),
  'address-talked-of': { note: 'The container cannot reach localhost' },
  'clock-talked-of': grant('The system time was off'),
  'outage-talked-of': { tokenResponse: { status: 500, body: 'oops' }, note: 'Is the server down?' },
  'browser-or-mobile-app': refused('It is a React single-page app'),
  'public-or-confidential': refused('The access type is confidential'),
  'switched-off': refused('Is my application suspended?'),
  'gone-or-new': refused('I just created the application'),
  'client-not-there-said': {
    tokenResponse: { status: 400, body: 'Bad Request' },
    note: 'It says the client does not exist',
  },
  'wrong-id-said': refused('Perhaps the wrong client id'),
  'wrong-secret-said': refused('Perhaps the wrong secret'),
  'nearly-a-grant': refused('Error', {
    tokenRequest: { url: 'https://id.example.com/token', body: 'grant_type=client-credentials' },
  }),
  'another-flow-runs': {
    tokenResponse: { status: 400, body: 'Bad Request' },
    note: 'The library always sends the grant type authorization_code',
  },
  'grants-of-a-client': {
    tokenResponse: { status: 400, body: '{"error":"unauthorized_client"}' },
    note: 'Which allowed grant types?',
  },
  'code-talked-of': grant('The authorization code is exchanged by the server'),
  'redirect-talked-of': grant('The redirect_uri is set in the console'),
  'redirect-wrong-said': grant('Is it the trailing slash of the redirect uri that does not match?'),
  'refresh-talked-of': grant('When I refresh the token'),
  'refresh-ended': grant('After seven days the refresh fails'),
  'pkce-talked-of': grant('I send a code_verifier'),
  'scopes-listed-otherwise': {
    tokenRequest: { url: 'https://id.example.com/authorize?scope=a%2Cb&client_id=x' },
    note: 'invalid',
  },
  'separator-talked-of': {
    tokenResponse: { status: 400, body: '{"error":"invalid_scope"}' },
    note: 'The scopes are comma separated',
  },
  'scope-wanted': {
    tokenResponse: { status: 400, body: '{"error":"invalid_scope"}' },
    note: 'Is a scope required?',
  },
  'scopes-not-in-the-token': call('The token does not contain my scopes'),
  'scope-not-known-said': {
    tokenResponse: { status: 400, body: '{"error":"invalid_scope"}' },
    note: 'The scope does not exist',
  },
  'scope-not-given-said': {
    tokenResponse: { status: 400, body: '{"error":"invalid_scope"}' },
    note: 'I added the scope in the client settings',
  },
  'audience-talked-of': call('Which audience must I ask for?', {}, 401),
  'identity-token-used': call('I send the id_token to the API as bearer', {}, 401),
  'expiry-talked-of': call('Does the cached token expire?', {}, 401),
  'token-spoiled': call('Error: jwt malformed', {}, 401),
  'other-thing-as-token': call('I used the client id as the bearer token', {}, 401),
  'header-does-not-arrive': call('The Authorization header is missing at the server', {}, 401),
  'signer-or-issuer': call('The issuer does not match', {}, 401),
  'live-and-test': call('The key is of the sandbox, the URL of production', {}, 401),
  'right-talked-of': call('Which role is needed?'),
  'right-missing-said': call('It says insufficient permissions'),
  'scope-talked-of': call('Is it the scope?'),
  'division-talked-of': call('Only the Home division is shown'),
  'scopes-asked-for-shown': {
    provider: 'Spotify',
    config: { code: 'auth = SpotifyOAuth(scope=["user-read-email"])' },
    apiResponse: { status: 403, body: 'Insufficient client scope' },
  },
  'other-calls-need-scopes-too': {
    provider: 'Spotify',
    apiResponse: { status: 403, body: 'Insufficient client scope' },
    note: 'Listing my albums is fine. Saving one is refused',
  },
  'no-page-where-the-sign-in-should-be': {
    provider: 'GitHub',
    note: 'A click on the button gives a 404 page instead of the login',
  },
  'about-me': call('refused', { apiRequest: { method: 'GET', url: 'https://api.example.com/v1/users/me' } }),
  'machine-and-user': call('I use client credentials in a background service'),
  'user-wanted-said': call('Does it need a signed-in user?'),
  'consent-talked-of': call('Admin consent was given'),
  'path-not-there-said': call('Is this endpoint deprecated?'),
  'licence-talked-of': call('We are on the free plan'),
  'right-not-offered': call('This permission is not listed in our org'),
  'address-list-talked-of': call('Our egress IP is on the allow list'),
  'policy-talked-of': call('Is it conditional access?'),
  'acts-for-a-user': call('With client credentials I want to add a song to a playlist'),
  'user-gave-less': {
    note: 'On the consent page people deselect some of the permissions, and later our calls fail',
  },
  'less-scope-came-back': { note: 'The token that I receive has just the profile scope' },
  'no-refresh-token-came': { note: 'The answer holds an access token and no refresh token' },
  'token-that-nobody-can-read': { provider: 'Auth0', note: 'The access token is opaque' },
  'nothing-given-said': { note: 'The SDK says: api key must not be empty' },
  'host-label-twice': { note: 'It cannot resolve host sso.sso.example.com' },
  'scopes-enforced-lately': {
    provider: 'Genesys Cloud',
    note: 'An admin began to enforce OAuth scopes, and the app is refused',
  },
  'rate-talked-of': call('We make 500 requests per minute'),
  'empty-success': {
    apiRequest: { method: 'GET', url: 'https://api.example.com/v1/x' },
    apiResponse: { status: 200, body: '{"total":0,"items":[]}' },
  },
  'emptiness-said': {
    apiRequest: { method: 'GET', url: 'https://api.example.com/v1/x' },
    note: 'The API returns an empty list',
  },
};

describe('telltales', () => {
  it('has a body for each, and no more', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(TELLTALES.map(({ id }) => id).sort());
  });

  it.each(TELLTALES.map((one) => [one.id, one] as const))('%s is heard', (id, { tells }) => {
    expect(heardIn(lookAt(EXAMPLES[id] ?? {})).map((one) => one.id)).toContain(id);
    for (const [named, weight] of Object.entries(tells)) {
      expect(isCode(named), named).toBe(true);
      expect(Math.abs(weight)).toBeLessThanOrEqual(3.5);
    }
  });

  it('hears nothing in plain talk', () => {
    const heard = heardIn(
      lookAt({
        tokenResponse: { status: 400, body: '{"error":"invalid_client"}' },
        note: 'Good morning to all of you. I hope that somebody knows what to do about this; thanks a lot in advance.',
      }),
    );
    expect(heard.map(({ id }) => id)).toEqual([]);
  });

  it('proves nothing, and puts nothing above a defect that is there', () => {
    // The header decodes to nothing readable: that is there, and it suffices.
    const { verdict } = explainPaste({
      tokenRequest: {
        method: 'POST',
        url: 'https://id.example.com/oauth/token',
        headers: { Authorization: 'Basic a:b:c!' },
        body: 'grant_type=client_credentials',
      },
      tokenResponse: { status: 401, body: '{"error":"invalid_client"}' },
      note: 'We rotated the client secret. Wrong secret? The secret was regenerated, the old secret has expired.',
    }).report;
    expect(verdict.candidates[0]?.code).toBe('header/bad-base64');
    const told = explainPaste(refused('We rotated the client secret, and the old secret has expired')).report;
    expect(told.verdict).toMatchObject({ rootCause: 'client/wrong-secret', certainty: 'suspected' });
  });

  it('adds what several say', () => {
    const look = lookAt(refused('The same request works fine in Postman. The secret contains a plus.'));
    const weights = weightsIn(look);
    expect(weights.get('credential/needs-form-encoding')).toBeCloseTo(0.9 + 1.6);
    expect(weights.get('client/wrong-secret')).toBeLessThan(0);
  });
});

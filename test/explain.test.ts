import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import { SAID_RULES } from '../src/checks/said/index.ts';
import { stepName } from '../src/core/index.ts';

const verdictOf = (statement: object) => explainPaste(statement).report.verdict;
const token = (body: string, more: object = {}) => ({ tokenResponse: { body }, ...more });
const call = (status: number, body: string, more: object = {}) => ({
  apiResponse: { status, body },
  ...more,
});
const INVALID_CLIENT = '{"error":"invalid_client"}';
const INVALID_GRANT = '{"error":"invalid_grant"}';

/** A body for each rule that is none of those from which it was learnt. */
const EXAMPLES: { readonly [id: string]: object } = {
  'pair-overlooked-in-the-header': token(
    '{"error":"invalid_request","error_description":"Missing client_id"}',
    {
      note: 'Our Go program authenticates with HTTP Basic.',
    },
  ),
  'more-than-a-grant-type': token('{"error":"unsupported_grant_type"}', {
    note: 'The builder appends what it has, so grant_type ends up as client_credentials followed by the scopes',
  }),
  'renewal-sent-as-another-grant': token('Bad Request', {
    note: 'The first log-in works. An hour later the refresh call fails; its body still has grant_type=authorization_code.',
  }),
  'line-that-fell-apart': {
    note: 'I run the request of the manual and get: bash: -H: command not found',
  },
  'address-torn-in-two': token('{"error":"invalid_scope"}', {
    config: { code: "scope: 'openid https:// graph.example.com/User.Read'" },
  }),
  'one-of-several-scopes-named': {
    tokenRequest: { url: 'https://id.example.com/authorize?client_id=a&scope=openid+profile+reports.all' },
    tokenResponse: {
      status: 400,
      body: '{"error":"invalid_scope","error_description":"Unknown scope: reports.all"}',
    },
  },
  'object-sent-as-text': token(
    '{"error":"invalid_scope","error_description":"Unknown scope System.String[]"}',
  ),
  'joined-scopes-quoted-back': token(
    '{"error":"invalid_scope","error_description":"These scopes are unknown: mail:read+mail:send"}',
  ),
  'mark-before-the-text': {
    note: 'The API key is read from key.txt, which PowerShell saved as UTF-8 with BOM; every call is refused',
  },
  'header-outside-latin-1': call(0, "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u2013'"),
  'file-read-with-its-line-end': call(0, 'net/http: invalid header field value for "Authorization"', {
    config: {
      code: 'key, _ := os.ReadFile("/run/secrets/key")\nreq.Header.Set("Authorization", "Bearer "+string(key))',
    },
  }),
  'good-elsewhere-than-in-the-file': {
    note: 'With --password-file the log-in fails. The very same password works when I type it in',
  },
  'file-made-in-an-editor': call(401, 'Unauthorized', {
    note: 'The client reads the API key from a file that I created with nano',
  }),
  'echo-into-base64-said': call(401, 'Unauthorized', {
    note: 'For the Basic header I echoed user and password into base64',
  }),
  'encoded-form-encoded-again': call(401, 'Unauthorized', {
    config: { code: 'headers["Authorization"] = "Basic " + btoa(settings.key)' },
    note: 'I pasted the encoded version of the key into the settings',
  }),
  'plain-key-at-elastic': call(401, 'security_exception', {
    provider: 'Elastic Cloud',
    note: 'I send the header Authorization: ApiKey {key_id}:{key}',
  }),
  'pair-not-encoded-said': call(401, 'Unauthorized', {
    note: 'The exporter is refused. It puts user:password behind Basic without encoding',
  }),
  'another-word-than-the-server-wants': call(401, 'Unauthorized', {
    apiRequest: { url: 'https://api.example.com/v1/orders', headers: { Authorization: 'Bearer <token>' } },
    note: 'The manual says that the server expects the word Token',
  }),
  'token-behind-basic': call(401, 'Unauthorized', {
    note: 'My code sets the header to Authorization: Basic <access token>',
  }),
  'works-with-an-unusual-word': call(401, 'Unauthorized', {
    note: "With -H 'Authorization: Token <key>' it works in curl, with the SDK it does not",
  }),
  'grant-type-in-codes': {
    tokenRequest: {
      method: 'POST',
      url: 'https://id.example.com/oauth/token',
      headers: { 'Content-Type': 'application/json' },
      body: '{"grant_type":"urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer","assertion":"x"}',
    },
    tokenResponse: { status: 400, body: '{"error":"unsupported_grant_type"}' },
  },
  'token-as-the-grant': {
    tokenRequest: {
      method: 'POST',
      url: 'https://id.example.com/oauth/token',
      body: 'grant_type=access_token&client_id=a1&client_secret=b2',
    },
    tokenResponse: { status: 400, body: '{"error":"unsupported_grant_type"}' },
  },
  'grant-of-a-client-misspelt': {
    provider: 'Genesys Cloud',
    note: 'Our script cannot create the OAuth client: it sends the grant type as "CLIENT_CREDENTIALS"',
  },
  'flow-of-a-sign-in-refused': token('{"error":"unsupported_response_type"}'),
  'app-down-in-the-console': call(401, 'Unauthorized', {
    note: 'In the developer console the app is shown as deactivated',
  }),
  'one-way-demanded': call(400, 'Only one authorization scheme may be used in this request'),
  'caller-without-an-identity': call(403, 'callers without established identity may not use this method'),
  'parameter-of-powershell': call(0, "Invoke-RestMethod: Cannot bind parameter 'Headers'."),
  'home-in-a-part-of-the-world': call(401, 'unknown key', {
    note: 'Our account is in the EU, and the library has no setting for it',
  }),
  'signs-that-a-shell-reads': call(401, 'Unauthorized', {
    note: 'The client secret has a dollar sign in it, and I pass it on the command line',
  }),
  'quotes-that-nobody-takes-off': call(401, 'Unauthorized', {
    config: { 'prod.env': "API_TOKEN='q7Zt0vLw3m'" },
    note: 'It is started with docker run --env-file prod.env',
  }),
  'quotes-in-an-ini-file': call(401, 'Unauthorized', {
    config: { 'settings.ini': '[fitbit]\nclient_secret = "k3TqZ0vYb7"' },
    note: 'This is the config file of the script',
  }),
  'number-changed-said': token('unknown client', {
    note: 'The client id, which is digits alone, is sent in scientific notation',
  }),
  'shorter-than-it-was': call(401, 'Unauthorized', {
    note: 'What the server receives as my API key is 12 characters shorter than what I typed',
  }),
  'cleaned-before-it-is-stored': call(401, 'Unauthorized', {
    note: 'The settings page runs the password through htmlspecialchars, so the password has &amp; in it',
  }),
  'word-taken-for-a-host': call(0, 'curl: (6) Could not resolve host: Authorization', {
    note: 'HEADERS="-H \'Authorization: Bearer x\'"; curl $HEADERS https://api.example.com',
  }),
  'typographic-quotes-in-a-command': {
    curl: 'curl https://api.example.com/v1/me -H “Authorization: Bearer abc”',
    apiResponse: { body: 'curl: (6) Could not resolve host: abc”' },
  },
  'curl-of-powershell': {
    note: 'In PowerShell the curl line of the manual fails; double quotes for single ones change nothing',
  },
  'json-to-the-token-url': token('Bad Request', {
    config: { code: 'r = requests.post(TOKEN_URL, json={"code": code, "client_id": cid})' },
  }),
  'json-said': token('Bad Request', {
    note: 'The refresh of the token is posted as application/json by our client, and it is refused',
  }),
  'json-under-the-type-of-a-form': token('Bad Request', {
    config: {
      code: "headers: {'Content-Type': 'application/x-www-form-urlencoded'},\nbody: JSON.stringify({ code })",
    },
  }),
  'several-ways-at-once': token('{"error":"invalid_request"}', {
    note: 'The server rejects it for using more than one authentication method',
  }),
  'header-and-body-said': token('{"error":"invalid_request"}', {
    note: 'The library puts the credentials into the header and into the body, both at once',
  }),
  'no-id-token': token('{"access_token":"x","token_type":"bearer"}', {
    note: 'The answer lacks the id_token, and our client fails on it',
  }),
  'no-refresh-token': {
    provider: 'Google',
    note: 'I only ever get an access token and never get a refresh token, why?',
  },
  'no-e-mail-of-the-user': {
    provider: 'Facebook',
    note: 'After the login the e-mail of the user is undefined in the profile',
  },
  'private-ones-do-not-show': {
    provider: 'GitHub',
    note: 'With my token the public repositories are listed, but private repositories do not show up',
  },
  'feature-switched-off': call(403, '403 Forbidden', {
    note: 'In that project the packages are switched off in its settings',
  }),
  'template-in-a-log': call(401, 'client started with apiKey=YOUR_API_KEY\n401 Unauthorized'),
  'value-that-nobody-set': call(401, 'Unauthorized', {
    note: 'The token in the log is not the one that I entered',
  }),
  'variable-not-found': call(0, "KeyError: 'WEATHER_API_KEY'"),
  'token-request-redirected': {
    curl: 'curl -X POST https://id.example.com/oauth/token -d grant_type=client_credentials',
    tokenResponse: { status: 301 },
  },
  'slash-at-the-end': {
    tokenRequest: { method: 'POST', url: 'https://sso.example.com/application/o/token' },
    tokenResponse: { status: 405 },
  },
  'hosted-ui-as-issuer': {
    config: { 'application.yml': 'issuer-uri: https://shop.auth.eu-west-1.amazoncognito.com' },
    note: 'It fails at the start',
  },
  'padding-in-a-challenge': token(INVALID_GRANT, {
    note: 'The code_challenge that we send is padded with = as base64 is',
  }),
  'approval-of-an-admin': {
    provider: 'Microsoft Entra ID',
    note: 'Our colleagues see a page that asks for the approval of an admin and cannot go on',
  },
  'secret-of-a-native-app': {
    provider: 'Microsoft Entra ID',
    tokenRequest: {
      method: 'POST',
      url: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=authorization_code&client_id=svc&client_secret=s3&code=c&redirect_uri=urn:ietf:wg:oauth:2.0:oob',
    },
    tokenResponse: { status: 400, body: 'Bad Request' },
  },
  'header-over-two-lines': token(INVALID_CLIENT, {
    config: { code: 'headers["Authorization"] = "Basic " + [id + ":" + secret].pack("m")' },
  }),
  'long-ones-fail': token(INVALID_CLIENT, {
    note: 'Basic auth is fine with a short password, and longer secrets are refused',
  }),
  'pair-without-its-colon': token(INVALID_CLIENT, {
    note: 'Decoded, the value after Basic is only the client id, the colon is missing',
  }),
  'began-to-encode-before-base64': token(INVALID_CLIENT, {
    note: 'It worked with version 2; since version 3 id and secret are percent-encoded for the Basic header',
  }),
  'placeholder-echoed': token("Unknown client_id: 'your_client_id_here' for this tenant"),
  'nothing-quoted-back': call(401, '{"error":"The token you provided: undefined is not one of ours"}'),
  'key-was-expected': call(401, 'Access denied: the subscription key is missing'),
  'template-quoted-back': call(401, 'Invalid API key provided: YOUR_SECRET_KEY_HERE'),
  'signs-around-the-key': call(401, "Bad token supplied: 'tk-3f••••••••91'"),
  'quotes-in-a-list-of-compose': call(403, 'Forbidden', {
    config: { 'docker-compose.yml': 'environment:\n  - GRAFANA_CLIENT_SECRET="9fkV2xQ7mLw3"' },
  }),
  'quotes-behind-set': call(401, 'Unauthorized', {
    note: 'C:\\work> set MY_API_KEY="k3TqZ0vYb7" and then run',
  }),
  'single-quotes-keep-the-dollar': call(401, 'Unauthorized', {
    note: 'The header has the variable in it and stands in single quotes',
  }),
  'line-end-in-a-header': call(
    0,
    'requests.exceptions.InvalidHeader: header value "Bearer abc\\n" is not allowed',
  ),
  'line-end-in-a-value': call(401, 'Unauthorized', {
    config: { code: "export SERVICE_TOKEN=$'<token>\\n'" },
  }),
  'bytes-in-a-header': call(0, 'invalid header field value "token \\x05\\x1f9" for key X-Auth'),
  'name-left-in-braces': call(401, 'no such token', {
    note: 'The server logs Authorization: Bearer {{access_token}}, so the variable was not resolved',
  }),
  'id-of-the-secret': token(INVALID_CLIENT, { note: 'I took the Secret ID of the portal for it' }),
  'base64-of-what-is-one-value': call(401, 'Unauthorized', {
    note: 'The library turns my API key into base64 before it sends the bearer header',
  }),
  'value-alone-in-the-header': call(401, 'Unauthorized', {
    note: 'The client writes the API key straight into the Authorization header',
  }),
  'codec-that-knows-ascii-only': {
    config: { log2: "UnicodeEncodeError: 'latin-1' codec can't encode character in the password" },
    note: 'It fails before anything is sent to the API',
  },
  'token-in-the-refresh-request': token('Unauthorized', {
    note: 'When the app refreshes, axios still adds the default header with the expired access token',
  }),
  'both-ways-said': token('{"error":"invalid_request"}', {
    note: 'It sends the pair with client_secret_basic and also with client_secret_post, which the server complains about',
  }),
  'percent-signs-before-base64': token(INVALID_CLIENT, {
    note: 'The secret ends in =, which becomes %3D before all of it goes through base64 for the Basic header',
  }),
  'nothing-in-the-sign-in-url': {
    tokenRequest: { url: 'https://id.example.com/authorize?client_id=null&response_type=code' },
    tokenResponse: { status: 400, body: 'unknown application' },
  },
  'quotes-in-the-sign-in-url': {
    tokenRequest: {
      url: 'https://id.example.com/authorize?response_type=code&redirect_uri=%22https://a.example/cb%22',
    },
    tokenResponse: { status: 400, body: 'unknown application' },
  },
  'curl-read-no-url': token('curl: (3) URL using bad/illegal format or missing URL'),
  'library-does-not-encode': token(
    '{"error":"invalid_client","error_description":"Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)."}',
    { note: 'next-auth against our Hydra' },
  ),
  'placeholder-said': {
    config: { '.env': 'copied from .env.example' },
    note: 'It still has the default client id from the template',
  },
  'return-printed': token(INVALID_CLIENT, {
    note: '>>> config["client_secret"]\n"hG7kP2nR5tW9yB3eH6mQ1zX4\\r"',
  }),
  'line-end-printed': token(INVALID_CLIENT, {
    note: 'printf %s "$CLIENT_SECRET" | hexdump -C | tail -2\n00000020  48 36 6d 51 0a                                    |H6mQ.|',
  }),
  'foreign-sign-printed': token(INVALID_CLIENT, {
    note: 'list(client_secret.encode()) ends in [..., 81, 226, 128, 139]',
  }),
  'placeholder-still-there': { note: 'The settings file still contains the template values' },
  'instruction-left': token(INVALID_CLIENT, {
    config: { 'appsettings.json': '"ClientSecret": "[Paste the secret from the portal]"' },
  }),
  'setting-not-set': token(INVALID_CLIENT, {
    note: 'Turns out the environment variables were not set in the container',
  }),
  'empty-setting': token(INVALID_CLIENT, { config: { client_id: 'svc-billing-7', client_secret: '' } }),
  'echo-adds-newline': { config: { script: 'AUTH=$(echo "$ID:$SECRET" | openssl base64)' } },
  'base64-that-wraps': token('{"error":"invalid_request"}', {
    curl: 'curl https://id.example.com/token -H "Authorization: Basic $(printf %s "$ID:$SECRET" | base64)" -d grant_type=client_credentials',
  }),
  'trailing-blank-said': token(INVALID_CLIENT, { note: 'The value from the vault ends with a newline' }),
  'special-characters': token(INVALID_CLIENT, { note: 'Our secret has special characters like + and /' }),
  'no-basic-word': { note: 'I was missing the Basic prefix' },
  'code-without-basic': token('Unauthorized', {
    config: {
      code: 'headers["Authorization"] = b64_creds\nrequests.post("https://id.example.com/oauth/token", headers=headers)',
    },
  }),
  'wrapped-base64': token('400 Bad Request', {
    config: { code: 'String h = "Basic " + new BASE64Encoder().encodeBytes(pair.getBytes());' },
  }),
  'sdk-without-environment': {
    provider: 'Genesys Cloud',
    config: {
      code: 'var api = platformClient.ApiClient.instance;\napi.loginClientCredentialsGrant(id, secret)',
      org: 'mypurecloud.de',
    },
  },
  'two-genesys-domains': token(
    '{"error":"invalid_client","description":"authentication failed","error_description":"authentication failed"}',
    {
      provider: 'Genesys Cloud',
      config: { login: 'https://login.mypurecloud.com', api: 'https://api.euw2.pure.cloud' },
    },
  ),
  'scopes-joined-otherwise': token('invalid_scope', {
    note: 'The scopes of the login link are separated by %2C',
  }),
  'line-break-in-a-scope': token('invalid_scope', {
    note: 'Our scope has a new line after the first word',
  }),
  'sign-in-without-a-scope': token('invalid_scope', {
    note: 'We send the browser to https://id.example.com/authorize?client_id=portal&response_type=code&state=7',
  }),
  'less-came-back': {
    tokenRequest: {
      url: 'https://id.example.com/token',
      body: 'grant_type=client_credentials&scope=orders.read orders.write',
    },
    tokenResponse: { status: 200, body: '{"access_token":"x","scope":"orders.read"}' },
    note: 'Writing orders fails',
  },
  'account-in-a-part-of-the-world': call(401, 'Unauthorized', {
    note: 'Our workspace is hosted in Frankfurt',
  }),
  'single-quotes-on-windows': call(401, 'Unauthorized', {
    curl: "curl -u 'robot:7Hq2' https://api.example.com/v1/jobs",
    note: 'I typed it into cmd.exe',
  }),
  'keycloak-event-client-disabled': token('Unauthorized', {
    note: 'WARN [org.keycloak.events] type="CLIENT_LOGIN_ERROR", realmId="a1", clientId="job", userId="null", error="client_disabled"',
  }),
  'keycloak-event-client-not-found': token('Unauthorized', {
    note: 'WARN [org.keycloak.events] type="CLIENT_LOGIN_ERROR", realmId="a1", clientId="job", userId="null", error="client_not_found"',
  }),
  'keycloak-event-invalid-client-credentials': token('Unauthorized', {
    note: 'WARN [org.keycloak.events] type="CLIENT_LOGIN_ERROR", realmId="a1", clientId="job", userId="null", error="invalid_client_credentials"',
  }),
  'keycloak-event-invalid-redirect-uri': token('Unauthorized', {
    note: 'WARN [org.keycloak.events] type="LOGIN_ERROR", realmId="a1", clientId="job", userId="null", error="invalid_redirect_uri"',
  }),
  'keycloak-event-invalid-code': token('Unauthorized', {
    note: 'WARN [org.keycloak.events] type="CODE_TO_TOKEN_ERROR", realmId="a1", clientId="job", userId="null", error="expired_code"',
  }),
  'keycloak-event-invalid-code-verifier': token('Unauthorized', {
    note: 'WARN [org.keycloak.events] type="CODE_TO_TOKEN_ERROR", realmId="a1", clientId="job", userId="null", error="pkce_verification_failed"',
  }),
  'ended-before-the-log': call(401, '', {
    config: {
      claims: '{"aud":"https://api.acme.example","exp":1772442000}',
      log: '2026-03-03T09:00:00Z WARN exp claim',
    },
  }),
  'token-without-a-scope': {
    apiResponse: {
      status: 404,
      headers: { 'X-OAuth-Scopes': '', 'X-Accepted-OAuth-Scopes': 'user, user:email' },
    },
  },
  'scopes-of-the-call': {
    apiResponse: { status: 403, headers: { 'X-OAuth-Scopes': 'gist', 'X-Accepted-OAuth-Scopes': 'repo' } },
  },
  'percent-names-in-another-shell': token('invalid_client', {
    config: { 'get.ps1': 'curl.exe -u "%GC_ID%:%GC_SECRET%" https://login.example.com/oauth/token' },
  }),
  'header-in-pieces': call(401, '', {
    config: { script: 'curl -X GET --header X-Api-Key 77aa https://api.example.com/v1/jobs' },
  }),
  'host-label-twice': { note: 'Our job ends with getaddrinfo ENOTFOUND auth.auth.example.com' },
  'method-of-a-person': {
    provider: 'Genesys Cloud',
    config: {
      code: 'client.loginClientCredentialsGrant(id, secret);\nawait new platformClient.VoicemailApi().getVoicemailMailbox()',
    },
    note: 'The second call fails',
  },
  'token-in-a-tuple': call(401, 'Unauthorized', {
    note: "print(headers) shows Authorization: Bearer ('q8Zt0plw',)",
  }),
  'library-compares-scopes': {
    note: 'It stops with: Scope has changed from "openid email" to "openid"',
  },
  'genesys-says-scope': {
    provider: 'Genesys Cloud',
    note: 'App not authorized to use scope [users]. What now?',
  },
  'genesys-says-division': {
    provider: 'Genesys Cloud',
    note: 'Editing a queue fails, missing.division.permission is all that I see',
  },
  'genesys-says-permission': {
    provider: 'Genesys Cloud',
    note: 'The log has missing.any.permissions and no more',
  },
  'genesys-says-user': { provider: 'Genesys Cloud', note: 'It fails: not.a.user' },
  'genesys-says-address': { provider: 'Genesys Cloud', note: 'From the new server: ip.not.authorized' },
  'genesys-says-policy': { provider: 'Genesys Cloud', note: 'Refused with authz.policy.denied' },
  'genesys-says-ended': {
    provider: 'Genesys Cloud',
    note: 'At night the job ends with credentials.expired',
  },
  'genesys-takes-no-token-ended': { provider: 'Genesys Cloud', note: 'We see bad.credentials since noon' },
  'genesys-takes-no-token-elsewhere': {
    provider: 'Genesys Cloud',
    note: 'It says Invalid login credentials',
  },
  'genesys-takes-no-token-spoilt': {
    provider: 'Genesys Cloud',
    note: 'bad.credentials is all that is logged',
  },
  'genesys-says-no-token': { provider: 'Genesys Cloud', note: 'The call ends in authentication.required' },
  'genesys-says-too-many': { provider: 'Genesys Cloud', note: 'Half of them fail: too.many.requests' },
  'genesys-says-feature': { provider: 'Genesys Cloud', note: 'Refused with integrations.forbidden' },
  'region-told-and-default-asked': token(
    '{"error":"invalid_client","description":"authentication failed","error_description":"authentication failed"}',
    { provider: 'Genesys Cloud', note: 'Our org lives in Tokyo; the base path is the default' },
  ),
  'console-answered': token('404 https://portal.example.com/error?from=/oauth2/v1/authorize'),
  'two-regions': token(INVALID_GRANT, { config: { start: 'eu-west-1', directory: 'eu-central-1' } }),
  'default-region': token(INVALID_CLIENT, { note: 'The CLI defaults to the common tenant' }),
  'two-environments': token(INVALID_CLIENT, { note: 'Works in production, on UAT it does not' }),
  'test-environment': {
    tokenRequest: { method: 'POST', url: 'https://login.staging.example.com/oauth2/token' },
    ...token(INVALID_CLIENT, { note: 'I want a token for the staging system' }),
  },
  'test-environment-not-asked': {
    tokenRequest: { method: 'POST', url: 'https://login.example.com/oauth2/token' },
    ...token(INVALID_CLIENT, { note: 'I want a token for the staging system' }),
  },
  'test-environment-told': token(INVALID_CLIENT, { note: 'I want a token for the staging system' }),
  'works-in-the-body': {
    tokenRequest: {
      method: 'POST',
      url: 'https://login.example.com/oauth2/token',
      headers: { Authorization: `Basic ${btoa('nightly:k9%zT+q4/Lw')}` },
      body: 'grant_type=client_credentials',
    },
    ...token(INVALID_CLIENT, { note: 'The same pair works in the body' }),
  },
  'list-sent-as-text': token('invalid_scope', {
    config: { code: "data = {'grant_type': 'client_credentials', 'scope': str(['read', 'write'])}" },
  }),
  'fewer-than-there-are': {
    apiRequest: { method: 'GET', url: 'https://api.example.com/v1/folders' },
    apiResponse: { status: 200, body: '{"total":2}' },
    note: 'It returns 2 of 31 folders',
  },
  'console-host': token('Not Found', { config: { tokenUrl: 'https://console.example.com/oauth2/token' } }),
  'double-path': {
    tokenRequest: { method: 'POST', url: 'https://id.example.com/oauth2/v1/oauth2/v1/token' },
    tokenResponse: { status: 404, body: '' },
  },
  'lost-quote-before-form': token(
    '{"error":"invalid_request","error_description":"grant_type is required"}',
    {
      curl: 'curl https://id.example.com/token -d client_id=a&grant_type=client_credentials',
    },
  ),
  'grant-among-the-headers': token('{"error":"invalid_request"}', {
    config: {
      code: 'curl_setopt($ch, CURLOPT_HTTPHEADER, array("Accept: application/json", "grant_type: client_credentials"));',
    },
  }),
  'misspelt-grant-type': {
    tokenRequest: { url: 'https://id.example.com/token', body: 'granttype=client_credentials' },
    tokenResponse: { status: 400, body: '{"error":"invalid_request"}' },
  },
  'clock-said': token(INVALID_GRANT, { note: 'The VM clock was 10 minutes behind' }),
  'failed-first': token(
    'First attempt: 502 Bad Gateway. Then 400 {"error":"invalid_grant","error_description":"code already used"}',
  ),
  'json-sent': token('{"error":"unsupported_grant_type"}', {
    config: {
      code: 'fetch("https://id.example.com/token", {method: "POST", body: JSON.stringify({grant_type: "client_credentials"})})',
    },
  }),
  'other-method-works': token(INVALID_CLIENT, {
    note: 'With curl --user it works, from our library it does not',
  }),
  'body-credentials-verified': {
    tokenRequest: {
      url: 'https://id.example.com/token',
      body: 'grant_type=client_credentials&client_id=svc-1&client_secret=kJ83hd72hsQ',
    },
    tokenResponse: { status: 401, body: INVALID_CLIENT },
    note: 'I double-checked the credentials',
  },
  'body-credentials': {
    tokenRequest: {
      url: 'https://id.example.com/token',
      body: 'grant_type=client_credentials&client_id=svc-1&client_secret=kJ83hd72hsQ',
    },
    tokenResponse: { status: 401, body: INVALID_CLIENT },
  },
  'browser-app': token(INVALID_CLIENT, { note: 'an Angular SPA with angular-oauth2-oidc' }),
  'old-config': token(INVALID_CLIENT, { note: 'We rotated the secret last week' }),
  'refresh-with-client-credentials': {
    tokenRequest: {
      url: 'https://id.example.com/token',
      body: 'grant_type=client_credentials&refresh_token=abc',
    },
    tokenResponse: { status: 400, body: '{"error":"invalid_request"}' },
  },
  'grant-hard-coded': token('{"error":"unsupported_grant_type"}', {
    note: 'The library has a hard-coded grant type password',
  }),
  'challenge-is-no-hash': token('{"error":"invalid_grant"}', {
    config: { code: 'const code_challenge = base64url(crypto.randomBytes(32))' },
  }),
  'code-used-twice': token(INVALID_GRANT, {
    note: 'useEffect calls the callback two times with the same code',
  }),
  'refresh-said': token(INVALID_GRANT, {
    note: 'It happens after 7 days; refreshing the token worked before',
  }),
  'redirect-said': token(INVALID_GRANT, { note: 'The redirect uri differs by a trailing slash' }),
  'strings-side-by-side': token('invalid_scope', { config: { scopes: '["read:users" "write:users"]' } }),
  'commas-in-scope': token('{"error":"invalid_scope"}', { config: { scope: 'read,write' } }),
  'library-default-scopes': token('{"error":"invalid_scope"}', {
    note: 'The plugin automatically adds the default scopes',
  }),
  'only-identity-scopes': token('{"token_type":"Bearer","expires_in":3600,"scope":"openid profile"}'),
  'misspelt-scope': {
    tokenRequest: { url: 'https://id.example.com/token', body: 'grant_type=client_credentials&scopes=read' },
    tokenResponse: { status: 200, body: '{"token_type":"Bearer","expires_in":3600}' },
  },
  'ip-said': call(403, 'Forbidden', { note: 'Our new egress IP is not whitelisted' }),
  'user-token-works': call(403, 'Forbidden', {
    note: 'Works with a personal access token, fails with client credentials',
  }),
  'static-token': call(401, 'Unauthorized', { note: 'It stops working after 60 minutes' }),
  'bearer-literal': call(401, 'Unauthorized', { config: { header: 'Authorization: Bearer null' } }),
  'no-bearer-word': call(401, 'Unauthorized', { note: 'I forgot the Bearer prefix' }),
  'works-elsewhere': call(403, 'Forbidden', {
    note: 'Works on my laptop but fails from the Azure function in the cloud',
  }),
  'permissions-not-consented': call(403, 'Forbidden', { note: 'The admin consent is still pending' }),
  'requested-is-not-granted': call(
    403,
    '{"error":"insufficient_scope","error_description":"missing scope admin"}',
    { config: { 'token scope': 'token scope: "read"' } },
  ),
  'hash-as-secret': {
    tokenRequest: {
      url: 'https://id.example.com/token',
      body: 'grant_type=client_credentials&client_id=svc-1&client_secret=$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
    },
    tokenResponse: { status: 401, body: INVALID_CLIENT },
  },
  'hash-said': token(INVALID_CLIENT, { note: 'Our IdP stores the client secrets hashed since the upgrade' }),
  'over-encoded-said': token(INVALID_CLIENT, {
    note: 'The library url-encodes both before the Basic header is built, and our server does not decode',
  }),
  'odd-characters': token(INVALID_CLIENT, {
    note: 'It fails with basic auth only for clients whose secret has a percent sign',
  }),
  'pair-in-plain-after-basic': token(INVALID_CLIENT, {
    config: { code: "headers['Authorization'] = 'Basic ' + clientId + ':' + clientSecret;" },
  }),
  'blank-quoted-back': {
    tokenResponse: {
      status: 400,
      body: "AADSTS700016: Application with identifier ' 7d0c5a1e-22b4-4f10-8c53-9b1f0e6d2a47' was not found",
    },
  },
  'quotes-quoted-back': {
    tokenResponse: {
      status: 400,
      body: `{"error":"invalid_client","error_description":"Client '"reports"' is not known"}`,
    },
  },
  'secret-in-the-place-of-the-id': {
    tokenResponse: {
      status: 400,
      body: "AADSTS700016: Application with identifier 'Kd28Q~pX0' was not found in the directory",
    },
  },
  'one-or-two-characters-apart': token(INVALID_CLIENT, {
    note: 'The length of the secret in the pod is 33, in the console it has 32.',
  }),
  'of-another-length': token(INVALID_CLIENT, {
    note: 'The length of the secret in the pod is 12, in the console it has 40.',
  }),
  'encoded-before-a-form': token(INVALID_CLIENT, {
    config: {
      code: 'const form = new URLSearchParams();\nform.append("client_secret", encodeURIComponent(config.secret));',
    },
  }),
  'variable-of-the-secret-not-set': token(INVALID_CLIENT, {
    note: 'The "k9x" variable is not set. Defaulting to a blank string.',
  }),
  'scheme-twice': {
    tokenRequest: {
      url: 'https://https://login.example.com/oauth/token',
      body: 'grant_type=client_credentials',
    },
    note: 'It cannot connect',
  },
  'host-without-its-domain': {
    tokenRequest: { url: 'https://login./oauth/token', body: 'grant_type=client_credentials' },
    note: 'It cannot connect',
  },
  'address-without-a-host': {
    tokenRequest: { method: 'POST', url: 'staging/oauth2/token', body: 'grant_type=client_credentials' },
    note: 'Nothing answers',
  },
  'form-without-its-type': {
    tokenRequest: {
      url: 'https://id.example.com/token',
      headers: { Accept: '*/*' },
      body: 'grant_type=client_credentials&scope=a',
    },
    tokenResponse: { status: 400, body: '{"error":"unsupported_grant_type"}' },
  },
  'id-quoted-back-encoded': {
    tokenResponse: {
      status: 400,
      body: `{"error":"invalid_client","error_description":"no client with id 'my%2Dapp' was found"}`,
    },
  },
  'raw-plus-in-form': {
    tokenRequest: { body: 'grant_type=authorization_code&code=4/0Ab+Cd3fGhIjKlMnOpQr' },
    tokenResponse: { status: 400, body: '{"error":"invalid_grant"}' },
  },
  'substitution-not-run': {
    authorizationHeader: "Basic $(echo -n 'id:secret' | base64)",
    tokenResponse: { status: 400, body: '{"error":"invalid_client"}' },
  },
  'base64-variant': token(INVALID_CLIENT, {
    note: 'We used urlsafe_b64encode for the Authorization header',
  }),
  'empty-secret-sent': token(INVALID_CLIENT, {
    curl: "curl -u 'svc-billing-7:' -d grant_type=client_credentials https://id.example.com/token",
  }),
  'plain-http': {
    provider: 'Okta',
    tokenRequest: { method: 'POST', url: 'http://acme.okta.com/oauth2/default/v1/token' },
    tokenResponse: { status: 405, body: '' },
  },
  'callback-asked': {
    tokenRequest: { method: 'POST', url: 'https://app.example.com/oauth/callback' },
    tokenResponse: { status: 400, body: 'Bad Request' },
  },
  'place-hard-coded': token('{"error":"unauthorized_client"}', {
    note: 'The realm was hard-coded to master',
  }),
  'sandbox-login': token('{"error":"invalid_grant","error_description":"authentication failure"}', {
    provider: 'Salesforce',
    note: 'It is a sandbox org, how do I change the login url?',
  }),
  'token-of-other-environment': call(401, 'Unauthorized', {
    note: 'The key is from production, the requests go to the sandbox',
  }),
  'pkce-talked-of': token(INVALID_GRANT, { note: 'I send the code_verifier from session storage' }),
  'where-does-scope-go': token('{"error":"invalid_scope"}', { note: 'How can I pass the scope?' }),
  'id-not-got-yet': token('{"error":"invalid_client"}', { note: 'Where do I find the client id?' }),
  'consent-cannot-be-given': call(403, 'Forbidden', { note: 'The grant admin consent button is greyed out' }),
  'has-every-permission': call(403, 'You need one of the permissions [wfm:plan:view]', {
    note: 'These permissions do not exist in my org',
  }),
  'object-posted': token('{"error":"unsupported_grant_type"}', {
    config: {
      code: 'this.http.post("https://id.example.com/token", { grant_type: "client_credentials" })',
    },
  }),
  'method-not-taken': token('400 Bad Request', {
    note: 'Their server only accepts the client credentials in the request body',
  }),
  'pair-in-both-places': token('{"error":"invalid_request"}', {
    note: 'The plugin sends client_secret in the body even though Basic is selected',
  }),
  'pair-not-sent': token(INVALID_CLIENT, { note: 'The client secret is not being passed to the token call' }),
  'variables-not-loaded': token(INVALID_CLIENT, {
    note: 'The environment variables were not loaded by systemd',
  }),
  'url-said-wrong': token('Not Found', { note: 'The token url was wrong' }),
  'scope-not-offered': token('invalid_scope', { note: 'The scope read_all no longer exists' }),
  'scope-unwelcome': token('invalid_scope', { note: 'Removing offline_access from the scopes fixed it' }),
  'password-grant': token(INVALID_GRANT, { note: 'We use the password flow for the technical user' }),
  'adding-the-pair-helped': token(INVALID_CLIENT, { note: 'I solved it by passing client_id myself' }),
  'name-with-a-blank': token(INVALID_CLIENT, {
    config: { code: 'client_secret = os.environ["CLIENT_SECRET "]\nrequests.post(url, data=data)' },
  }),
  'issuer-differs': call(401, 'Unauthorized', { note: "The issuer of the token doesn't match ours" }),
  'misspelt-pair': {
    tokenRequest: {
      method: 'POST',
      url: 'https://id.example.com/token',
      body: 'grant_type=client_credentials&client_id=svc-1&clientSecret=kJ83hd72hsQ',
    },
    tokenResponse: { status: 401, body: INVALID_CLIENT },
  },
  'no-pair-in-request': token(INVALID_CLIENT, {
    curl: 'curl -d grant_type=authorization_code -d code=abc -d client_id=svc-1 https://id.example.com/token',
  }),
  'json-type-sent': {
    tokenRequest: {
      method: 'POST',
      url: 'https://id.example.com/token',
      headers: { 'Content-Type': 'application/json' },
    },
    tokenResponse: { status: 400, body: '{"error":"invalid_request"}' },
  },
  'no-content-type-said': token('invalid_request', {
    note: 'Wireshark shows that the client sends the form but does not set a Content-Type.',
  }),
  'array-for-curl': token('invalid_request', {
    config: {
      code: "$fields = array('grant_type' => 'client_credentials');\ncurl_setopt($c, CURLOPT_POSTFIELDS, $fields);",
    },
  }),
  'form-data-object': token('invalid_request', {
    config: {
      code: "const f = new FormData();\nf.append('grant_type', 'client_credentials');\nfetch(url, { method: 'POST', body: f });",
    },
  }),
  'redirect-encoded-before': token('invalid_grant', {
    config: {
      code: "requests.post(url, data={'grant_type': 'authorization_code', 'redirect_uri': 'https%3A%2F%2Fapp.example.com%2Fcb'})",
    },
  }),
  'exchange-without-redirect': {
    tokenRequest: {
      url: 'https://id.example.com/token',
      body: 'grant_type=authorization_code&code=q81&client_id=web',
    },
    tokenResponse: { status: 400, body: '{"error":"invalid_grant"}' },
  },
  'code-as-refresh-token': token('invalid_grant', {
    config: { code: "$client->refresh(['refresh_token' => $auth_code]);" },
  }),
  'secret-as-token': call(401, 'Unauthorized', {
    note: 'I send the client secret as the bearer token to the API.',
  }),
  'one-value-for-both': token('invalid_client', {
    note: 'client_id and client_secret: I set the same key for both client_secret and id.',
  }),
  'hash-of-the-secret': token('invalid_client', {
    note: 'The client_secret in the app is what the admin page shows, it begins with pbkdf2_sha256, so it is hashed.',
  }),
  'server-tells-secrets-differ': token('invalid_client', {
    note: 'Its log has: the client secret does not match the stored one.',
  }),
  'plus-in-the-secret': token('invalid_client', {
    note: 'Only the account whose password contains a plus sign is refused.',
  }),
  'right-in-the-cluster': token('invalid_client: wrong client secret', {
    note: 'It comes from a Kubernetes secret, and the value there is correct.',
  }),
  'credentials-ask-for-another': token('unauthorized_client', {
    note: 'I hand over username and password, and yet the library sends it with grant_type=client_credentials.',
  }),
  'grant-alone': {
    tokenRequest: { url: 'https://id.example.com/token', body: 'grant_type=client_credentials' },
    tokenResponse: { status: 400, body: '{"error":"invalid_scope"}' },
  },
  'metadata-not-there': {
    apiRequest: { method: 'GET', url: 'https://id.example.com/.well-known/openid-configuration' },
    apiResponse: { status: 404, body: '' },
  },
  'region-of-another-key': call(401, 'Invalid key', {
    note: 'The key was made in eu-central-1, and the SDK calls us-east-1.',
  }),
  'same-service-elsewhere': {
    apiRequest: { method: 'GET', url: 'https://api.acme.com/v1/things' },
    apiResponse: { status: 401, body: 'Forbidden' },
    note: 'Our console is at api.eu1.acme.com.',
  },
  'sandbox-token-elsewhere': call(401, 'Unauthorized', { note: 'I took my sandbox token for the real API.' }),
  'app-not-active-said': {
    provider: 'Facebook',
    note: 'Users cannot log in, it says that the application is inactive.',
  },
  'other-word-than-bearer': call(401, 'Unauthorized', { note: 'It sends Authorization: token abc' }),
  'parameters-told-without-a-grant-type': {
    note: 'The token cannot be fetched. To redeem the code our plug-in posts client_id, client_secret, redirect_uri and code.',
  },
  'quotation-marks-around-the-token': call(401, 'Unauthorized', {
    note: 'The JWT that I send in the header is wrapped in double quotes',
  }),
  'pair-after-bearer': call(401, 'Unauthorized', {
    note: 'The client takes auth out of docker config, base64 of username and password, and sends it as a bearer token',
  }),
  'token-sent-as-a-password': call(401, 'Unauthorized', {
    note: 'The SDK puts the access token in Basic, with an empty name',
  }),
  'pair-without-its-scheme': {
    apiRequest: { headers: { Authorization: 'c3ZjLWJvdDpxN1ptMlh0OUx3' } },
    apiResponse: { status: 401 },
  },
  'value-alone-said': call(401, 'Unauthorized', {
    note: 'The base64 string of both is set as the value of Authorization',
  }),
  'id-given-as-the-secret': token(INVALID_CLIENT, {
    config: { code: 'client_id: process.env.APP_ID,\nclient_secret: process.env.APP_ID' },
  }),
  'id-of-the-secret-taken': token(INVALID_CLIENT, { note: 'As the secret I pasted the Secret ID' }),
  'colon-in-the-id': token(INVALID_CLIENT, { note: 'Our client ids have a colon, and Basic is used' }),
  'encoded-for-what-encodes-itself': token(INVALID_CLIENT, {
    config: { code: 'stringData:\n  password: {{ .Values.password | b64enc }} # base64 of the password' },
  }),
  'name-quoted-back-in-base64': call(401, 'Client c3ZjLWJvdDAx is unknown'),
  'blank-at-an-end-said': token(INVALID_CLIENT, { note: 'The client id in the file starts with a space' }),
  'plus-encoded-between-scopes': token('{"error":"invalid_scope"}', {
    tokenRequest: { method: 'GET', url: 'https://id.example.com/authorize?client_id=a1&scope=read%2Bwrite' },
  }),
  'scope-retired': {
    provider: 'Facebook',
    note: 'The login fails since we ask for the scopes email and publish_actions',
  },
  'offline-access-not-known': {
    note: 'The login fails: offline_access is not listed among the scopes_supported of the server',
  },
  'scope-named-as-none': token('{"error":"invalid_scope"}', {
    tokenRequest: { body: 'grant_type=client_credentials&scope=does_not_exist' },
    note: 'I sent scope=does_not_exist',
  }),
  'not-all-were-granted': {
    note: 'The client says that not all scopes were granted, and stops with an error',
  },
  'line-end-of-an-encoder': call(
    0,
    'ValueError: header must not contain line breaks: "Basic dGltOnRvbQ==\\n"',
  ),
  'carriage-return-in-a-header': call(0, "requests: invalid header value 'Token 9f3kq0\\r'"),
  'piece-taken-for-a-variable': {
    note: 'Of the password a part, $XYtz, is missing in the pod, and the mail server refuses it',
  },
  'good-up-to-a-sign': {
    note: 'The API token is refused; what the program sends ends before the ampersand',
  },
  'hash-begins-a-comment': {
    note: 'The client secret in my .env has a # in it, and the login fails with 401',
  },
  'offline-access-of-a-machine': {
    tokenRequest: { body: 'grant_type=client_credentials&scope=api+offline_access' },
    tokenResponse: { status: 400, body: '{"error":"invalid_scope"}' },
    note: 'Without offline_access there is no refresh token',
  },
  'form-in-parts': token('{"error":"unsupported_grant_type"}', {
    note: 'Insomnia sends a multipart body with grant_type, client_id and client_secret',
  }),
  'text-without-its-type': {
    config: { code: 'await got.post(tokenUrl, { body: querystring.stringify(form) })' },
    note: 'The refresh of the token fails; we set no headers at all',
  },
  'form-that-is-not-read': {
    tokenResponse: { status: 400, body: '{"error":"invalid_request"}' },
    config: { code: 'const body = `grant_type=password&username=${user}&password=${pass}`;' },
    note: 'In the debugger the server sees no parameters',
  },
  'all-in-the-query': {
    tokenResponse: { status: 400 },
    config: { code: 'r = session.post(token_url, params=payload)' },
    note: 'The exchange of the code for a token is refused',
  },
  'address-not-documented': {
    config: { code: "tokenUrl: 'https://discord.com/oauth2/token'" },
    note: 'The log-in over Discord fails after the consent',
  },
  'path-of-another-keycloak': {
    provider: 'Keycloak',
    config: { issuer: 'https://sso.example.org/auth/realms/staff' },
    note: 'After we moved to Keycloak 22 the application does not start any more',
  },
  'served-under-another-path': {
    config: { code: "fetch(base + '/oauth/token')" },
    note: "No token comes. Our gateway maps '/gateway/oauth/token' to the server",
  },
  'client-not-authorized-by-the-domain': token(
    'unauthorized_client: Client is unauthorized to retrieve access tokens using this method.',
    { provider: 'Google', note: 'The calendars of all people in our organization are to be read' },
  ),
  'scope-not-among-the-delegated': token(
    'unauthorized_client: Client is unauthorized to retrieve access tokens using this method.',
    { provider: 'Google', note: 'For our domain the Calendar API works with it, Drive ends like this' },
  ),
  'secret-demanded-of-a-client-without-one': {
    note: 'Our mobile client has no secret, but the SDK insists on a client secret, and the login is refused',
  },
  'token-taken-back-said': call(401, 'Unauthorized', {
    note: 'A colleague revoked all tokens of the bot last night',
  }),
  'token-of-ones-own-server': call(401, '{"message":"401 Unauthorized"}', {
    provider: 'GitLab',
    note: 'It is a self-hosted GitLab, and with curl the PAT works',
  }),
  'incident-told': token('Internal error', {
    note: 'No log-in works. The status page says: incident, investigating',
  }),
  'reading-implied-by-writing': {
    note: 'We ask for tickets:read and tickets:write; the check fails because the token has only tickets:write',
  },
  'two-authorization-headers': {
    curl: 'curl https://api.example.com/v2/parts -H "Authorization: Bearer aaa" -H "Authorization: Basic bbb"',
    apiResponse: { status: 400, body: 'Bad Request' },
  },
  'parameter-twice-in-the-form': {
    tokenRequest: {
      method: 'POST',
      url: 'https://id.example.com/token',
      body: 'grant_type=refresh_token&client_secret=abc&refresh_token=r&client_id=web&client_secret=abc',
    },
    tokenResponse: { status: 400, body: 'Bad Request' },
  },
  'id-in-the-url-beside-basic': {
    tokenRequest: {
      method: 'POST',
      url: 'https://id.example.com/oauth/token?client_id=web-portal&grant_type=client_credentials',
      headers: { Authorization: 'Basic d2ViLXBvcnRhbDpzM2NyM3Q=' },
    },
    tokenResponse: { status: 400, body: 'Bad Request' },
  },
  'two-methods-by-name': {
    note: 'The gateway sends both client_secret_basic and client_secret_post, and the log-in fails',
  },
  'lists-of-a-service-account': {
    provider: 'Google Drive',
    config: { code: 'creds = service_account.Credentials.from_file(F)\ndrive.files().list(pageSize=10)' },
    apiResponse: { status: 200, body: '{"files": []}' },
    note: 'It gives no files',
  },
  'bot-alone-in-the-list': {
    provider: 'Discord',
    note: 'guild.members should have 300 users, and I see only the bot',
  },
  'content-that-is-blank': {
    provider: 'Discord',
    note: 'My handler runs for each post of the channel, but message.content is always empty',
  },
  'printed-as-an-empty-list': {
    provider: 'Airtable',
    config: { code: 'bases = api.bases()\nprint(bases)  # prints []' },
    note: 'I expected the three bases that I made',
  },
  'rows-of-zero-values': {
    apiResponse: { body: 'ID  OWNER  CREATED\n-   -   0001-01-01T00:00:00Z\n-   -   0001-01-01T00:00:00Z' },
    note: 'The command prints rows without anything in them',
  },
  'host-of-another-part': {
    config: { base_url: 'https://api-us2.example-iot.com/v1' },
    note: 'The login fails for me. My account lives in Germany',
  },
  'signed-in-under-another-ending': {
    apiRequest: { method: 'GET', url: 'https://desk.acmesuite.com/api/v1/tickets' },
    apiResponse: { status: 401, body: 'Unauthorized' },
    note: 'I sign in at accounts.acmesuite.eu and it hands me a token',
  },
  'program-asks-about-me': {
    provider: 'Acme',
    config: {
      code: 'const cred = new ClientSecretCredential(tenant, id, secret);\nawait api.get("/me").then(show)',
    },
    apiResponse: { status: 400, body: 'Bad Request' },
  },
  'userinfo-tells-nothing': {
    note: 'The log-in ends in an error: the token comes, and then userinfo does not return the name of the account',
  },
  'http-behind-a-proxy': {
    tokenResponse: { status: 400, body: '{"error":"invalid_request"}' },
    note: 'Traefik ends https before the app. The redirect URL in the address bar is http://shop.example.com/cb, and it fails',
  },
  'program-asks-for-the-value': {
    apiResponse: { body: 'FATAL: you must set an API key before the bot starts' },
    note: 'The container stops at once',
  },
  'comment-of-a-template': {
    config: { code: '# insert your own key here\nCLIENT_ID = "my-client-id"' },
    note: 'The log-in button does not work',
  },
  'no-client-of-this-name': {
    tokenResponse: { status: 400, body: "Client 'warehouse_ui' is not registered" },
  },
  'template-id-quoted-back': {
    tokenResponse: { status: 400, body: 'Request details: client_id=YOUR_CLIENT_ID response_type=code' },
  },
};

describe('what a paste says', () => {
  it('reads the error with which a browser is sent back', () => {
    const [first] = verdictOf({
      provider: 'Okta',
      tokenRequest: { method: 'GET', url: 'https://acme.okta.com/oauth2/default/v1/authorize?client_id=a1' },
      tokenResponse: {
        status: 302,
        headers: {
          Location:
            'https://app.example.com/cb?error=invalid_scope&error_description=One+or+more+scopes+are+not+configured+for+the+authorization+server+resource.',
        },
      },
    }).candidates;
    expect(first?.code).toBe('scope/unknown');
  });

  it('takes nobody who exchanges a code for a user of Exchange', () => {
    const { report } = explainPaste({ note: 'The exchange of the code fails with 400 at our own server' });
    expect(JSON.stringify(report)).not.toContain('Entra');
  });

  it.each(SAID_RULES.map((rule) => [rule.id, rule.code] as const))(
    '%s catches another body, too',
    (id, code) => {
      const example = EXAMPLES[id];
      expect(example, `an example for ${id}`).toBeDefined();
      const rule = SAID_RULES.find((one) => one.id === id);
      const { report } = explainPaste(example);
      const found = report.stages.flatMap((stage) => stage.findings.filter((f) => f.code === code));
      // Beside what is proved of the same defect, the rule only adds to what shows it.
      const heard = found.some(
        (f) => f.cause.includes(rule?.why ?? '-') || (f.certainty === 'proved' && f.evidence.length > 1),
      );
      expect(heard).toBe(true);
      // What is proved is proved by an artefact, never by the words of a rule.
      const [first] = report.verdict.candidates;
      expect(first?.certainty === 'proved' && first.why === rule?.why).toBe(false);
    },
  );

  it.each(SAID_RULES.flatMap((rule) => (rule.shows ? [[rule.id, rule.code]] : [])))(
    '%s underlines its place in the paste',
    (id = '', code = '') => {
      const { stages } = explainPaste(EXAMPLES[id]).report;
      const evidence = stages.flatMap((stage) =>
        stage.findings.filter((f) => f.code === code).flatMap((f) => f.evidence),
      );
      expect(evidence.filter((point) => point.source !== undefined)).not.toEqual([]);
    },
  );
});

describe('answers of many servers', () => {
  it.each([
    [
      'Auth0',
      '{"error":"access_denied","error_description":"Non-global clients are not allowed access to APIv1"}',
      'scope/wrong-audience',
    ],
    [
      'Keycloak',
      '{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}',
      'client/wrong-secret',
    ],
    [
      'Keycloak',
      '{"error":"invalid_grant","error_description":"Session not active"}',
      'grant/refresh-token-invalid',
    ],
    ['Keycloak', '{"error":"invalid_scope","error_description":"Invalid scopes: foo"}', 'scope/unknown'],
    [
      'Azure',
      'AADSTS65001: The user or administrator has not consented to use the application',
      'endpoint/consent-missing',
    ],
    [
      'Azure',
      "AADSTS50011: The redirect URI 'http://localhost:3000' specified in the request does not match",
      'grant/redirect-uri-mismatch',
    ],
    ['Azure', 'AADSTS7000215: Invalid client secret provided.', 'client/wrong-secret'],
    ['Azure', "AADSTS90002: Tenant 'contoso' not found.", 'request/wrong-region'],
    [
      'Azure',
      'AADSTS53003: Access has been blocked by Conditional Access policies.',
      'endpoint/policy-denied',
    ],
    [
      'Salesforce',
      '{"error":"invalid_client_id","error_description":"client identifier invalid"}',
      'client/unknown',
    ],
    [
      'Salesforce',
      "{'error': 'invalid_grant', 'error_description': 'no client credentials user enabled'}",
      'grant/not-allowed',
    ],
    [
      'Okta',
      '{"error":"invalid_scope","error_description":"One or more scopes are not configured for the authorization server resource."}',
      'scope/unknown',
    ],
    [
      'Google',
      '{"error":"invalid_grant","error_description":"Token has been expired or revoked."}',
      'grant/refresh-token-invalid',
    ],
    [
      'Spotify',
      '{"error":"invalid_grant","error_description":"Invalid redirect URI"}',
      'grant/redirect-uri-mismatch',
    ],
    [
      'somebody',
      "{ error: 'invalid_request', error_description: 'Invalid Authorization Code' }",
      'grant/code-invalid',
    ],
    ['somebody', '405 Method Not Allowed', 'request/wrong-endpoint'],
    ['somebody', 'Error: self signed certificate in certificate chain', 'connection/tls-or-proxy'],
    ['somebody', 'java.net.UnknownHostException: login.example.com', 'connection/unreachable'],
    [
      'somebody',
      '{"error":"invalid_request","error_description":"Send credentials either in the header or in the body, not both"}',
      'header/duplicate-credentials',
    ],
  ])('%s: %s', (provider, body, code) => {
    expect(verdictOf(token(body, { provider })).rootCause).toBe(code);
  });

  it.each([
    [
      'Microsoft Graph',
      401,
      '{"error":{"code":"InvalidAuthenticationToken","message":"Access token validation failure. Invalid audience."}}',
      'scope/wrong-audience',
    ],
    [
      'Microsoft Graph',
      400,
      '{"error":{"code":"BadRequest","message":"/me request is only valid with delegated authentication flow."}}',
      'endpoint/user-context',
    ],
    [
      'Google',
      403,
      '{"error":{"status":"PERMISSION_DENIED","message":"API has not been used in project 1 before or it is disabled"}}',
      'endpoint/feature-missing',
    ],
    ['GitHub', 403, '{"message":"Resource not accessible by integration"}', 'endpoint/missing-permission'],
    [
      'Salesforce',
      401,
      '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]',
      'endpoint/token-expired',
    ],
    ['somebody', 401, '{"message":"jwt malformed"}', 'endpoint/token-malformed'],
    [
      'somebody',
      403,
      '{"message":"User is not authorized to access this resource with an explicit deny"}',
      'endpoint/policy-denied',
    ],
  ])('%s %i %s', (provider, status, body, code) => {
    expect(verdictOf(call(status, body, { provider })).rootCause).toBe(code);
  });

  it.each([
    ['somebody', 'The requested scopes were declined by the server', 'scope/granted-narrower'],
    ['somebody', "invalid_scope: the scopes 'r', 'e', 'a', 'd', ':', 'u' are not known", 'scope/malformed'],
    [
      'somebody',
      'invalid_scope: scopes of users and of bots cannot be requested together',
      'scope/not-allowed',
    ],
    ['somebody', '{"statusCode":401,"message":"Refresh token was revoked"}', 'grant/refresh-token-invalid'],
    [
      'Google',
      'Some requested scopes cannot be shown: [https://www.googleapis.com/auth/x]',
      'scope/not-allowed',
    ],
    [
      'LinkedIn',
      '{"error":"invalid_request","error_description":"A required parameter \\"client_secret\\" is missing"}',
      'client/auth-method-mismatch',
    ],
    [
      'somebody',
      'Post "https://id.example.com/oauth/access_token": dial tcp: lookup id.example.com on 10.0.0.10:53: server misbehaving',
      'connection/unreachable',
    ],
  ])('%s of a token: %s', (provider, body, code) => {
    expect(verdictOf(token(body, { provider })).rootCause).toBe(code);
  });

  it.each([
    [
      'somebody',
      500,
      "token = headers['Authorization'].split(' ')[1]\nIndexError: list index out of range",
      'endpoint/token-malformed',
    ],
    [
      'somebody',
      500,
      'Microsoft.IdentityModel.Tokens.SecurityTokenExpiredException',
      'endpoint/token-expired',
    ],
    ['somebody', 0, 'Error: Not found', 'endpoint/not-found'],
    ['Google', 403, 'insufficientPermissions', 'scope/not-requested'],
  ])('%s of a call: %i %s', (provider, status, body, code) => {
    expect(verdictOf(call(status, body, { provider })).rootCause).toBe(code);
  });

  it('Spotify of objects that are asked for by several ids', () => {
    const asked = { apiRequest: { method: 'GET', url: 'https://api.spotify.com/v1/albums?ids=3a,7b' } };
    expect(verdictOf(call(403, '{"error":{"status":403,"message":"Forbidden"}}', asked)).rootCause).toBe(
      'endpoint/not-found',
    );
  });

  it('reads 422 as 400 where nothing else is said', () => {
    expect(verdictOf({ tokenResponse: { status: 422, body: '{}' } }).candidates).not.toEqual([]);
  });

  it('leaves open what the wording leaves open, and proves what it forces', () => {
    expect(verdictOf(token('AADSTS700016: Application with identifier x was not found')).certainty).toBe(
      'suspected',
    );
    expect(verdictOf(token('AADSTS7000222: The provided client secret keys are expired.'))).toMatchObject({
      rootCause: 'client/wrong-secret',
      certainty: 'proved',
    });
  });
});

it('hears of a clock that is wrong where no answer is shown', () => {
  const note =
    'One user cannot sign in: our app rejects the id token. The clock of that laptop is 40 minutes behind.';
  expect(verdictOf({ note }).rootCause).toBe('connection/clock-skew');
});

it.each([
  ['{"detail":"Token has expired."}', 'The manual says that the server expects the word Token.'],
  ['Unauthorized', 'The token endpoint expects Basic with id and secret, and that works.'],
])('hears of no other word before the token: %s', (body, note) => {
  const request = { url: 'https://api.example.com/v1/orders', headers: { Authorization: 'Bearer <token>' } };
  expect(verdictOf(call(401, body, { apiRequest: request, note })).rootCause).not.toBe('header/wrong-scheme');
});

it('takes the id of a client whose roles were looked up for masked', () => {
  const body =
    "The client '<client-id>' with object id '<object-id>' does not have authorization to perform action 'Microsoft.Web/sites/read' over scope '/subscriptions/<id>'";
  const codes = verdictOf({ provider: 'Azure', ...call(403, body) }).candidates.map(({ code }) => code);
  expect(codes[0]).toBe('endpoint/missing-permission');
  expect(codes).not.toContain('credential/placeholder');
});

describe('what is there and yet proves nothing', () => {
  const verdictOf = (statement: object) => explainPaste(statement).report.verdict;

  it('a token with a remark in its place', () => {
    expect(
      verdictOf({
        authorizationHeader:
          'Bearer eyJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiYWxnIjoiZGlyIn0..kTwBsa2QX71. (and so on)',
        apiResponse: { status: 401, body: 'Authentication failed' },
        note: 'It all worked until today.',
      }).certainty,
    ).toBe('suspected');
  });

  it('a redirect that is refused by the address of redirects', () => {
    expect(
      verdictOf({
        tokenRequest: { method: 'POST', url: 'https://id.example.com/oauth_redirect.do' },
        tokenResponse: { status: 400, body: 'The redirect URL does not match the registered one.' },
      }),
    ).toMatchObject({ rootCause: 'request/wrong-endpoint', certainty: 'suspected' });
  });

  it('a JSON body whose Content-Type nobody shows, at a server that nobody knows', () => {
    const body = '{"grant_type":"password","username":"a","password":"b"}';
    const answer = { status: 401, body: '{"error":"invalid_request"}' };
    const request = { url: 'https://api.example.com/oauth/token', body };
    expect(verdictOf({ tokenRequest: request, tokenResponse: answer })).toMatchObject({
      rootCause: 'request/json-body',
      certainty: 'suspected',
    });
  });
});

it('reads a call of PowerShell that stands on one line', () => {
  const { evidence } = explainPaste(
    'Invoke-RestMethod -Method Post -Uri https://auth.example.com/oauth/token -Headers $h -Body @{grant_type="client_credentials"}\nHTTP/1.1 401 Unauthorized\n\n{"error":"invalid_client"}',
  );
  expect(evidence.exchanges[0]?.request).toMatchObject({
    method: 'POST',
    bodyForm: 'form',
    form: { grant_type: 'client_credentials' },
  });
});

describe('which request a sentence is about', () => {
  it.each([
    'With a client credentials token GET /api/v2/routing/queues/me answers 400.',
    'Client credentials; POST /users/me/files gives HTTP 403',
  ])('%s', (note) => {
    const { evidence } = explainPaste({ provider: 'Genesys Cloud', note });
    expect(evidence.exchanges.map((x) => stepName(x.step))).toEqual(['endpoint']);
  });

  it('a login that works is not what failed, unless it works only elsewhere', () => {
    const stepsOf = (note: string) => explainPaste({ note }).evidence.exchanges.map((x) => stepName(x.step));
    expect(stepsOf('The login works, then each call fails with 401')).toEqual(['endpoint']);
    expect(stepsOf('The login works in Postman, from code it fails with 401')).toEqual(['token']);
  });

  it('what stands behind a status and a colon is what the answer said', () => {
    const { evidence } = explainPaste({ note: 'The job log ends in 403: no seat for this product' });
    expect(evidence.exchanges[0]?.outcome).toMatchObject({
      status: 403,
      body: { text: '403: no seat for this product' },
    });
  });

  it('a token that was asked for in another region than that of the call', () => {
    const verdict = verdictOf({
      provider: 'Genesys Cloud',
      tokenRequest: { method: 'POST', url: 'https://login.mypurecloud.com/oauth/token' },
      apiRequest: { url: 'https://api.mypurecloud.ie/api/v2/groups' },
      apiResponse: { status: 401, body: '{"message":"Invalid login credentials.","code":"bad.credentials"}' },
    });
    expect(verdict).toMatchObject({
      rootCause: 'endpoint/token-wrong-environment',
      certainty: 'suspected',
    });
  });
});

describe('what is no failure', () => {
  const kindOf = (paste: unknown): string => explainPaste(paste).report.verdict.kind;

  it.each([
    ['an issued token', '{"access_token":"abc123","token_type":"bearer","expires_in":86399}'],
    [
      'a call that was let in',
      { apiRequest: { url: 'https://api.example.com/v1/a' }, apiResponse: { status: 200, body: '[1]' } },
    ],
    [
      'a command that is right',
      'curl -u "$ID:$SECRET" -d grant_type=client_credentials https://login.mypurecloud.com/oauth/token',
    ],
    [
      'one question after another',
      { note: 'How do I set the clock tolerance in oidc-client? Is five minutes the default?' },
    ],
  ])('%s is healthy', (_, paste) => {
    expect(kindOf(paste)).toBe('healthy');
  });

  it.each([
    ['a failure without a word of what', 'My integration fails since this morning'],
    ['an answer that lets nobody in and refuses nobody', { apiResponse: { status: 304 } }],
    [
      'a text of something else',
      'The quick brown fox jumps over the lazy dog. Why does it fail to land on its feet when the night is dark?',
    ],
    [
      'a log of something else',
      'Our build log: 12 warnings, one error: cannot find module left-pad. Please help me to fix this problem in the pipeline.',
    ],
    ['another language', '昨日からプログラムが動きません'],
  ])('%s is inconclusive: nothing can be judged', (_, paste) => {
    expect(explainPaste(paste).report.verdict).toEqual({ kind: 'inconclusive', candidates: [] });
  });
});

describe('a list that comes back empty', () => {
  const empty = { apiResponse: { status: 200, body: '{"items": []}' } };
  it('is a failure where nobody says that it works', () => {
    expect(explainPaste({ ...empty, note: 'I shared my calendar with it' }).report.verdict.kind).not.toBe(
      'healthy',
    );
  });
  it('is none where somebody does', () => {
    expect(explainPaste({ ...empty, note: 'The call works' }).report.verdict.kind).toBe('healthy');
  });
});

describe('what a proof must not pass over', () => {
  const verdictOf = (statement: object) => explainPaste(statement).report.verdict;
  const suspected = (statement: object): string => {
    const { certainty, rootCause = '' } = verdictOf(statement);
    expect(certainty).toBe('suspected');
    return rootCause;
  };

  it('a raw plus in a token that a form carries', () => {
    const cause = suspected({
      curl: 'curl https://id.example.com/oauth/token -d "grant_type=refresh_token&refresh_token=q3Zt8+Lw0pXr5vBn2sKd7w=="',
      tokenResponse: {
        status: 400,
        body: '{"error":"invalid_grant","error_description":"The refresh token is invalid or expired"}',
      },
    });
    expect(cause).toBe('credential/needs-form-encoding');
  });

  it('a redirect URI in a JSON body, which the server may not have read', () => {
    const refusal = {
      status: 400,
      body: '{"error":"invalid_grant","error_description":"Invalid redirect_uri"}',
    };
    const url = 'https://id.example.com/oauth/token';
    suspected({
      tokenRequest: { method: 'POST', url, headers: { 'Content-Type': 'application/json; charset=utf-8' } },
      tokenResponse: refusal,
    });
  });

  it('a 404 of which only a path is shown, or of the address that the documentation names', () => {
    const gone = { tokenResponse: { status: 404 } };
    const asked = (url: string) => ({ tokenRequest: { method: 'POST', url } });
    suspected({ ...asked('/api/session/issue'), ...gone });
    suspected({ ...asked('https://id.example.com/oauth/access_token'), ...gone });
    suspected({
      ...asked('https://id.example.com/api/session/issue'),
      ...gone,
      note: 'The manual of the server lists it as its token endpoint',
    });
    const { certainty } = verdictOf({ ...asked('https://id.example.com/api/session/issue'), ...gone });
    expect(certainty).toBe('proved');
  });

  it('words in angle brackets in the place of a header value', () => {
    const { rootCause } = verdictOf({
      tokenRequest: { headers: { Authorization: 'Basic <base64 of "id:", no secret>' } },
      tokenResponse: { status: 400 },
    });
    expect(rootCause).not.toBe('header/bad-base64');
  });

  it('which of the two was sent, where one sentence names codes and refresh tokens', () => {
    const refused = {
      status: 400,
      body: '{"error":"invalid_grant","message":"Error validating grant. Your authorization code or refresh token may be expired or it was already used"}',
    };
    suspected({
      provider: 'Mercado Libre',
      tokenRequest: {
        url: 'https://api.mercadolibre.com/oauth/token',
        body: 'grant_type=authorization_code&code=TG-1',
      },
      tokenResponse: refused,
    });
    suspected({
      provider: 'GitHub',
      tokenRequest: { body: 'grant_type=refresh_token&refresh_token=ghr_x' },
      tokenResponse: { status: 400, body: '{"error":"bad_verification_code"}' },
    });
  });

  it('a 503 that says what it did not like, or comes of too many calls', () => {
    suspected({ apiResponse: { status: 503, body: '{"error":"Invalid params: refresh token"}' } });
    suspected({ tokenResponse: { status: 503, body: '{"code":"REFRESH_TOKEN_INVALID"}' } });
    suspected({
      tokenResponse: { status: 503, body: 'Service Temporarily Unavailable' },
      note: 'The log of nginx says: limiting requests, excess: 12.1 by zone "api". It comes under load only.',
    });
    expect(
      verdictOf({ tokenResponse: { status: 503, body: 'Service Temporarily Unavailable' } }),
    ).toMatchObject({
      rootCause: 'connection/outage',
      certainty: 'proved',
    });
  });

  it('a page for signing in that is not there, whose address has no response_type', () => {
    const gone = { tokenResponse: { status: 404 } };
    const asked = (url: string) => suspected({ tokenRequest: { url }, ...gone });
    expect(asked('https://git.example.com/login/oauth/authorize?client_id&state=x1')).toBe(
      'credential/missing',
    );
    expect(asked('https://app.example.com/oauth/authorize?state=x1&version=')).toBe('credential/missing');
    asked('https://www.example.com/v3/dialog/oauth?client_id=12345&redirect_uri=https://a.example.com');
    const sent = verdictOf({
      tokenRequest: { method: 'POST', url: 'https://app.example.com/oauth/authorize?state=x1' },
      ...gone,
    });
    expect(sent).toMatchObject({ certainty: 'proved', rootCause: 'request/wrong-endpoint' });
  });

  it('the tenant before the usual path of a token endpoint', () => {
    suspected({
      tokenRequest: { method: 'POST', url: 'https://acme.example.com/oauth2/token' },
      tokenResponse: { status: 404, body: '{"error":"Not found."}' },
    });
  });

  it('a substitution that no shell ran', () => {
    const cause = suspected({
      curl: `curl -X POST -H 'Authorization: Basic $(printf %s "a:b" | base64)' -d grant_type=client_credentials https://id.example.com/oauth/token`,
      tokenResponse: { status: 401, body: '{"error":"invalid_client"}' },
    });
    expect(cause).toBe('request/malformed-command');
  });

  it('what a shell replaces before it is sent', () => {
    const asked = (value: string): object => ({
      curl: `curl -H "Authorization: Basic ${value}" -d grant_type=client_credentials https://id.example.com/token`,
      tokenResponse: { status: 401, body: '{"error":"invalid_client"}' },
      note: 'The secret expired last night.',
    });
    expect(suspected(asked('$TOKEN'))).not.toBe('header/bad-base64');
    expect(suspected(asked('$(echo -n "$ID:$SECRET" | base64 -w0)'))).toBe('client/wrong-secret');
  });

  const asked = (body: string, headers: object = {}, description?: string): object => ({
    tokenRequest: {
      method: 'POST',
      url: 'https://id.example.com/token',
      headers: {
        'Content-Type': body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
        ...headers,
      },
      body,
    },
    tokenResponse: { status: 400, body: { error: 'invalid_request', error_description: description } },
  });
  const JSON_GRANT = '{"grant_type":"client_credentials"}';

  it.each([
    ['a body that is cut off', asked('client_id=svc-7&client_sec')],
    ['a body with dots at its end', asked('client_id=...')],
    ['a body with an empty secret', asked('client_id=svc-7&client_secret=')],
    ['a body without a client', asked('scope=a b')],
    ['JSON, where the server misses the client', asked(JSON_GRANT, {}, 'Missing parameter: client_id')],
    ['JSON beside a header that nobody can read', asked(JSON_GRANT, { Authorization: 'Basic !!!' })],
  ])('%s, where invalid_request names nothing else', (_name, statement) => {
    suspected(statement);
  });

  it.each([
    ['a whole body', asked('scope=a', { Authorization: 'Basic YTpi' })],
    ['JSON', asked(JSON_GRANT, { Authorization: 'Basic YTpi' }, 'grant_type is missing')],
  ])('and yet %s proves what it shows', (_name, statement) => {
    expect(verdictOf(statement).certainty).toBe('proved');
  });

  it('the address of a sign-in page, which is no token request', () => {
    suspected({
      tokenRequest: { url: 'https://id.example.com/authorize?client_id=svc-7&response_type=code' },
      tokenResponse: { status: 404 },
    });
  });

  it.each(['[token]', 'Basic 0d4c5f9c-0000-0000-0000-000000000000', 'k3TqZ0vYb7Lw1mN9x'])(
    'a header that an unknown API may take: %s',
    (Authorization) => {
      suspected({
        apiRequest: { url: 'https://api.example.org/v1/user', headers: { Authorization } },
        apiResponse: { status: 401 },
      });
    },
  );

  it('a Basic header at an API that may take one', () => {
    suspected({
      curl: 'curl --user alice:wonderland https://api.example.org/v1/user/login',
      apiResponse: { status: 401 },
    });
  });
});

describe('myths', () => {
  it('says what is true where a paste repeats what is not', () => {
    const { report } = explainPaste({
      provider: 'Genesys Cloud',
      note: 'With client_credentials the client type must be set to Confidential and needs the scope analytics:report:view',
      apiResponse: { status: 403, body: '{"message":"x","code":"not.authorized","status":403}' },
    });
    const notes = report.notes?.join('\n') ?? '';
    expect(notes).toContain('no "Confidential"');
    expect(notes).toContain('analytics:report:view');
    expect(notes).toMatch(/https:\/\//);
  });
});

/** Secrets that no name, header or option marks: in sentences of many languages, options, arguments, pairs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import { coined } from '../src/reading/coined.ts';
import { masked } from '../src/reading/mask.ts';
import { formats } from '../src/render/index.ts';
import { view } from './report-samples.ts';

const ID = '5e0c8f1a-44d3-4b18-8a8c-d1f0a1b2c3d4';

/** In sentences; ¤ is the secret. */
const SENTENCES = [
  'rotated the secret ¤ yesterday',
  'the secret is ¤',
  'the new secret is ¤ since monday',
  'secret (¤)',
  'my client secret ¤',
  'client secret "¤" was regenerated',
  'client secret “¤” was regenerated',
  'the secret `¤` does not work',
  'new secret → ¤',
  'secret -> ¤',
  'clientSecret→¤',
  'pw ¤',
  'password is ¤',
  'the password was ¤ until friday',
  'SecretKey ¤',
  'Secret Value: ¤ AADSTS7000215: Invalid client secret provided.',
  'I used the secret id ¤ instead of the value',
  'scopes: a,b secret ¤',
  'key id AKIA1 secret ¤',
  'api key ¤',
  'token ¤ expired',
  'access token ¤',
  'assertion ¤',
  'signed with ¤',
  `id/secret: ${ID} ¤`,
  'Client Secret\n¤',
  'client secret:\n\n  ¤',
  '| client_id | client_secret |\n|---|---|\n| svc | ¤ |',
  'Passwort: ¤',
  'Das Passwort lautet ¤',
  'Kennwort ¤',
  'geheim ist ¤',
  'Clientgeheimnis ¤',
  'mot de passe : ¤',
  'le mot de passe est ¤',
  'contraseña ¤',
  'la contraseña es ¤',
  'a senha é ¤',
  'il segreto è ¤',
  'wachtwoord is ¤',
  'lösenord: ¤',
  'adgangskode ¤',
  'passord ¤',
  'salasana: ¤',
  'hasło: ¤',
  'heslo ¤',
  'jelszó: ¤',
  'parola: ¤',
  'şifre: ¤',
  'κωδικός: ¤',
  'пароль ¤',
  'секрет: ¤',
  'كلمة المرور: ¤',
  'סיסמה: ¤',
  'पासवर्ड ¤',
  'パスワードは¤です',
  'シークレット ¤',
  '密码是¤',
  '密钥:¤',
  '비밀번호는 ¤',
  'mật khẩu: ¤',
  'รหัสผ่าน ¤',
] as const;

/** In options, code and settings; whatever the value is. */
const PLACES = [
  'secret: ¤',
  'secret = ¤',
  'client-secret=¤',
  'oauthclient_secret = "¤"',
  ':client_secret => "¤"',
  "'secret' => '¤'",
  '<clientSecret>¤</clientSecret>',
  "appSecret:'¤'",
  '--client-secret ¤',
  '--client-secret=¤',
  '--password "¤"',
  "-ClientSecret '¤'",
  'az login --service-principal -u id --password ¤',
  '["--secret","¤"]',
  'ConvertTo-SecureString "¤" -AsPlainText -Force',
  "ConvertTo-SecureString -String '¤' -AsPlainText",
  'new NetworkCredential("svc", "¤")',
  `get_client_credentials_token("${ID}", "¤")`,
  `PostToken("${ID}", "¤")`,
  `cfg.ApiClient.PostToken(id, "¤");`,
  `loginClientCredentialsGrant("${ID}", "¤")`,
  "client.loginClientCredentialsGrant(id, '¤')",
  `AuthorizeClientCredentials("${ID}","¤")`,
  `new ClientSecretCredential("${ID}", "${ID}", "¤")`,
  'auth=("svc", "¤")',
  "HTTPBasicAuth('svc', '¤')",
  'X-API-Key: ¤',
  'Ocp-Apim-Subscription-Key: ¤',
  'PRIVATE-TOKEN: ¤',
  '"SecretString":"¤"',
  String.raw`"SecretString":"{\"client_secret\":\"¤\"}"`,
  '"client_secret_value": "¤"',
  '"AccountKey": "¤"',
  '-a svc:¤',
  '-u svc:¤',
  'https://svc:¤@id.acme.io/token',
  '?client_secret=¤',
  'refresh_token=¤',
  'Bearer ¤',
  'bearer token: ¤',
  'Authorization=Basic ¤',
  'echo svc:¤ | base64',
  `echo -n "${ID}:¤" | base64`,
  "printf '%s' 'svc:¤' | openssl base64",
  'btoa("svc:¤")',
  'base64.b64encode(b"svc:¤")',
] as const;

/** Where the value must look like one, since the same form holds words. */
const LOOSE = [
  'MY_PASS=¤',
  'GC_SEC=¤',
  'sec=¤',
  'CLIENT_SEC: ¤',
  'login(id, "¤")',
  'client.connect(url, user, "¤")',
  `${ID}:¤`,
  `"${ID}:¤"`,
  `${ID} / ¤`,
] as const;

const TAILS = [
  '\n{"error":"invalid_client"}',
  ' {"error":"invalid_client"}',
  '\n{"error":"invalid_client","description":"authentication failed"} https://login.mypurecloud.de/oauth/token',
  '\nWe host at apps.mypurecloud.ie. It worked before.\n401 {"error":"invalid_client"}',
];

/** As people are issued them and as they think them up. */
const SECRETS = [
  'Zx8QkLmN0pQrStUvWxYz1234',
  '9f8e7d6c5b4a39281706f5e4d3c2b1a0',
  'q8+Zt/KxPw03mVbYc1==',
  'Sommer2026!',
  'k3yB0ard_m4pl3-77',
];

const from = (form: string, secret: string): string => form.replace('¤', () => secret);

const everyOutput = (paste: string): string[] => {
  const { report } = explainPaste(paste);
  return [
    JSON.stringify(report),
    ...[...formats.values()].map((format) => format.render(report, { ...view, verbose: true })),
  ];
};

const isSeen = (secret: string, output: string): boolean =>
  [secret, encodeURIComponent(secret), secret.replaceAll('&', '&amp;')].some((form) => output.includes(form));

describe.each(SECRETS)('%s', (secret) => {
  it.each([...PLACES, ...LOOSE])('is hidden in: %s', (form) => {
    const text = from(form, secret);
    expect(masked(text)).toHaveLength(text.length);
    expect(masked(text)).not.toContain(secret);
  });

  it.each(SENTENCES)('is hidden in the sentence: %s', (form) => {
    const text = from(form, secret);
    // A word with a number is told from a name only right beside the word that says so.
    const isNear = coined(secret) === 'coined' || !/\n|^id\/secret|\| svc/.test(form);
    expect(masked(text)).toHaveLength(text.length);
    if (isNear) expect(masked(text)).not.toContain(secret);
  });
});

it.each([...SENTENCES, ...PLACES, ...LOOSE])('no report shows the secret of: %s', (form) => {
  const [secret = ''] = SECRETS;
  for (const tail of TAILS)
    for (const output of everyOutput(from(form, secret) + tail)) expect(output).not.toContain(secret);
});

describe('any secret', () => {
  const letters = fc.stringMatching(/^[A-Za-z0-9]{8,60}$/);
  const signs = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_~.+/!@#^-]{6,58}[A-Za-z0-9]$/);
  const hex = fc.stringMatching(/^[0-9a-f]{16,60}$/);
  const secrets = fc.oneof(letters, signs, hex);

  it('is hidden where the form alone says that it is one', () => {
    fc.assert(
      fc.property(
        // Behind a name and a colon, a number and a stroke are a port and a path.
        secrets.filter((s) => coined(s) !== 'no' && !/^\d+[/#]/.test(s)),
        fc.constantFrom(...PLACES),
        (secret, form) => !masked(from(form, secret)).includes(secret),
      ),
      { numRuns: 2000 },
    );
  });

  it('is hidden in a sentence, and in every report, if nobody would write it as a word', () => {
    const odd = secrets.filter((s) => coined(s) === 'coined');
    fc.assert(
      fc.property(
        odd,
        fc.constantFrom(...SENTENCES, ...LOOSE),
        (secret, form) => !masked(from(form, secret)).includes(secret),
      ),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(
        odd,
        fc.constantFrom(...SENTENCES, ...PLACES, ...LOOSE),
        fc.constantFrom(...TAILS),
        (secret, form, tail) => !everyOutput(from(form, secret) + tail).some((out) => isSeen(secret, out)),
      ),
      { numRuns: 60 },
    );
  });

  it('is told from words nearly always', () => {
    const missed = fc.sample(letters, { numRuns: 4000, seed: 7 }).filter((s) => coined(s) === 'no');
    expect(missed.filter((s) => /\d/.test(s) && /[A-Za-z]/.test(s))).toEqual([]);
  });
});

it.each([
  [
    'a statement of settings',
    { config: { 'Client Secret Value': '¤', MY_PASS: '¤', nested: { senha: '¤' } } },
  ],
  ['a note', { note: 'I rotated the secret ¤ yesterday', tokenResponse: { status: 401, body: 'bad ¤' } }],
  ['code', { config: { code: 'client.PostToken(id, "¤");' }, tokenResponse: { body: 'no client with ¤' } }],
])('%s shows no secret', (_, statement) => {
  const [secret = ''] = SECRETS;
  const { report, evidence } = explainPaste(
    JSON.parse(JSON.stringify({ ...statement, provider: 'Genesys Cloud' }).replaceAll('¤', secret)),
  );
  expect(JSON.stringify([report, evidence])).not.toContain(secret);
});

it.each(['the secret is ¤', 'Passwort: ¤', 'client secret value = "¤"', 'シークレットは¤です'])(
  'a UUID is a secret where it is said to be one: %s',
  (form) => expect(masked(from(form, ID))).not.toContain(ID),
);

it('reads a long paste in a time that grows with its length', () => {
  for (const piece of ['--secret-', 'key:', 'secret\n', 'login("a",', 'password a3f9c1e2b7d84f60 '])
    expect(masked(piece.repeat(200_000 / piece.length)).length).toBeGreaterThan(199_000);
});

describe('what is no secret stays readable', () => {
  it.each([
    'the secret is wrong',
    'the secret expired yesterday',
    'The client secret was regenerated on 2026-11-23 at 09:00:00Z.',
    'client secret regenerated, password unchanged, token refreshed',
    'The provided client secret keys for app are expired: AADSTS7000222',
    'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the client secret value.',
    'AADSTS700016: Application with identifier was not found',
    'error_codes: [7000215], secret of the app',
    'token expires in 86399 seconds, token valid until 1732371200',
    'the token has the scopes routing:queue:view analytics:conversationDetail:view openid offline_access',
    'token endpoint https://login.mypurecloud.de/oauth/token with secret',
    'the secret for login.mypurecloud.de and api.mypurecloud.de is the same',
    'password grant, client_credentials grant, urn:ietf:params:oauth:grant-type:jwt-bearer token',
    'The token request has the header Ocp-Apim-Subscription-Key and X-Api-Key',
    'secret from $CLIENT_SECRET, ${CLIENT_SECRET_2} and process.env.CLIENT_SECRET_V2',
    'password %CLIENT_SECRET_2% secret {{client_secret_2}} token <your_token_2>',
    'client_secret_basic and client_secret_post, private_key_jwt with HMAC-SHA256 or RS256',
    'token signed with HmacSHA256, key of RSA-OAEP-256, secret in Base64Url',
    'password reset, secret rotation, key vault, access token lifetime, token introspection',
    'the secret XXXXXXXXXXXX, the password ************, the token [REDACTED]',
    'secret "your_client_secret" and password <password> and key YOUR_API_KEY_HERE',
    `client id ${ID}, secret hidden`,
    `the secret id is ${ID}, the secret of client ${ID}`,
    `trace id 7f3c9a1e2b4d5f60 of the token request, secret hidden`,
    'token.getClaim("preferred_username"), secret.encode("utf-8")',
    'setHeader("Content-Type", "application/x-www-form-urlencoded")',
    'client.loginClientCredentialsGrant(clientId, clientSecret)',
    'getToken("https://login.mypurecloud.de/oauth/token", "client_credentials")',
    'login("client_credentials", "openid profile")',
    '--client-secret $SECRET --password-stdin --token-url https://id.acme.io/oauth2/v2.0/token',
    '--client-secret-file secret.txt --key client-key.pem --secret "$(cat secret)"',
    'Passwort falsch, Kennwort abgelaufen, Schlüssel ungültig',
    'mot de passe incorrect, clé expirée, jeton invalide',
    'la contraseña es incorrecta, clave inválida',
    'パスワードは正しいです',
    'пароль неверный, токен просрочен',
    'Key: application/json; password: required',
    'secrets.yml line 42, password.properties and token-cache.json',
    'OAuth2RestTemplate asks for a token with OAuth2ClientContext, X509Certificate2 as key',
    'HTTP/1.1 401 Unauthorized, token refused by nginx/1.25.3',
    'echo "$CLIENT_ID:$CLIENT_SECRET" | base64',
    'echo -n "client_id:client_secret" | base64',
    'new NetworkCredential(user, password)',
    'secret of MS365_MCP_CLIENT_SECRET, password in GC_2_CLIENT_PASSWORD, token of gc-client-v2',
    'MY_PASS=$PASS, SECRET=${SECRET}, code: invalid_grant, token: expired',
  ])('%s', (text) => {
    expect(masked(text)).toBe(text);
  });
});

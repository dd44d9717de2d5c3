/** What a report of a paste advises: never what the paste already does, and never the opposite of what the server says. */
import { describe, expect, it } from 'vitest';
import { explainPaste } from '../src/app/explain-paste.ts';
import type { Finding, FindingCode } from '../src/core/index.ts';

const findings = (paste: unknown): Finding[] =>
  explainPaste(paste).report.stages.flatMap((stage) => stage.findings);

/** All that the findings of a code say: cause, evidence, steps and commands. */
const said = (code: FindingCode, paste: unknown): string =>
  JSON.stringify(findings(paste).filter((f) => f.code === code));

const codes = (paste: unknown): FindingCode[] =>
  explainPaste(paste).report.verdict.candidates.map(({ code }) => code);

const FORM = 'grant_type=client_credentials&client_id=tpp-17&client_secret=s3cr3tS3cr3t';
const refused = (error_description: string, request: object = {}) => ({
  tokenRequest: { method: 'POST', url: 'https://id.example.com/token', ...request },
  tokenResponse: { status: 401, body: { error: 'invalid_client', error_description } },
});

describe('the way to send id and secret', () => {
  it('is the header where the provider reads them there', () => {
    const text = said('client/auth-method-mismatch', {
      provider: 'Fitbit',
      tokenRequest: { method: 'POST', url: 'https://api.fitbit.com/oauth2/token', body: FORM },
      tokenResponse: {
        status: 401,
        body: {
          errors: [
            { errorType: 'invalid_client', message: 'Invalid authorization header. Client id invalid' },
          ],
        },
      },
    });
    expect(text).toContain('Send id and secret in a Basic header');
    expect(text).not.toContain('--client-auth post');
  });

  it('is an assertion where the server misses one', () => {
    const text = said('client/auth-method-mismatch', {
      provider: 'Keycloak',
      ...refused('Parameter client_assertion_type is missing', { body: FORM }),
    });
    expect(text).toContain('signed JWT');
    expect(text).not.toMatch(/--client-auth|in a Basic header/);
  });

  it('is not the body where the paste has them in the body', () => {
    const text = said(
      'client/auth-method-mismatch',
      refused('unsupported authentication method', { body: FORM }),
    );
    expect(text).toContain('--client-auth basic');
    expect(text).not.toContain('--client-auth post');
  });

  it('is what the server says that it supports', () => {
    const hydra = (wants: string, got: string) =>
      refused(
        `The OAuth 2.0 Client supports client authentication method 'client_secret_${wants}', but method 'client_secret_${got}' was requested.`,
      );
    expect(said('client/auth-method-mismatch', hydra('post', 'basic'))).toContain('--client-auth post');
    expect(said('client/auth-method-mismatch', hydra('basic', 'post'))).toContain('--client-auth basic');
  });
});

describe('a sandbox', () => {
  const paste = (url?: string) => ({
    provider: 'FedEx',
    ...(url !== undefined && { tokenRequest: { method: 'POST', url } }),
    tokenResponse: { status: 401, body: { error: 'invalid_client' } },
    note: 'Key and secret come from the test tab of the portal; its sandbox has hosts of its own.',
  });

  it('was asked only where its host was', () => {
    const asked = 'A sandbox was asked';
    expect(said('request/wrong-region', paste('https://apis-sandbox.fedex.com/oauth/token'))).toContain(
      asked,
    );
    for (const url of ['https://apis.fedex.com/oauth/token', undefined])
      expect(said('request/wrong-region', paste(url))).not.toContain(asked);
    expect(said('request/wrong-region', paste('https://apis.fedex.com/oauth/token'))).toContain(
      'Ask the host of the sandbox',
    );
  });
});

describe('a secret that is form-encoded before the form', () => {
  it('is encoded too often, and not too seldom', () => {
    const [first] = codes({
      config: {
        code: 'from urllib.parse import quote_plus\nr = requests.post("https://id.example.com/oauth_token.do",\n    data={"grant_type": "client_credentials",\n          "client_id": CLIENT_ID,\n          "client_secret": quote_plus(CLIENT_SECRET)})\nprint(r.status_code)   # 401',
      },
      note: 'secret has % and + and / in it (cannot choose it)',
    });
    expect(first).toBe('credential/over-encoded');
  });

  it('stays hidden where a value and no name is encoded', () => {
    expect(said('credential/over-encoded', 'client_secret: quote_plus(s3cr3tS3cr3t')).not.toContain('s3cr3t');
    const { evidence } = explainPaste('data={"client_secret": quote_plus(s3cr3tS3cr3t)}\n401 invalid_client');
    expect(JSON.stringify(evidence)).not.toContain('s3cr3tS3cr3t');
  });
});

describe('a sign-in at a provider whose clients have roles', () => {
  const call = (note: string) => ({
    provider: 'Genesys Cloud',
    apiRequest: { method: 'GET', url: 'https://api.usw2.pure.cloud/api/v2/routing/queues' },
    apiResponse: {
      status: 403,
      body: {
        message: 'App not authorized to use scope [routing, routing:readonly]',
        code: 'app.not.authorized.for.scope',
        status: 403,
      },
    },
    note,
  });

  it('is not told of client credentials', () => {
    const user = said(
      'endpoint/missing-scope',
      call('Code Authorization (PKCE) client of a little dashboard'),
    );
    expect(user).not.toContain('client credentials');
    expect(user).toContain('sign in anew');
    expect(said('endpoint/missing-scope', call('client credentials, nightly job'))).toContain(
      'do not apply to client credentials',
    );
  });

  it('has the scopes of its address looked up', () => {
    const text = said(
      'scope/unknown',
      'implicit to PKCE\n\nhttps://login.mypurecloud.com/oauth/authorize?client_id=xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx&response_type=code&redirect_uri=https%3A%2F%2Flocalhost%3A8443&scope=analytics%3Aview%20users%3Areadonly&code_challenge=xxx&code_challenge_method=S256\n\nbrowser comes back with  ?error=invalid_scope&error_description=invalid+scope',
    );
    expect(text).toContain('Genesys Cloud has no scope analytics:view.');
    expect(text).not.toMatch(/without scope|client credentials/);
  });
});

describe('an answer that names the one cause', () => {
  it('is what the finding says, and the place is not compared first', () => {
    const [found] = findings({
      tokenResponse: {
        status: 401,
        body: {
          error: 'invalid_client',
          error_description: "AADSTS7000222: The provided client secret keys for app '6f***' are expired.",
        },
      },
    }).filter(({ code }) => code === 'client/wrong-secret');
    expect(found?.cause).toContain('has expired');
    expect(found?.fix[0]?.action).toContain('Make a new secret');
  });

  it('of a time says not on which side it lies', () => {
    const text = said('connection/clock-skew', {
      provider: 'Google',
      tokenResponse: {
        status: 400,
        body: {
          error: 'invalid_grant',
          error_description:
            'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
        },
      },
    });
    expect(text).not.toContain('has not come yet');
  });

  it('of a refresh token is not outweighed by words', () => {
    expect(
      codes({
        provider: 'Atlassian',
        config: {
          'worker logs':
            'w1 04:00:00.101 POST https://auth.atlassian.com/oauth/token grant_type=refresh_token -> 200\nw2 04:00:00.230 POST https://auth.atlassian.com/oauth/token grant_type=refresh_token -> 403 {"error":"unauthorized_client","error_description":"refresh_token is invalid"}',
        },
      })[0],
    ).toBe('grant/refresh-token-invalid');
  });
});

describe('what is shown plainly', () => {
  it('is no secret that was changed, where code makes one', () => {
    expect(
      said('client/wrong-secret', {
        config: {
          'Config.cs':
            'new Client {\n  ClientSecrets = { new Secret("...".Sha256()) },\n  AllowedGrantTypes = GrantTypes.Code }',
        },
        tokenResponse: { status: 400, body: { error: 'unauthorized_client' } },
      }),
    ).not.toContain('was changed');
  });

  it('is no id that is quoted back, where another parameter holds the word', () => {
    expect(
      codes(
        'sign in, after redirect:\nhttps://app.example.com/cb?error=unauthorized_scope_error&error_description=Scope+%26quot%3Br_liteprofile%26quot%3B+is+not+authorized+for+your+application&state=foobar',
      ),
    ).not.toContain('credential/placeholder');
  });

  it('is a scope, where code names one as a list', () => {
    const paste =
      "data = {'client_id': 31337, 'client_secret': os.environ['OSU'], 'grant_type': 'client_credentials', 'scope': str(['public', 'identify'])}\nrequests.post('https://osu.ppy.sh/oauth/token', data=data).json()\n{'error': 'invalid_scope', 'error_description': 'The requested scope is invalid, unknown, or malformed', 'hint': \"Check the `['public',` scope\"}";
    expect(codes(paste)[0]).toBe('scope/malformed');
    expect(said('scope/not-requested', paste)).toBe('[]');
  });

  it('outweighs words: a bare base64, a pair that works in the body, fewer rows than there are', () => {
    expect(
      codes({
        provider: 'Fitbit',
        config: {
          code: "const res = await fetch('https://api.fitbit.com/oauth2/token', {\n  method: 'POST',\n  headers: {\n    'Authorization': btoa(`${ID}:${SECRET}`),\n    'Content-Type': 'application/x-www-form-urlencoded'\n  },\n  body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: REDIR })\n})",
        },
        tokenResponse: {
          status: 401,
          body: '{"errors":[{"errorType":"invalid_client","message":"Invalid authorization header. Client id invalid"}],"success":false}',
        },
      })[0],
    ).toBe('header/missing-scheme');
    expect(
      codes({
        tokenRequest: {
          method: 'POST',
          url: 'https://auth.intern.example/oauth2/token',
          headers: {
            Authorization: `Basic ${btoa('billing-batch:k9%zT+q4/Lw==')}`,
            'Content-Type': 'application/x-www-form-urlencoded',
          },
          body: 'grant_type=client_credentials',
        },
        tokenResponse: { status: 401, body: { error: 'invalid_client' } },
        note: 'With the credentials in the body I get a token. With Basic never.',
      })[0],
    ).toBe('credential/needs-form-encoding');
    expect(
      codes({
        provider: 'Genesys Cloud',
        apiRequest: { method: 'GET', url: 'https://api.mypurecloud.de/api/v2/routing/queues?pageSize=100' },
        apiResponse: {
          status: 200,
          body: { entities: [{ id: 'a1', division: { name: 'Home' } }], total: 1 },
        },
        note: 'As an admin in the UI I see 56 queues in 4 divisions. The client credentials client sees one.',
      }),
    ).toEqual(['endpoint/silently-empty']);
  });
});

describe('a connection that failed', () => {
  it('is mended in the language of the program', () => {
    const tls = (text: string) => said('connection/tls-or-proxy', text);
    const python =
      "urllib3.exceptions.MaxRetryError: HTTPSConnectionPool(host='login.mypurecloud.com', port=443): Max retries exceeded with url: /oauth/token (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1007)')))";
    expect(tls(python)).toContain('REQUESTS_CA_BUNDLE');
    expect(tls(python)).toContain('-connect login.mypurecloud.com:443');
    expect(tls(python)).toContain('no answer: urllib3.exceptions.MaxRetryError');
    expect(
      tls(
        'javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target',
      ),
    ).toContain('keytool');
    expect(
      tls('FetchError: request to https://id.example.com/token failed: self-signed certificate'),
    ).toContain('NODE_EXTRA_CA_CERTS');
  });

  it('to this machine is no affair of a firewall', () => {
    const text = said('connection/unreachable', {
      note: 'argocd-server: failed to get token: Post "http://localhost:5556/dex/token": dial tcp [::1]:5556: connect: connection refused',
    });
    expect(text).toContain('In a container');
    expect(text).not.toMatch(/firewall|Allow HTTP/);
  });
});

describe('what a server says', () => {
  it.each([
    [
      'a nested object',
      { error: { code: 403, message: 'Project acme-dwh: no jobs.create' } },
      {},
      'acme-dwh',
    ],
    ['a list', { errors: [{ errorType: 'quota', message: 'Come back at noon' }] }, {}, 'Come back at noon'],
    ['a list of errors alone', [{ errorCode: 'X1', message: 'Come back at noon' }], {}, 'Come back at noon'],
    [
      'a challenge',
      '',
      { 'WWW-Authenticate': 'Bearer error="invalid_token", error_description="aud"' },
      'aud',
    ],
  ])('is in the evidence: %s', (_, body, headers, words) => {
    const shows = findings({
      apiRequest: { method: 'GET', url: 'https://api.example.com/v1/me' },
      apiResponse: { status: 403, headers, body },
    }).flatMap((f) => f.evidence.map((point) => point.shows));
    expect(shows.join('\n')).toContain(words);
  });

  it('is shown without its secrets', () => {
    const secret = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
    const { report } = explainPaste({
      apiRequest: { method: 'GET', url: 'https://api.example.com/v1/me' },
      apiResponse: {
        status: 401,
        headers: { 'WWW-Authenticate': `Bearer error="invalid_token", error_description="${secret}"` },
        body: { error: { message: `the token ${secret} has ended`, access_token: secret } },
      },
    });
    expect(JSON.stringify(report)).not.toContain('c2lnbmF0dXJl');
  });
});

describe('a page on which the values were written down', () => {
  it('is no provider', () => {
    const of = (note: string) => explainPaste({ note }).report.provider;
    expect(of('401 invalid_client; id and secret come out of a Confluence page')).toBe('generic');
    expect(of('401 invalid_client from Confluence')).toBe('atlassian');
  });
});

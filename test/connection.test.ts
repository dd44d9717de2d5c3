import { describe, expect, it } from 'vitest';
import { checks } from '../src/checks/connection/index.ts';
import { networkFailure } from '../src/checks/connection/network-texts.ts';
import type { Exchange, ExchangeRequest, Outcome, UnansweredWhy } from '../src/core/index.ts';
import { genesysCloud } from '../src/providers/genesys-cloud.ts';
import { json, look, page, plain, sceneOf, seen, tokenAnswer, tokenExchange } from './scenes.ts';

const silent = (why: UnansweredWhy): Outcome => ({ kind: 'unanswered', why, detail: 'in words' });
const token = (outcome: Outcome) => sceneOf({ exchanges: [tokenExchange(outcome)] });

describe('what came back', () => {
  it.each<[string, Outcome, string[]]>([
    ['name resolution', silent('name-resolution'), ['connection/unreachable']],
    ['refused', silent('refused'), ['connection/unreachable']],
    ['time-out', silent('time-out'), ['connection/unreachable']],
    ['reset', silent('reset'), ['connection/unreachable']],
    ['TLS', silent('tls'), ['connection/tls-or-proxy']],
    ['the proxy', silent('proxy'), ['connection/tls-or-proxy']],
    ['offline is nobody’s fault', silent('offline'), []],
    ['407', plain(407, ''), ['connection/tls-or-proxy']],
    ['500', plain(500, ''), ['connection/outage']],
    ['503', plain(503, ''), ['connection/outage']],
    ['temporarily_unavailable', json(400, { error: 'temporarily_unavailable' }), ['connection/outage']],
    ['a page of a web filter', page(200, '<title>Web filter</title>'), ['connection/tls-or-proxy']],
    ['a page of a web filter with 403', page(403, 'Your proxy administrator'), ['connection/tls-or-proxy']],
    ['a page of a gateway', page(502, '<h1>Bad Gateway</h1>'), ['connection/outage']],
    ['a refusal', json(401, { error: 'invalid_client' }), []],
    ['404', json(404, {}), []],
  ])('%s', (_, outcome, codes) => {
    expect(seen(checks, token(outcome))).toEqual(codes);
  });

  it('a page without a word of a proxy is one only where the path is known to be right', () => {
    const exchanges = [tokenExchange(page(200, '<title>Welcome</title>'))];
    expect(seen(checks, sceneOf({ exchanges }))).toEqual([]);
    expect(seen(checks, sceneOf({ exchanges }, { profile: genesysCloud }))).toContain(
      'connection/tls-or-proxy',
    );
  });

  it('is forgotten where the next try was answered', () => {
    const again: Exchange = { ...tokenExchange(json(200, {})), step: 'token/2' };
    expect(seen(checks, sceneOf({ exchanges: [tokenExchange(silent('time-out')), again] }))).toEqual([]);
  });

  it('never reads as a bad secret', () => {
    for (const outcome of [silent('refused'), silent('tls'), plain(503, ''), page(200, 'proxy')]) {
      for (const s of checks.flatMap((check) => check.look(token(outcome)))) {
        expect((s.alternatives ?? []).map((cause) => cause.code)).not.toContain('client/wrong-secret');
      }
    }
  });

  it('a name that does not resolve may be a wrong one', () => {
    expect(look(checks, 'connection/unreachable', token(silent('name-resolution')))).toMatchObject([
      { sufficient: false, alternatives: [{ code: 'request/wrong-region' }] },
    ]);
  });
});

describe('who must do what', () => {
  const via = 'through the proxy http://proxy.test:3128 (HTTPS_PROXY)';
  const steps = (outcome: Outcome, request: Partial<ExchangeRequest>): string => {
    const scene = sceneOf({ exchanges: [tokenExchange(outcome, request)] });
    const found = checks.flatMap((check) =>
      check.look(scene).flatMap(({ facts }) => check.fix(facts, scene).slice(0, -1)),
    );
    return found.flatMap((step) => [step.action, step.command, step.message]).join('\n');
  };
  const by = (code: string): Outcome => ({ kind: 'unanswered', why: 'proxy', detail: 'in words', code });

  it('a proxy that wants a password gets it in its URL', () => {
    const text = steps(by('PROXY_407'), { via });
    expect(text).toContain('export HTTPS_PROXY=http://USER:PASSWORD@proxy.test:3128');
    expect(text).toMatch(/percent-encoded/);
    expect(text).not.toMatch(/in its place/);
    const flag = steps(by('PROXY_407'), { via: 'through the proxy http://proxy.test:3128 (--proxy)' });
    expect(flag).toMatch(/into its URL, or in the place of --proxy/);
  });

  it('a proxy that is not there answers in nobody’s place', () => {
    const text = steps(by('ECONNREFUSED'), { via });
    expect(text).toMatch(/no connection to the proxy itself comes about/);
    expect(text).toMatch(/Check host and port of the proxy \(HTTPS_PROXY\)/);
    expect(text).not.toMatch(/in its place|Please allow it/);
  });

  it('a proxy that refuses is asked to let the host pass', () => {
    const text = steps(by('PROXY_403'), { via });
    expect(text).toMatch(/the proxy http:\/\/proxy\.test:3128 refuses it with 403\. Please allow it/);
  });

  it('a way that is barred is asked for with scheme and port of the URL', () => {
    const text = steps(silent('reset'), { url: 'http://localhost:18300/oauth/token' });
    expect(text).toMatch(/outgoing HTTP \(TCP 18300\) to localhost:18300\./);
    expect(text).toContain("'%{http_code}' http://localhost:18300/");
    expect(text).not.toMatch(/HTTPS |TCP 443|https:/);
    expect(steps(silent('reset'), { url: 'https://a.test/token' })).toMatch(/HTTPS \(TCP 443\) to a\.test\./);
  });

  it('a way through a proxy is tested through it', () => {
    const text = steps(silent('time-out'), { via: 'through the proxy http://proxy.test:3128 (--proxy)' });
    expect(text).toContain('-x http://proxy.test:3128 https://id.example.com/');
    expect(text).toMatch(/through the proxy http:\/\/proxy\.test:3128 \(--proxy\): see whether/);
    expect(text).not.toMatch(/set HTTPS_PROXY/);
    expect(steps(silent('time-out'), { via })).not.toContain(' -x ');
  });
});

describe('in the words of a log', () => {
  it.each([
    ['curl: (60) SSL certificate problem: unable to get local issuer certificate', 'tls'],
    ['Post "https://x/token": x509: certificate signed by unknown authority', 'tls'],
    ['javax.net.ssl.SSLHandshakeException: PKIX path building failed', 'tls'],
    ['requests.exceptions.SSLError: [SSL: CERTIFICATE_VERIFY_FAILED]', 'tls'],
    ['The remote certificate is invalid according to the validation procedure', 'tls'],
    ['HTTP/1.1 407 Proxy Authentication Required', 'proxy'],
    ['Error: getaddrinfo ENOTFOUND login.example', 'name-resolution'],
    ['java.net.UnknownHostException: login.example', 'name-resolution'],
    ['dial tcp: lookup login.example: no such host', 'name-resolution'],
    ['connect ECONNREFUSED 10.0.0.1:443', 'refused'],
    ['No connection could be made because the target machine actively refused it', 'refused'],
    ['java.net.SocketTimeoutException: connect timed out', 'time-out'],
    ['net/http: request canceled (Client.Timeout exceeded while awaiting headers)', 'time-out'],
    ['read: connection reset by peer', 'reset'],
    ['Error: socket hang up', 'reset'],
    ['{"error":"invalid_client"}', undefined],
    ['401 Unauthorized', undefined],
  ])('%s', (text, why) => {
    expect(networkFailure(text)?.why).toBe(why);
  });

  it('is read from a pasted answer without a status', () => {
    const scene = sceneOf(
      { exchanges: [tokenAnswer(plain(0, 'x509: certificate has expired or is not yet valid'))] },
      { mode: 'everything' },
    );
    expect(seen(checks, scene)).toEqual(['connection/tls-or-proxy']);
  });
});

describe('the clock', () => {
  const at = (clockSkewMs: number) => token({ ...json(200, {}), clockSkewMs });

  it.each([
    [0, []],
    [299_000, []],
    [-299_000, []],
    [301_000, ['connection/clock-skew']],
    [-3_600_000, ['connection/clock-skew']],
  ])('%d ms', (ms, codes) => {
    expect(seen(checks, at(ms))).toEqual(codes);
  });

  it('says who is ahead, and explains nothing by itself', () => {
    expect(look(checks, 'connection/clock-skew', at(-3_600_000))).toMatchObject([
      { explains: [], facts: { minutes: 60, ahead: true } },
    ]);
    const check = checks.find((one) => one.code === 'connection/clock-skew');
    expect(check).toMatchObject({ severity: 'warning', blocks: false, refutable: false });
  });

  it('is the cause where the server speaks of times', () => {
    const words = {
      error: 'invalid_grant',
      error_description: 'Invalid JWT: Token must be a short-lived token and in a reasonable timeframe',
    };
    const scene = sceneOf({ exchanges: [tokenAnswer(json(400, words))] }, { mode: 'everything' });
    expect(look(checks, 'connection/clock-skew', scene)).toMatchObject([{ explains: ['token'] }]);
  });
});

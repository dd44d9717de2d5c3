/** Faults that a loopback server can't make: names that don't resolve, certificates that have expired, dead networks. */
import nock from 'nock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp } from '../src/io/http.ts';

beforeAll(() => nock.disableNetConnect());
afterAll(() => {
  nock.cleanAll();
  nock.enableNetConnect();
  nock.restore();
});

const failing = (code: string, extra: object = {}): Error =>
  Object.assign(new Error(`text of ${code} with Basic c2VjcmV0`), { code, ...extra });

describe('faults by code', () => {
  it.each([
    ['ENOTFOUND', 'name-resolution'],
    ['EAI_AGAIN', 'name-resolution'],
    ['ECONNREFUSED', 'refused'],
    ['ETIMEDOUT', 'time-out'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['ENETUNREACH', 'network'],
    ['EHOSTUNREACH', 'network'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['CERT_NOT_YET_VALID', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls'],
    ['EWHATEVER', 'network'],
  ])('%s is %s', async (code, why) => {
    nock('https://login.example.test').post('/oauth/token').replyWithError(failing(code));
    const http = createHttp({ env: {}, userAgent: 'why403/test' });
    const answer = await http.send({
      method: 'POST',
      url: 'https://login.example.test/oauth/token',
      headers: { authorization: 'Basic c2VjcmV0' },
      body: 'grant_type=client_credentials',
    });
    http.close();
    expect(answer).toMatchObject({ kind: 'unanswered', why, code });
    if (answer.kind !== 'unanswered') return;
    expect(answer.detail).toContain('login.example.test:443');
    // The library's words and objects stay behind.
    expect(JSON.stringify(answer)).not.toMatch(/text of|c2VjcmV0/);
  });

  it('looks into the parts of a failure of several addresses', async () => {
    const both = new AggregateError([failing('ECONNREFUSED'), failing('ENETUNREACH')], '');
    nock('https://login.example.test').get('/').replyWithError(both);
    const http = createHttp({ env: {}, userAgent: 'why403/test' });
    const answer = await http.send({ method: 'GET', url: 'https://login.example.test/' });
    http.close();
    expect(answer).toMatchObject({ why: 'refused', code: 'ECONNREFUSED' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../src/core/index.ts';
import { isLoopback } from '../src/io/loopback.ts';
import { describeRoute, routeTo } from '../src/io/proxy.ts';
import { Secret } from '../src/io/secrets.ts';

const to = (url: string, env: Record<string, string>, given?: string, behindVariables = false): string => {
  const named = given && {
    value: new Secret(given),
    from: behindVariables ? 'a file' : '--proxy',
    behindVariables,
  };
  const route = routeTo(new URL(url), env, named || undefined);
  return route.kind === 'proxy' ? `${route.proxy.shown} ${route.proxy.from}` : route.why;
};
const proxied = { HTTPS_PROXY: 'http://proxy.test:3128' };

describe('which proxy a request takes', () => {
  it.each([
    ['no variable', 'https://a.test', {}, undefined, 'none'],
    ['https variable', 'https://a.test', proxied, undefined, 'http://proxy.test:3128 HTTPS_PROXY'],
    ['https variable, http target', 'http://a.test', proxied, undefined, 'none'],
    [
      'lower case first',
      'https://a.test',
      { ...proxied, https_proxy: 'http://low.test' },
      undefined,
      'http://low.test https_proxy',
    ],
    [
      'empty counts as not set',
      'https://a.test',
      { ...proxied, https_proxy: '' },
      undefined,
      'http://proxy.test:3128 HTTPS_PROXY',
    ],
    [
      'ALL_PROXY for both',
      'http://a.test',
      { ALL_PROXY: 'all.test:1' },
      undefined,
      'http://all.test:1 ALL_PROXY',
    ],
    ['the flag wins', 'https://a.test', proxied, 'http://flag.test', 'http://flag.test --proxy'],
    ['loopback by name', 'http://localhost:80', { http_proxy: 'http://p' }, 'http://p', 'loopback'],
    ['loopback by number', 'https://127.4.5.6', proxied, undefined, 'loopback'],
    ['loopback in IPv6', 'https://[::1]:8443', proxied, undefined, 'loopback'],
    ['exception: host', 'https://a.test', { ...proxied, NO_PROXY: 'b.test, a.test' }, undefined, 'no-proxy'],
    ['exception: domain', 'https://x.a.test', { ...proxied, no_proxy: '.a.test' }, undefined, 'no-proxy'],
    [
      'exception: star domain',
      'https://x.a.test',
      { ...proxied, no_proxy: '*.a.test' },
      undefined,
      'no-proxy',
    ],
    [
      'no exception: longer name',
      'https://xa.test',
      { ...proxied, no_proxy: 'a.test' },
      undefined,
      'http://proxy.test:3128 HTTPS_PROXY',
    ],
    ['exception: everything', 'https://a.test', { ...proxied, NO_PROXY: '*' }, undefined, 'no-proxy'],
    [
      'exception: port',
      'https://a.test:8443',
      { ...proxied, NO_PROXY: 'a.test:8443' },
      undefined,
      'no-proxy',
    ],
    [
      'no exception: other port',
      'https://a.test',
      { ...proxied, NO_PROXY: 'a.test:8443' },
      undefined,
      'http://proxy.test:3128 HTTPS_PROXY',
    ],
    ['exception: block', 'https://10.1.2.3', { ...proxied, NO_PROXY: '10.0.0.0/8' }, undefined, 'no-proxy'],
    [
      'no exception: outside of the block',
      'https://11.1.2.3',
      { ...proxied, NO_PROXY: '10.0.0.0/8' },
      undefined,
      'http://proxy.test:3128 HTTPS_PROXY',
    ],
    [
      'exception: IPv6 block',
      'https://[fd00::1]',
      { ...proxied, NO_PROXY: 'fd00::/8' },
      undefined,
      'no-proxy',
    ],
  ] as const)('%s', (_, url, env, flag, expected) => {
    expect(to(url, env, flag)).toBe(expected);
  });

  it.each([
    ['loses to the variable of the scheme', 'https://a.test', proxied, 'http://proxy.test:3128 HTTPS_PROXY'],
    ['counts where that scheme has none', 'http://a.test', proxied, 'http://file.test a file'],
    ['has the exceptions of the environment', 'http://a.test', { NO_PROXY: 'a.test' }, 'no-proxy'],
  ] as const)('a proxy of the config file %s', (_, url, env, expected) => {
    expect(to(url, env, 'http://file.test', true)).toBe(expected);
  });

  it('keeps the password out of everything that is shown', () => {
    const route = routeTo(new URL('https://a.test'), { HTTPS_PROXY: 'http://me:p%40ss-w0rd@proxy.test:1' });
    if (route.kind !== 'proxy') throw new Error('a proxy was expected');
    expect(Buffer.from(route.proxy.authorization?.slice(6) ?? '', 'base64').toString()).toBe('me:p@ss-w0rd');
    const { url, shown, from } = route.proxy;
    expect(JSON.stringify([String(url), shown, from, describeRoute(route)])).not.toMatch(/ss-w0rd|me:/);
  });

  it.each(['socks5://p.test:1', 'http://p.test:notaport', 'http://u:%zz@p.test'])(
    'refuses %s without repeating it',
    (text) => {
      const failure = (() => {
        try {
          routeTo(new URL('https://a.test'), { HTTPS_PROXY: text });
        } catch (error) {
          return error;
        }
        return undefined;
      })();
      expect(failure).toBeInstanceOf(Failure);
      expect((failure as Failure).exit).toBe(2);
      expect((failure as Failure).message).not.toContain(text);
    },
  );

  it('covers every name under a domain and no other', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    fc.assert(
      fc.property(fc.array(label, { maxLength: 3 }), label, (subs, domain) => {
        const host = [...subs, domain, 'test'].join('.');
        expect(to(`https://${host}`, { ...proxied, NO_PROXY: `${domain}.test` })).toBe('no-proxy');
        expect(to(`https://x${host}.example`, { ...proxied, NO_PROXY: `${domain}.test` })).not.toBe(
          'no-proxy',
        );
      }),
    );
  });

  it('takes no look-alike for loopback', () => {
    for (const host of ['localhost.example.com', '127.0.0.1.example.com', '128.0.0.1', 'xlocalhost', '[::2]'])
      expect(isLoopback(new URL(`https://${host}`).hostname), host).toBe(false);
  });
});

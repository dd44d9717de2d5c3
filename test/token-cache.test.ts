import { execFile } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../src/io/secrets.ts';
import { openTokenCache, type TokenKey } from '../src/io/token-cache.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const key: TokenKey = {
  loginHost: 'login.mypurecloud.de',
  clientId: 'id-1',
  secret: new Secret('the-secret-value'),
};
let home: string;
let env: { XDG_CACHE_HOME: string };

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'why403-cache-'));
  env = { XDG_CACHE_HOME: home };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const folder = (): string => join(home, 'why403');
const tokenFile = (): string =>
  join(folder(), readdirSync(folder()).find((name) => name.endsWith('.json')) ?? '');

describe('the token cache', () => {
  it('gives back what was put, until a minute before the end', async () => {
    const cache = await openTokenCache(env);
    expect(await cache.get(key, NOW)).toBeUndefined();
    await cache.put(key, new Secret('token-1'), NOW + 120_000);
    const again = await openTokenCache(env);
    expect((await again.get(key, NOW))?.token.reveal()).toBe('token-1');
    expect(await again.get(key, NOW + 60_000)).toBeUndefined();
    expect((await again.get(key, NOW + 59_999))?.expiresAt).toBe(NOW + 120_000);
    await again.drop(key);
    expect(await cache.get(key, NOW)).toBeUndefined();
    expect([...cache.notes, ...again.notes]).toEqual([]);
  });

  it('tells apart host, client, scope and secret', async () => {
    const cache = await openTokenCache(env);
    await cache.put(key, new Secret('token-1'), NOW + 3_600_000);
    const others: TokenKey[] = [
      { ...key, loginHost: 'login.mypurecloud.ie' },
      { ...key, clientId: 'id-2' },
      { ...key, scope: 'a' },
      { ...key, secret: new Secret('the-secret-value ') },
    ];
    for (const other of others) expect(await cache.get(other, NOW)).toBeUndefined();
    expect((await cache.get({ ...key, scope: '' }, NOW))?.token.reveal()).toBe('token-1');
  });

  it('is readable by nobody else, and names neither client nor secret', async () => {
    const cache = await openTokenCache(env);
    await cache.put(key, new Secret('token-1'), NOW + 3_600_000);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder())) {
      expect(statSync(join(folder(), name)).mode & 0o777).toBe(0o600);
      expect(name + readFileSync(join(folder(), name), 'utf8')).not.toMatch(
        /the-secret-value|id-1|mypurecloud/,
      );
    }
  });

  it('closes a folder of ours that is open to others', async () => {
    mkdirSync(folder(), { mode: 0o755 });
    await openTokenCache(env);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['open to others', () => chmodSync(tokenFile(), 0o644), /others may read/],
    [
      'a link',
      () => {
        const file = tokenFile();
        writeFileSync(join(home, 'elsewhere'), readFileSync(file), { mode: 0o600 });
        rmSync(file);
        symlinkSync(join(home, 'elsewhere'), file);
      },
      /link/,
    ],
  ])('refuses a token file that is %s', async (_, spoil, note) => {
    const cache = await openTokenCache(env);
    await cache.put(key, new Secret('token-1'), NOW + 3_600_000);
    spoil();
    expect(await cache.get(key, NOW)).toBeUndefined();
    expect(cache.notes.join()).toMatch(note);
    expect(cache.notes.join()).not.toContain('token-1');
  });

  it.each([
    '',
    '{',
    '{"schema":2,"expiresAt":9999999999999,"token":"x"}',
    '{"schema":1,"expiresAt":"x","token":"x"}',
    '[]',
    'null',
  ])('passes over a spoilt file: %j', async (text) => {
    const cache = await openTokenCache(env);
    await cache.put(key, new Secret('token-1'), NOW + 3_600_000);
    writeFileSync(tokenFile(), text);
    expect(await cache.get(key, NOW)).toBeUndefined();
    await cache.put(key, new Secret('token-2'), NOW + 3_600_000);
    expect((await cache.get(key, NOW))?.token.reveal()).toBe('token-2');
  });

  it('makes a new key where the old one is spoilt', async () => {
    await (await openTokenCache(env)).put(key, new Secret('token-1'), NOW + 3_600_000);
    writeFileSync(join(folder(), 'key'), 'short');
    const cache = await openTokenCache(env);
    expect(await cache.get(key, NOW)).toBeUndefined();
    await cache.put(key, new Secret('token-2'), NOW + 3_600_000);
    expect((await cache.get(key, NOW))?.token.reveal()).toBe('token-2');
  });

  it.each([
    ['no home', {}, /no home/],
    ['an empty one', { HOME: '', XDG_CACHE_HOME: '' }, /no home/],
    ['a home that is a file', { XDG_CACHE_HOME: import.meta.filename }, /can't be used/],
  ])('is no cache with %s, and says so', async (_, environment, note) => {
    const cache = await openTokenCache(environment);
    await cache.put(key, new Secret('token-1'), NOW + 3_600_000);
    expect(await cache.get(key, NOW)).toBeUndefined();
    expect(cache.notes.join()).toMatch(note);
  });

  it('passes over relative XDG paths, as its specification says', async () => {
    await (
      await openTokenCache({ XDG_CACHE_HOME: 'relative', HOME: home })
    ).put(key, new Secret('t'), NOW + 3_600_000);
    expect(readdirSync(join(home, '.cache', 'why403'))).toHaveLength(2);
  });

  it('stays whole when several processes write it at once, with one key for all', async () => {
    const script = new URL('./token-cache-writer.ts', import.meta.url).pathname;
    const tsx = new URL('../node_modules/tsx/dist/cli.mjs', import.meta.url).pathname;
    const run = (name: string): Promise<{ stdout: string }> =>
      promisify(execFile)(process.execPath, [tsx, script, name], { env: { ...process.env, ...env } });
    const runs = await Promise.all(['a', 'b', 'c', 'd'].map(run));
    // Each reader saw whole tokens of some writer at every moment.
    for (const { stdout } of runs) expect(stdout).toBe('whole\n');
    const cache = await openTokenCache(env);
    expect((await cache.get(key, NOW))?.token.reveal()).toMatch(/^token-[abcd]-99$/);
    expect(readdirSync(folder()).filter((name) => !name.endsWith('.new'))).toHaveLength(2);
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientShape, Failure, instant, type Evidence } from '../src/core/index.ts';
import { recordEvidence, replayEvidence, replayTransport } from '../src/io/evidence-file.ts';
import { checkEvidence } from '../src/io/evidence-shape.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'why403-record-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const evidence: Evidence = {
  schema: 1,
  provider: 'genesys-cloud',
  capturedAt: instant(Date.parse('2026-11-23T09:00:00Z')),
  settings: { region: 'eu-central-1 (mypurecloud.de)' },
  client: clientShape('3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'x', 'uuid', 'WHY403_CLIENT_ID'),
  needs: [{ method: 'GET', path: '/api/v2/routing/queues' }],
  exchanges: [
    {
      step: 'token',
      request: {
        method: 'POST',
        url: 'https://login.mypurecloud.de/oauth/token',
        authorization: { kind: 'basic', scheme: 'Basic', base64: 'standard' },
      },
      outcome: {
        kind: 'answered',
        status: 400,
        headers: {},
        body: { kind: 'json', value: { error: 'invalid_client' } },
      },
    },
  ],
  said: [],
};

describe('a record', () => {
  it('comes back as it was written, and only its owner may read it', async () => {
    const path = await recordEvidence(join(folder, 'new', 'record'), evidence);
    expect(await replayEvidence(join(folder, 'new', 'record'))).toEqual(evidence);
    expect(await replayEvidence(path)).toEqual(evidence);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('replaces an older one', async () => {
    await recordEvidence(folder, evidence);
    await recordEvidence(folder, { ...evidence, provider: 'generic' });
    expect((await replayEvidence(folder)).provider).toBe('generic');
  });

  it('can not be written below a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(recordEvidence(join(folder, 'file', 'record'), evidence)).rejects.toMatchObject({
      code: 'config',
      exit: 2,
    });
  });

  const text = JSON.stringify(evidence);
  it.each([
    ['cut off', text.slice(0, text.length / 2), /cut off/],
    ['empty', '', /cut off|JSON/],
    ['of a newer version', text.replace('"schema":1', '"schema":7'), /schema 7.*newer/],
    ['something else', '{"name":"package"}', /not evidence/],
    ['a list', '[]', /not evidence/],
    [
      'with a wrong type',
      text.replace('"status":400', '"status":"400"'),
      /exchanges\[0\]\.outcome\.status is not a number/,
    ],
    [
      'with an unknown kind',
      text.replace('"kind":"answered"', '"kind":"guessed"'),
      /outcome\.kind is none of/,
    ],
    ['with an unknown step', text.replace('"step":"token"', '"step":"tokens"'), /step is not the name/],
    ['with a missing part', text.replace('"said":[]', '"x":[]'), /said is missing/],
  ])('that is %s is refused by name', async (_, content, message) => {
    writeFileSync(join(folder, 'evidence.json'), content);
    const failure = await replayEvidence(folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ exit: 2, message: expect.stringMatching(message) as string });
    expect((failure as Failure).message).toContain(folder);
  });

  it('that is not there is refused', async () => {
    await expect(replayEvidence(join(folder, 'nothing'))).rejects.toMatchObject({ exit: 2 });
    await expect(replayEvidence(folder)).rejects.toMatchObject({ exit: 2 });
  });

  it('is judged without a throw, whatever stands in it', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => typeof checkEvidence(value) === 'string'));
    const spoilt = fc.tuple(fc.nat(text.length - 1), fc.constantFrom('null', '0', '""', '{}', '[]'));
    fc.assert(
      fc.property(spoilt, ([at, instead]) => {
        const broken = text.slice(0, at) + instead + text.slice(at + 1);
        try {
          checkEvidence(JSON.parse(broken));
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
  });

  it('answers by step, and nothing else', async () => {
    const ask = replayTransport(evidence);
    const question = { method: 'GET', url: 'https://x.test/', auth: 'none', keep: [] } as const;
    expect(await ask({ ...question, step: 'token' })).toBe(evidence.exchanges[0]);
    expect((await ask({ ...question, step: 'whoami' })).outcome).toMatchObject({ why: 'offline' });
  });

  it('accepts every case of this project', async () => {
    const cases = new URL('../fixtures/cases/', import.meta.url).pathname;
    const { readdirSync } = await import('node:fs');
    const files = readdirSync(cases, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('evidence.json'));
    expect(existsSync(cases)).toBe(true);
    for (const name of files)
      expect([name, checkEvidence(JSON.parse(readFileSync(join(cases, name), 'utf8')))]).toEqual([
        name,
        undefined,
      ]);
  });
});

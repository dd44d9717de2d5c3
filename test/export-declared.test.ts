/** A dataset that a user declares, from its file to the archive, against a sandbox. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hour, Json } from '../src/core/index.ts';
import type { Ran } from './cli-run.ts';
import { openDesk, type Desk } from './export-desk.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '..', 'docs', 'datasets.md'), 'utf8');
const EXAMPLE = JSON.parse(/```json\n([\s\S]*?)```/.exec(DOCUMENT)![1]!) as { [key: string]: Json };

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

function exporting(declaration: unknown, ...more: string[]): Promise<Ran> {
  const text = typeof declaration === 'string' ? declaration : JSON.stringify(declaration);
  writeFileSync(join(desk.cwd, 'mine.json'), text);
  return desk.why403('export', '--dataset', 'mine.json', '--out', 'mine/%Y-%m-%d.csv', ...more);
}

describe('a declared dataset', () => {
  it('as the documentation shows it holds what the sandbox says happened', async () => {
    expect(await exporting(EXAMPLE, '--since', '2026-11-22')).toMatchObject({ exit: 0 });
    const lines = readFileSync(join(desk.cwd, 'mine/2026-11-22.csv'), 'utf8').trimEnd().split('\n');
    expect(lines.shift()).toBe('hour,queue_id,offered');
    const truth = desk.sandbox
      .truth('2026-11-22T00:00:00Z' as Hour, '2026-11-23T00:00:00Z' as Hour)
      .filter((row) => row.queueId !== '' && row.mediaType === 'callback' && row.metrics['nOffered'])
      .map((row) => `${row.hour.slice(0, 19)}Z,${row.queueId},${row.metrics['nOffered']!.count}`);
    expect(lines).toEqual(truth.sort());
    expect(lines.length).toBeGreaterThan(0);
  });

  it('takes a shape like any other, and refuses what it can not', async () => {
    expect(await exporting(EXAMPLE, '--media', 'voice')).toMatchObject({ exit: 2 });
    expect(await exporting(EXAMPLE, '--fill', 'zero', '--media', 'voice')).toMatchObject({ exit: 2 });
    const shape = ['--tz', 'Europe/Berlin', '--columns', 'offered'];
    expect(await exporting(EXAMPLE, ...shape)).toMatchObject({ exit: 0 });
    expect(readFileSync(join(desk.cwd, 'mine/2026-11-23.csv'), 'utf8').split('\n')[0]).toBe(
      'hour,queue_id,offered,hour_local',
    );
    expect(await exporting(EXAMPLE)).toMatchObject({ exit: 2 });
  });

  it.each<[string, (d: typeof EXAMPLE) => unknown, RegExp]>([
    ['no JSON', () => '{"schema": 1,', /mine\.json can't be used: it is no JSON/],
    [
      'another type',
      (d) => ({ ...d, columns: [{ name: 'hour', type: 'date' }] }),
      /columns\[0\]\.type is "date"/,
    ],
    ['no window', (d) => ({ ...d, request: { method: 'GET', path: '/api/v2/x' } }), /where \{from\} stands/],
    [
      'a whole address',
      (d) => ({ ...d, request: { method: 'GET', path: 'https://evil.example/?a={from}{to}' } }),
      /request\.path/,
    ],
    [
      'a user in it',
      (d) => ({ ...d, request: { method: 'GET', path: '//u:pw@evil.example/{from}{to}' } }),
      /request\.path/,
    ],
    ['an unknown field', (d) => ({ ...d, pagging: {} }), /"pagging" that is not known/],
    ['a bad pointer', (d) => ({ ...d, rows: '/a~2' }), /rows is/],
  ])('with %s is exit 2 at its field, and nothing is sent', async (_, change, message) => {
    const ran = await exporting(change(EXAMPLE));
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
    expect(desk.sandbox.requests).toEqual([]);
    expect(existsSync(join(desk.cwd, 'mine'))).toBe(false);
  });

  it('whose rows are elsewhere says where it looked, and writes nothing', async () => {
    const ran = await exporting({
      ...EXAMPLE,
      columns: [{ name: 'hour', from: '/at', type: 'hour' }],
      key: ['hour'],
      counts: undefined,
    });
    expect(ran.exit).toBe(4);
    expect(ran.stderr).toMatch(/\/results\/0\/data\/0\/at should be an instant with its zone and is missing/);
    expect(readdirSync(join(desk.cwd, 'mine')).filter((name) => name.endsWith('.csv'))).toEqual([]);
  });

  it.each(['{"error":"login_required"}', '{"results":null,"errors":[{"message":"late"}]}', 'null', '"busy"'])(
    'closes no hour with %s, and every hour with an answer without rows',
    async (body) => {
      const answer = (text: string): void =>
        desk.sandbox.spoil(({ path }) =>
          path.includes('aggregates') ? { kind: 'answer', status: 200, body: text } : undefined,
        );
      answer(body);
      expect(await exporting(EXAMPLE)).toMatchObject({ exit: 4 });
      const args = ['--dataset', 'mine.json', '--out', 'mine/%Y-%m-%d.csv', '--json'];
      const status = async (): Promise<unknown> =>
        JSON.parse((await desk.why403('status', ...args)).stdout) as unknown;
      expect(await status()).toMatchObject({ closedHours: 0 });
      answer('{"results":null,"errors":[]}');
      expect(await exporting(EXAMPLE)).toMatchObject({ exit: 0 });
      expect(await status()).toMatchObject({ closedHours: 48 });
    },
  );

  it('never takes its token to another host, and never goes round in circles', async () => {
    const paged = { ...EXAMPLE, paging: { next: '/nextUri' } };
    const answer = (nextUri: string): void =>
      desk.sandbox.spoil(({ path }) =>
        path.includes('aggregates')
          ? { kind: 'answer', status: 200, body: JSON.stringify({ results: [], nextUri }) }
          : undefined,
      );
    answer('https://evil.example/next?access_token=s3cr3t');
    const elsewhere = await exporting(paged);
    expect(elsewhere.exit).toBe(4);
    expect(elsewhere.stderr).toContain('on another host');
    expect(elsewhere.stderr).not.toContain('s3cr3t');
    answer('/api/v2/analytics/conversations/aggregates/query');
    const circles = await exporting(paged);
    expect(circles.exit).toBe(4);
    expect(circles.stderr).toContain('round in circles');
  });
});

/**
 * Every row of a vendor's table can be the one that reads an answer: bodies are made from its own pattern, and one of
 * them must be left to it by the rows before. A row that others hide would be knowledge that nobody is told.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstWords } from '../src/providers/vendors/first-words.ts';
import { VENDORS } from '../src/providers/vendors/index.ts';
import { messages } from '../src/providers/vendors/messages.ts';
import type { Phrase } from '../src/providers/vendors/phrase.ts';
import { common } from '../src/providers/vendors/shared-words.ts';

const tables: readonly { readonly id: string; readonly rows: readonly Phrase[] }[] = [
  ...VENDORS.map(({ id, phrases }) => ({ id, rows: phrases })),
  { id: 'first words', rows: firstWords },
  { id: 'messages', rows: messages },
  { id: 'shared words', rows: common },
];

/** The pattern without what fast-check can't generate from: what stands around a match, and very free classes. */
function simpler({ source }: RegExp): RegExp {
  return new RegExp(
    source
      .replace(/\\b|[\^$](?![^[]*\])/g, '')
      .replace(/\(\?=/g, '(?:')
      .replace(/\(\?<?!(?:[^()]|\([^()]*\))*\)/g, '')
      .replace(/\[\^\]/g, '[ -z]')
      .replace(/\[\^\\n\]/g, '[a-z ]')
      .replace(/\\W/g, '[-.,:]'),
  );
}

function bodies(row: Phrase): string[] {
  return fc
    .sample(fc.stringMatching(simpler(row.says)), { numRuns: 200, seed: 1 })
    .filter((body) => row.says.test(body));
}

/** Whether a row reads all that the other would: not only on a status, a step or a further condition. */
const always = (one: Phrase, other: Phrase): boolean =>
  one.when === undefined &&
  (one.on === undefined || one.on === other.on) &&
  (one.status === undefined || one.status === other.status);

describe.each(tables)('the rows of $id', ({ id, rows }) => {
  it('are each of use', () => {
    const hidden = rows.filter((row, i) => {
      const before = rows.slice(0, i).filter((other) => always(other, row));
      const made = bodies(row);
      return made.length > 0 && made.every((body) => before.some((other) => other.says.test(body)));
    });
    expect(hidden.map((row) => String(row.says))).toEqual([]);
  });

  it('can be met by a body', () => {
    expect(rows.filter((row) => bodies(row).length === 0).length, id).toBeLessThanOrEqual(rows.length / 50);
  });
});

it('gives every vendor a name of its own', () => {
  const ids = VENDORS.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  const aliases = VENDORS.flatMap((vendor) => vendor.aliases);
  expect(aliases.filter((alias, i) => aliases.indexOf(alias) !== i)).toEqual([]);
});

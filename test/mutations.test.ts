import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST } from '../src/reading/index.ts';
import { mutated, outcomeOf, seeds } from './mutations.ts';

describe('pastes that went through many hands', () => {
  const from = seeds();

  it('end with a report or with words, never with a crash', () => {
    expect(from.length).toBeGreaterThan(40);
    fc.assert(
      fc.property(mutated(from), (text) => {
        expect(['a cause', 'no cause', 'nothing to read']).toContain(outcomeOf(text));
      }),
      { numRuns: 150 },
    );
  });

  // Texts that would take a pattern with nested repetition far longer than this test may run.
  it.each([
    ['quotes', '"'],
    ['brackets', '{['],
    ['curl after curl', 'curl -H "a: b" \\\n'],
    ['blanks', 'error : '],
    ['one word', 'invalid_client'],
    ['tags', '<error a="b" '],
    ['masks', 'client_secret=xxxx&'],
    ['equals', 'a=b '],
  ])('are read to the end where they are a megabyte of %s', (_name, unit) => {
    expect(outcomeOf(unit.repeat(Math.ceil(LONGEST / unit.length)))).toBeTypeOf('string');
  });
});

import { expect, it } from 'vitest';
import { pages, present, readPage } from '../docs/generate.ts';

const all = pages();

it.each([...all.keys()])('docs/findings/%s is as generated (npm run docs)', (page) => {
  expect(readPage(page)).toBe(all.get(page));
});

it('has no page for a finding that is gone', () => {
  expect(present().filter((page) => !all.has(page))).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { RUN_PICTURE, runPicture } from '../docs/run-picture.ts';

it('docs/run.svg is as generated (npm run docs), and the README shows it', () => {
  const picture = readFileSync(RUN_PICTURE, 'utf8');
  expect(picture).toBe(runPicture());
  expect(XMLValidator.validate(picture)).toBe(true);
  expect(readFileSync('README.md', 'utf8')).toContain('(docs/run.svg)');
});

it('the picture shows the finding and its cause', () => {
  const picture = runPicture();
  expect(picture).toContain('Broken: endpoint/missing-permission (proved)');
  expect(picture).toContain('analytics:conversationAggregate:view');
  expect(picture).not.toContain('What shows it');
});

import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { repositoryFiles } from '../ground/imports.ts';

const numbers = [...readFileSync('DECISIONS.md', 'utf8').matchAll(/^### (\d+)\. /gm)].map(([, number]) =>
  Number(number),
);

test('every decision has a number of its own', () => {
  expect(numbers.length).toBeGreaterThan(70);
  expect(numbers.filter((number, place) => numbers.indexOf(number) !== place)).toEqual([]);
});

test('every decision that a text cites is there', () => {
  const files = repositoryFiles().filter((file) => /\.(tsx?|md)$/.test(file));
  const cited = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bdecisions? (\d+)\b/gi)].map(([, number]) => ({
      file,
      number: Number(number),
    })),
  );

  expect(cited.length).toBeGreaterThan(10);
  expect(cited.filter(({ number }) => !numbers.includes(number))).toEqual([]);
});

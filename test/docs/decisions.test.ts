import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { repositoryFiles } from '../ground/imports.ts';

const text = readFileSync('DECISIONS.md', 'utf8');
const numbers = [...text.matchAll(/^### (\d+)\. /gm)].map(([, number]) => Number(number));

test('every decision has a number of its own', () => {
  expect(numbers.length).toBeGreaterThan(70);
  expect(numbers.filter((number, place) => numbers.indexOf(number) !== place)).toEqual([]);
});

test('decisions stay under their subjects, which stand in the order of the contents', () => {
  const contents = [...text.matchAll(/^- \[(.+)\]\(#/gm)].map(([, subject]) => subject);
  const subjects = [...text.matchAll(/^## (.+)$/gm)].map(([, subject]) => subject);
  const [before = ''] = text.split(/^## /m);

  expect(subjects.length).toBeGreaterThan(5);
  expect(subjects).toEqual(contents);
  expect(before).not.toMatch(/^### /m);
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

import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { repositoryFiles } from '../ground/imports.ts';

const files = repositoryFiles();

/**
 * The source files that a document names in backquotes: from the root, or as they end below its
 * folder.
 */
const namedIn = (text: string): string[] =>
  [...text.matchAll(/`([a-z][\w./-]*\.tsx?)`/g)].map(([, name]) => name ?? '');

function isThere(document: string, name: string): boolean {
  const below = dirname(document) === '.' ? '' : `${dirname(document)}/`;
  return files.some((file) => file === name || (file.startsWith(below) && `/${file}`.endsWith(`/${name}`)));
}

test('every source file that a document names is there', () => {
  const documents = files.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');

  const named = documents.flatMap((document) =>
    namedIn(readFileSync(document, 'utf8')).map((name) => ({ document, name })),
  );
  const missing = named.filter(({ document, name }) => !isThere(document, name));

  expect(named.length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

test('a source file that is not there is noticed', () => {
  expect(isThere('db/README.md', 'queries/contacts.ts')).toBe(false);
  expect(isThere('db/README.md', 'contacts.ts')).toBe(true);
});

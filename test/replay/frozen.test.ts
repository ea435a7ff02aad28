import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { migrations } from '../../db/migrations/index.ts';

/** Every file that may no longer change, with its hash, as `sha256sum` writes and checks it. */
const LIST = 'test/replay/frozen.sha256';
const MIGRATIONS = 'db/migrations';
const KEPT = ['test/replay/histories', 'test/replay/snapshots', 'test/replay/dumps'];

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'index.ts')
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

const listed = new Map(
  readFileSync(LIST, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => [line.slice(66), line.slice(0, 64)]),
);
const here = [MIGRATIONS, ...KEPT].flatMap(filesIn);
const added = here.filter((file) => !listed.has(file));

/** See the README here: what is new joins the list with its release, and nothing ever leaves it. */
function freeze(): void {
  if (!process.env.FREEZE) return;
  appendFileSync(LIST, added.map((file) => `${hashOf(file)}  ${file}\n`).join(''));
  for (const file of added.splice(0)) listed.set(file, hashOf(file));
}

test('what has landed is as it was: migrations, histories, snapshots and dumps are added, never edited or removed', () => {
  freeze();

  const kept = here.filter((file) => listed.has(file)).map((file) => [file, hashOf(file)]);
  expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(listed));
});

test('a new migration comes behind those that others have run already, and none is left out', () => {
  const names = migrations.map(({ name }) => `${MIGRATIONS}/${name}.ts`);

  expect(names).toEqual(filesIn(MIGRATIONS));
  expect(names.findLastIndex((name) => listed.has(name))).toBe(names.filter((name) => listed.has(name)).length - 1);
});

test('a release freezes all that it brings', () => {
  const isReleased = !readFileSync('CHANGELOG.md', 'utf8').includes('(unreleased)');

  expect(isReleased ? added : []).toEqual([]);
});

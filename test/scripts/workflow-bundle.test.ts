import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { sharedByWorkflows } from '../../scripts/workflow-bundle.ts';
import { valueImports } from '../ground/imports.ts';

/** A file and all that it imports. */
function withImports(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  if (path.endsWith('.ts')) for (const { to } of valueImports(path)) withImports(to, found);
  return found;
}

const shared = [...new Set(sharedByWorkflows.flatMap((path) => [...withImports(path)]))];

test('what the workflows of a worker share is our own pure code: nothing of a package, which might keep something', () => {
  expect(shared.filter((path) => !/^workflows\/([\w-]+\/)*[\w-]+\.ts$/.test(path))).toEqual([]);
  expect(shared.length).toBeGreaterThan(30);
});

test('what the workflows of a worker share keeps nothing between them', () => {
  const keeping = /^(export )?(let|var) |^(export )?const \w+(: [^=]+)? = new \w*(Map|Set)\b/m;

  expect(shared.filter((path) => keeping.test(readFileSync(path, 'utf8')))).toEqual([]);
});

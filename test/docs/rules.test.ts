import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { repositoryFiles } from '../ground/imports.ts';

const RULES = 'docs/rules.md';

/** Every rule that a text cites, as `file:line R8.1`. */
function citations(file: string, text: string): { at: string; rule: string }[] {
  const lines = text.split('\n').map((line, index) => ({ line, at: `${file}:${index + 1}` }));
  return lines.flatMap(({ line, at }) =>
    [...line.matchAll(/(?<![\w.])R\d{1,2}(?:\.\d{1,2})?(?!\w)/g)].map(([rule]) => ({ at, rule })),
  );
}

/**
 * The numbers that the document explains: its headings `## R8 ...` and the paragraphs that begin
 * with `**R8.1`.
 */
function explained(text: string): string[] {
  return [...text.matchAll(/^(?:## |\*\*)(R\d+(?:\.\d+)?)\b/gm)].map(([, rule]) => rule ?? '');
}

describe('the rules', () => {
  const rules = explained(readFileSync(RULES, 'utf8'));
  const files = repositoryFiles().filter((file) => /\.(tsx?|md)$/.test(file) && file !== 'test/docs/rules.test.ts');

  test('that code, tests and documents cite are all explained', () => {
    const cited = files.flatMap((file) => citations(file, readFileSync(file, 'utf8')));

    const unknown = cited.filter(({ rule }) => !rules.includes(rule)).map(({ at, rule }) => `${at} ${rule}`);

    expect(cited.length).toBeGreaterThan(300);
    expect(unknown).toEqual([]);
  });

  test('stand in their order, each once', () => {
    const inOrder = [...new Set(rules)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

    expect(rules).toEqual(inOrder);
  });

  test('that nobody explains are found, whole numbers and parts alike', () => {
    const text = ['/** Once paid [R8.1, R99]. */', '// as in R8.99'].join('\n');

    const unknown = citations('a.ts', text).filter(({ rule }) => !rules.includes(rule));

    expect(unknown).toEqual([
      { at: 'a.ts:1', rule: 'R99' },
      { at: 'a.ts:2', rule: 'R8.99' },
    ]);
  });
});

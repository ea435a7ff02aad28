import { readFileSync } from 'node:fs';

/**
 * Answers that were recorded in the walk of `test/api/conformance.test.ts`, by operation and
 * status.
 */
type Examples = { answers: Record<string, Record<string, unknown>>; problems: Record<string, unknown> };

const EXAMPLES = JSON.parse(readFileSync(new URL('./examples.json', import.meta.url), 'utf8')) as Examples;

type Given = { example?: unknown };

export function exampleOf(operationId: string, status: string): Given {
  const example = EXAMPLES.answers[operationId]?.[status];
  return example === undefined ? {} : { example };
}

export function exampleOfProblem(status: number): Given {
  const example = EXAMPLES.problems[status];
  return example === undefined ? {} : { example };
}

import { PROCESSES, type BenchStack, type ProcessKind } from './bench-stack.ts';
import { treeTicks } from './tree.ts';

/** Processor time in milliseconds, by what the processes do; counted in steps of 10 ms. */
export type ProcessorMs = Record<ProcessKind, number>;

/** What a piece of work took of the processors, in all processes of a stack. */
export async function processorMs<T>(
  stack: BenchStack,
  work: () => Promise<T>,
): Promise<{ value: T; ms: ProcessorMs }> {
  const before = taken(stack);
  const value = await work();
  const after = taken(stack);
  return { value, ms: byProcess((kind) => (after[kind] - before[kind]) * 10) };
}

export const byProcess = (of: (kind: ProcessKind) => number): ProcessorMs => ({
  worker: of('worker'),
  api: of('api'),
  Temporal: of('Temporal'),
  Postgres: of('Postgres'),
  'stand-ins': of('stand-ins'),
});

export const allOf = (ms: ProcessorMs): number => PROCESSES.reduce((sum, kind) => sum + ms[kind], 0);

const taken = (stack: BenchStack): ProcessorMs =>
  byProcess((kind) => stack.pidsOf(kind).reduce((sum, pid) => sum + treeTicks(pid), 0));

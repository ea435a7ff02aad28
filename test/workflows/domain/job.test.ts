import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  afterChange,
  backOffMs,
  changesOf,
  JOB_CHANGES,
  JOB_STATES,
  nextOfJob,
  type JobStanding,
} from '../../../workflows/domain/job.ts';

const standing = (change: Partial<JobStanding>): JobStanding => ({
  state: 'running',
  isPrepared: true,
  isHalted: false,
  open: 10,
  underWay: 0,
  ...change,
});

test('what may be done with a job in each state', () => {
  expect(Object.fromEntries(JOB_STATES.map((state) => [state, changesOf(state)]))).toEqual({
    scheduled: ['cancel'],
    running: ['pause', 'cancel'],
    paused: ['resume', 'cancel'],
    canceled: [],
    done: [],
  });
});

test.each([
  [{ state: 'scheduled' as const }, 'wait'],
  [{ isPrepared: false, open: 0 }, 'prepare'],
  [{}, 'work'],
  [{ open: 0 }, 'end'],
  [{ isHalted: true }, 'wait'],
  [{ state: 'paused' as const }, 'wait'],
  [{ state: 'paused' as const, underWay: 3 }, 'wait'],
  [{ state: 'canceled' as const }, 'withdraw'],
  [{ state: 'canceled' as const, underWay: 3 }, 'work'],
  [{ state: 'canceled' as const, open: 0 }, 'end'],
  [{ state: 'done' as const, open: 0 }, 'end'],
])('%j: %s', (change, next) => {
  expect(nextOfJob(standing(change))).toBe(next);
});

test('whatever is pressed in whatever order, what has ended stays so, and a job always has a way to end', () => {
  fc.assert(
    fc.property(fc.constantFrom(...JOB_STATES), fc.array(fc.constantFrom(...JOB_CHANGES)), (first, changes) => {
      const last = changes.reduce((state, change) => afterChange(state, change) ?? state, first);
      const hasEnded = first === 'done' || first === 'canceled';
      return hasEnded ? last === first : last === 'canceled' || changesOf(last).includes('cancel');
    }),
  );
});

test('a piece that cannot be done is tried again after 5 seconds, and after 5 minutes at the most', () => {
  expect([1, 2, 3, 20].map(backOffMs)).toEqual([5_000, 10_000, 20_000, 300_000]);
});

import TestSequencer from '@jest/test-sequencer';

/**
 * Files that take minutes; begun last, one of them would keep a single core busy while the other
 * has nothing to do.
 */
const LONGEST = ['test/bench/bench.test.ts', 'test/faults/killed.test.ts'];

export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const rank = ({ path }) => (LONGEST.some((long) => path.endsWith(long)) ? 0 : 1);
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}

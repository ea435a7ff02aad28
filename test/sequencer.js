import TestSequencer from '@jest/test-sequencer';

/**
 * Where files take long, the longest first: one that begins last would keep a single core busy
 * while the other has nothing to do. The two that start most processes do not run side by side.
 */
const LONGEST = [
  '/test/bench/',
  '/test/browser/',
  '/test/faults/killed.',
  '/test/sandbox/start.',
  '/test/faults/',
  '/test/journeys/',
];

export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const place = ({ path }) => LONGEST.findIndex((long) => path.includes(long));
    const rank = (test) => (place(test) < 0 ? LONGEST.length : place(test));
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}

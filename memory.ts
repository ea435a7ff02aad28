import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/** After the first requests, which still load what is loaded when it is needed. */
const SETTLED_MS = 10_000;

/**
 * Gives back once what only a start needs, a quarter of a process at rest: V8 would keep it until
 * much more has been made since. https://github.com/v8/v8 `src/extensions/gc-extension.cc`
 */
export function releaseStartMemory(): void {
  setTimeout(collect, SETTLED_MS).unref();
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as Collect;
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

/** By so much a process may grow before it is asked to give back. */
const GROWN_BYTES = 128 * 2 ** 20;

/**
 * Work that is done over and over, after which what it has left is given back once it is much: V8
 * would let it grow to several times what is in use.
 */
export function givingBack<Args extends unknown[], Result>(
  work: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  let heldBytes = Infinity;
  return async (...args) => {
    heldBytes = Math.min(heldBytes, process.memoryUsage.rss());
    try {
      return await work(...args);
    } finally {
      if (process.memoryUsage.rss() - heldBytes > GROWN_BYTES) {
        collect();
        heldBytes = process.memoryUsage.rss();
      }
    }
  };
}

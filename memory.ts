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
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as Collect;
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }, SETTLED_MS).unref();
}

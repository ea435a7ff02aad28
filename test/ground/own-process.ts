import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** One of our processes, from dist/, which the caller has built. */
export type OwnProcess = {
  /** The signal that ended it. @throws when it still lives after that long; it is killed then */
  diesWithin(ms: number): Promise<NodeJS.Signals | null>;
  kill(): Promise<void>;
};

/** Starts it with an environment; `faults` are the names of the fault points to arm. */
export function startOwnProcess(
  name: 'worker' | 'api',
  environment: Record<string, string>,
  faults: string[] = [],
): OwnProcess {
  const { PATH, HOME, TZ, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, HOME, TZ, NODE_COMPILE_CACHE, ...environment, PERENNIAL_FAULTS: faults.join(',') };
  const flags = ['--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, `dist/${name}/main.js`], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null);
  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await ended;
  }
  return {
    kill,
    async diesWithin(ms) {
      const timeUp = new AbortController();
      const late = pause(ms, 'late' as const, { signal: timeUp.signal }).catch(() => null);
      const signal = await Promise.race([ended, late]);
      timeUp.abort();
      if (signal !== 'late') return signal;
      await kill();
      throw new Error(`the ${name} still lived after ${ms} ms with ${faults.join()} armed`);
    },
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** A worker as its own process, from dist/, which the caller has built. */
export type WorkerProcess = {
  /** The signal that ended it. @throws when it still lives after that long; it is killed then */
  diesWithin(ms: number): Promise<NodeJS.Signals | null>;
  kill(): Promise<void>;
};

/** Starts worker/main.js with an environment; `faults` are the names of the fault points to arm. */
export function startWorkerProcess(environment: Record<string, string>, faults: string[] = []): WorkerProcess {
  const { PATH, HOME, TZ, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, HOME, TZ, NODE_COMPILE_CACHE, ...environment, PERENNIAL_FAULTS: faults.join(',') };
  const flags = ['--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, 'dist/worker/main.js'], {
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
      throw new Error(`the worker still lived after ${ms} ms with ${faults.join()} armed`);
    },
  };
}

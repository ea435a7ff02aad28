import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stackSettings } from '../ground/starter.ts';
import type { Bench } from './bench.ts';
import { atMost, byItself, short } from './figures.ts';
import { treeMb } from './tree.ts';

/**
 * From `npm start` until it says that it is ready: its API, worker and stand-ins have answered; and
 * what all its processes hold then.
 */
export const start: Bench = {
  name: 'start',
  about: 'a second `npm start`: everything is built and made, nothing runs yet; and its memory',
  async run(scale, { ground, quiet, say }) {
    await ground.built();
    const settings = await stackSettings(join(ground.folder, 'start'));
    const memory: number[] = [];
    const first = await startAndStop(settings, async (pid) => {
      await pause(scale === 'full' ? 20_000 : 0);
      memory.push(treeMb(pid));
    });
    say(`the first took ${short(first)} s`);
    const taken: number[] = [];
    const others: (number | null)[] = [];
    while (taken.length < (scale === 'full' ? 7 : 1)) {
      const watched = await quiet.watch(() => startAndStop(settings));
      taken.push(watched.value);
      others.push(watched.others);
    }
    const notes = [`the first, which makes the database: ${short(first)}`];
    return [
      byItself({ name: 'second start', unit: 's', limit: atMost(8), notes }, taken, others),
      byItself({ name: 'at rest, memory of all processes', unit: 'MB', limit: atMost(600) }, memory),
    ];
  },
};

/** Seconds until it was ready; `whileItRuns` is given its process id. */
async function startAndStop(
  settings: Record<string, string>,
  whileItRuns: (pid: number) => Promise<void> = async () => undefined,
): Promise<number> {
  const { PATH, HOME, CACHE_DIR, TEMPORAL_CLI } = process.env;
  const env = { PATH, HOME, CACHE_DIR, TEMPORAL_CLI, ...settings };
  const began = performance.now();
  const child = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let output = '';
  try {
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          output += String(chunk);
          if (output.includes('ready after')) resolve();
        });
      }
      void ended.then(() => reject(new Error(`npm start ended:\n${output}`)));
    });
    const seconds = (performance.now() - began) / 1_000;
    await whileItRuns(child.pid ?? 0);
    return seconds;
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

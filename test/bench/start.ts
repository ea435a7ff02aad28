import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { stackSettings } from '../ground/starter.ts';
import type { Bench } from './bench.ts';
import { atMost, byItself, short } from './figures.ts';

/** From `npm start` until it says that it is ready: its API, worker and stand-ins have answered. */
export const start: Bench = {
  name: 'start',
  about: 'a second `npm start`: everything is built and made, nothing runs yet',
  async run(scale, { ground, quiet, say }) {
    await ground.built();
    const settings = await stackSettings(join(ground.folder, 'start'));
    const first = await startAndStop(settings);
    say(`the first took ${short(first)} s`);
    const taken: number[] = [];
    const others: (number | null)[] = [];
    while (taken.length < (scale === 'full' ? 7 : 1)) {
      const watched = await quiet.watch(() => startAndStop(settings));
      taken.push(watched.value);
      others.push(watched.others);
    }
    const notes = [`the first, which makes the database: ${short(first)}`];
    return [byItself({ name: 'second start', unit: 's', limit: atMost(8), notes }, taken, others)];
  },
};

/** Seconds until it was ready. */
async function startAndStop(settings: Record<string, string>): Promise<number> {
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
    return (performance.now() - began) / 1_000;
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

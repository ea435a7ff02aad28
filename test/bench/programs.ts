import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { Launch } from '../../sandbox/processes/children.ts';

const flags = ['--disable-warning=ExperimentalWarning'];

type Program = {
  name: string;
  /** Below test/bench/; Node runs it as it is. */
  file: string;
  env: NodeJS.ProcessEnv;
  /** Answers as soon as it can be used. */
  readyAt: string;
};

/**
 * A program of the bench as a process of its own, such as a floor: it shares no event loop with
 * anybody.
 */
export function benchProcess({ name, file, env, readyAt }: Program): Launch {
  return {
    name,
    command: process.execPath,
    args: [...flags, `test/bench/${file}`],
    env: { ...process.env, NODE_ENV: 'production', TZ: 'UTC', ...env },
    stopSignal: 'SIGTERM',
    async isReady() {
      const answer = await fetch(readyAt, { signal: AbortSignal.timeout(2_000) });
      await answer.body?.cancel();
      return answer.ok;
    },
  };
}

/** Path of the workflow code of a floor, from a file below test/bench/; bundled once in a run. */
export async function floorBundle(folder: string, file: string): Promise<string> {
  const path = join(folder, `${file.replaceAll('/', '-')}.js`);
  if (existsSync(path)) return path;
  const workflowsPath = resolve('test/bench', file);
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  await writeFile(path, code);
  return path;
}

/**
 * Runs a load generator to its end: `input` goes in as JSON on its standard input, its answer comes
 * out as JSON.
 */
export async function runLoad<Answer>(file: string, input: unknown): Promise<Answer> {
  const child = spawn(process.execPath, [...flags, `test/bench/${file}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.stdin.end(JSON.stringify(input));
  const said = await text(child.stdout);
  const code = await ended;
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
  return JSON.parse(said) as Answer;
}

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Environment } from '../../config.ts';
import type { Launch } from './children.ts';

const run = promisify(execFile);

// SQLite is built into Node 24, but still announced as experimental at every start.
const flags = ['--enable-source-maps', '--disable-warning=ExperimentalWarning'];

/**
 * Compiled code is kept between starts: without it each process spends a fifth of its start on
 * compiling the same files.
 */
const withCompiled = (env: Environment): Environment => ({
  NODE_COMPILE_CACHE: join(env.CACHE_DIR ?? '.cache', 'compile'),
  ...env,
});

type Program = { name: string; file: string; args?: string[]; env: Environment; readyAt: string[] };

/**
 * How one of our own processes is started. It is ready when every address answers, and none with a
 * server error.
 */
export function ourProcess({ name, file, args = [], env, readyAt }: Program): Launch {
  return {
    name,
    command: process.execPath,
    args: [...flags, file, ...args],
    env: withCompiled(env),
    stopSignal: 'SIGTERM',
    isReady: async () => (await Promise.all(readyAt.map(answers))).every(Boolean),
  };
}

/**
 * Runs one of our own programs to its end; `say` hears what it writes to standard error meanwhile.
 * @returns what it wrote to standard output
 * @throws with what it wrote to standard error
 */
export async function runToEnd(
  file: string,
  args: string[],
  env: Environment,
  say?: (line: string) => void,
): Promise<string> {
  try {
    const running = run(process.execPath, [...flags, file, ...args], { env: withCompiled(env) });
    if (say && running.child.stderr) createInterface({ input: running.child.stderr }).on('line', say);
    const { stdout } = await running;
    return stdout;
  } catch (error) {
    const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message: string };
    throw new Error(`${file} failed: ${stderr?.trim() || stdout?.trim() || message}`);
  }
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
  await answer.body?.cancel();
  return answer.status < 500; // the root of a stand-in may well refuse; /readyz says 503 until it is ready
}

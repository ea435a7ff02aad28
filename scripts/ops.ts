/**
 * `npm run ops -- <command>`: with the environment that is given or, where none is, with that of
 * the stack that `npm start` brought up.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { ConfigFault, readConfig, type Environment } from '../config.ts';
import { ourProcess } from '../sandbox/processes/programs.ts';
import { environmentOfStart } from '../sandbox/environment/started-with.ts';

if (existsSync('.env')) process.loadEnvFile('.env');
const { command, args } = ourProcess({ name: 'ops', file: 'dist/worker/ops.js', env: {}, readyAt: [] });
const child = spawn(command, [...args, ...process.argv.slice(2)], { env: await environment(), stdio: 'inherit' });
const [code] = (await once(child, 'exit')) as [number | null];
process.exitCode = code ?? 1;

/** A whole environment is taken as it is; what is missing from it is told by ops itself. */
async function environment(): Promise<Environment> {
  try {
    readConfig('ops');
    return process.env;
  } catch {
    return (await environmentOfStart(process.env).catch(refuse)) ?? process.env;
  }
}

function refuse(error: unknown): never {
  if (!(error instanceof ConfigFault)) throw error;
  console.error(error.message);
  process.exit(1);
}

/** `npm run reset`: starts over, by deleting the data folder. */
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfigOrExit } from '../config.ts';
import { endLeftovers, runningStarter } from './processes/process-registry.ts';

if (existsSync('.env')) process.loadEnvFile('.env');
const { DATA_DIR } = readConfigOrExit('sandbox');
const refusal = await reset(DATA_DIR);
console.log(refusal ?? `${DATA_DIR} is deleted; npm start begins afresh.`);
if (refusal) process.exitCode = 1;

async function reset(dataDir: string): Promise<string | undefined> {
  const other = runningStarter(dataDir);
  if (other) return `Perennial runs on ${dataDir} (process ${other.pid}): stop it first.`;
  const holds = await readdir(dataDir).catch(() => []);
  const isOurs = existsSync(join(dataDir, 'processes.json')) || holds.length === 0;
  if (!isOurs) return `${dataDir} holds files that npm start did not make: it is left alone.`;
  await endLeftovers(dataDir, console.log);
  await rm(dataDir, { recursive: true, force: true });
  return undefined;
}

/**
 * `npm start`: brings the whole of Perennial up on one machine, with stand-ins for the services
 * that are not given.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfigOrExit } from '../config.ts';
import { releaseStartMemory } from '../memory.ts';
import { banner, demoFacts } from './banner.ts';
import { childLogs } from './processes/child-log.ts';
import { keepChildren } from './processes/children.ts';
import { faultOfFiles, openDataFolder } from './environment/data-folder.ts';
import type { StarterConfig } from './environment/environment.ts';
import { secretsOf, writeWhole } from './environment/secrets.ts';
import { takenPorts, withMetricsPorts } from './environment/ports.ts';
import { endLeftovers, recordProcesses, runningStarter } from './processes/process-registry.ts';
import { keepProgress } from './processes/progress.ts';
import { bringUp } from './stack.ts';
import { keepStart } from './environment/started-with.ts';

const began = performance.now();
const progress = keepProgress(process.stdout);
const { say } = progress;

if (existsSync('.env')) process.loadEnvFile('.env');
const settings = await withMetricsPorts(readConfigOrExit('starter'));
await start(settings).catch((error: unknown) => refuse(inWords(error, settings)));

async function start(config: StarterConfig): Promise<void> {
  console.log('Starting Perennial');
  const fault = (await openDataFolder(config.DATA_DIR)) ?? (await obstacle(config));
  if (fault) return refuse(fault);
  const onChange = (running: Parameters<typeof recordProcesses>[1]) => recordProcesses(config.DATA_DIR, running);
  const children = keepChildren({ say, onChange, onLine: childLogs(join(config.DATA_DIR, 'logs'), say) });
  const stop = stopOnce(() => children.stop());
  const ticking = setInterval(progress.tick, 1000);
  try {
    const secrets = await secretsOf(config.DATA_DIR);
    await keepStart(config);
    const demo = await bringUp({ config, secrets, children, progress });
    await writeWhole(join(config.DATA_DIR, 'demo.json'), demoFacts(config, demo));
    progress.end();
    say(`ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
    console.log(banner(config, demo));
    releaseStartMemory();
  } catch (error) {
    progress.end();
    console.error(`\nPerennial could not start: ${inWords(error, config)}`);
    await stop(1);
  } finally {
    clearInterval(ticking);
  }
}

async function obstacle(config: StarterConfig): Promise<string | undefined> {
  const other = runningStarter(config.DATA_DIR);
  if (other)
    return `It runs already on ${config.DATA_DIR} (process ${other.pid}). For a second one set another DATA_DIR and other ports.`;
  recordProcesses(config.DATA_DIR, await endLeftovers(config.DATA_DIR, say));
  const taken = await takenPorts(config);
  return taken.length > 0 ? taken.join('\n') : undefined;
}

const inWords = (error: unknown, { DATA_DIR }: StarterConfig): string =>
  faultOfFiles(error, DATA_DIR) ?? (error instanceof Error ? error.message : String(error));

function refuse(fault: string): void {
  console.error(`\nPerennial did not start.\n${fault}`);
  process.exitCode = 1;
}

/**
 * Ends the children in order on the first signal, or when npm itself is gone; further signals
 * change nothing.
 */
function stopOnce(stopChildren: () => Promise<void>): (code: number) => Promise<void> {
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    console.log('\nStopping');
    await stopChildren();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  watchNpm(() => void stop(0));
  return stop;
}

// A killed npm tells its script nothing; but the script is then given another parent.
function watchNpm(gone: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && gone(), 500).unref();
}

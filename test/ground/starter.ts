import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../../sandbox/processes/processes.ts';
import type { ProcessRecord } from '../../sandbox/processes/processes.ts';
import { eventually } from './eventually.ts';
import { freePorts } from './ports.ts';

/** A real `npm start`, as its own process on free ports. */
export type Starter = {
  pid: number;
  /** Everything that it has printed. */
  output: () => string;
  /** Resolves when the block with the addresses is printed. */
  isUp: () => Promise<void>;
  send: (signal: NodeJS.Signals) => void;
  /** Resolves with its exit code, or null after a kill. */
  ended: Promise<number | null>;
};

const portNames = [
  'PORT',
  'WORKER_PORT',
  'TEMPORAL_UI_PORT',
  'MAILBOX_PORT',
  'STRIPE_PORT',
  'TEMPORAL_PORT',
  'POSTGRES_PORT',
  'TEMPORAL_METRICS_PORT',
  'TEMPORAL_HTTP_PORT',
  'METRICS_PORT',
  'WORKER_METRICS_PORT',
];

/** Settings for a stack of one's own: a data folder and free ports. */
export async function stackSettings(dataDir: string): Promise<Record<string, string>> {
  const ports = await freePorts(portNames.length);
  return { DATA_DIR: dataDir, ...Object.fromEntries(portNames.map((name, index) => [name, `${ports[index]}`])) };
}

export function launchStarter(settings: Record<string, string>): Starter {
  const { PATH, HOME, CACHE_DIR, TEMPORAL_CLI } = process.env;
  const env = { PATH, HOME, CACHE_DIR, TEMPORAL_CLI, ...settings };
  const child = spawn(process.execPath, ['sandbox/start.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  let over = false;
  void ended.then(() => (over = true));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    async isUp() {
      await eventually(() => over || output.includes('Ctrl-C ends everything'), 90_000);
      if (over) throw new Error(`the starter ended:\n${output}`);
    },
    send: (signal) => void child.kill(signal),
    ended,
  };
}

/** The children that a starter on this data folder has recorded. */
export function recordedChildren(dataDir: string): ProcessRecord[] {
  const registry = JSON.parse(readFileSync(join(dataDir, 'processes.json'), 'utf8')) as { children: ProcessRecord[] };
  return registry.children;
}

export function livingChildren(dataDir: string): string[] {
  return recordedChildren(dataDir)
    .filter(isAlive)
    .map(({ name }) => name);
}

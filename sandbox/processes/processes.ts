import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A process that we started: its id is reused by the system, its id together with its start is not.
 */
export type ProcessRecord = {
  name: string;
  pid: number;
  startedAt: string;
  stopSignal: NodeJS.Signals;
};

/** When a process started, in the system's own words; undefined when no such process lives. */
export function startOf(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? startFromProc(pid) : startFromPs(pid);
}

/** Whether that very process still lives, and not another that was given its id. */
export function isAlive(record: ProcessRecord): boolean {
  return startOf(record.pid) === record.startedAt;
}

/** Asks the process to stop, and kills it after `graceMs`. Resolves when it is gone. */
export async function end(record: ProcessRecord, graceMs: number): Promise<void> {
  signal(record, record.stopSignal);
  if (await isGone(record, graceMs)) return;
  signal(record, 'SIGKILL');
  await isGone(record, 5_000);
}

function signal(record: ProcessRecord, name: NodeJS.Signals): void {
  if (!isAlive(record)) return;
  try {
    process.kill(record.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function isGone(record: ProcessRecord, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (isAlive(record)) {
    if (Date.now() > until) return false;
    await pause(25);
  }
  return true;
}

// Field 3 is the state, field 22 the start in ticks since boot. The second field, the name, may
// itself hold blanks and brackets.
function startFromProc(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' ? undefined : `${boot}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

function startFromPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Resident memory of a process in MB, after every thread of it has collected its garbage (see collect.ts). */
export async function heldMb(pid: number): Promise<number> {
  // The second time frees what the first has only let go of.
  for (let time = 0; time < 2; time += 1) {
    process.kill(pid, 'SIGHUP');
    await pause(1_000);
  }
  return statusMb(pid, 'VmRSS');
}

/** The most that it ever held. */
export const peakMb = (pid: number): number => statusMb(pid, 'VmHWM');

function statusMb(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kb] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  if (kb === undefined) throw new Error(`the system does not tell ${field} of ${pid}`);
  return Number(kb) / 1024;
}

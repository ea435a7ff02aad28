import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Resident memory of a process in MB, once collecting garbage (see collect.ts) frees no more: what
 * it has let go of goes back to the system by and by, looked at `everyMs`.
 */
export async function heldMb(pid: number, everyMs: number): Promise<number> {
  let leastMb = Infinity;
  for (let inVain = 0; inVain < 3;) {
    process.kill(pid, 'SIGHUP');
    await pause(everyMs);
    const nowMb = statusMb(pid, 'VmRSS');
    inVain = nowMb < leastMb * 0.995 ? 0 : inVain + 1;
    leastMb = Math.min(leastMb, nowMb);
  }
  return leastMb;
}

/** What it holds now, garbage too. */
export const residentMb = (pid: number): number => statusMb(pid, 'VmRSS');

/** The most that it ever held, or since that was forgotten. */
export const peakMb = (pid: number): number => statusMb(pid, 'VmHWM');

/** From now on the peak is counted anew. https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

function statusMb(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kb] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  if (kb === undefined) throw new Error(`the system does not tell ${field} of ${pid}`);
  return Number(kb) / 1024;
}

import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { treeTicks } from './tree.ts';

/** Beyond this share of the machine taken by others, a figure says more of them than of us. */
export const MOST_OTHERS = 0.1;

/**
 * What was measured, and the share of the whole machine that others took meanwhile; null where the
 * system does not tell.
 */
export type Watched<T> = { value: T; others: number | null };

/** Looks how busy the machine is with what is not ours. */
export type Quiet = { watch: <T>(work: () => Promise<T>) => Promise<Watched<T>> };

/** CPU time in ticks (100 a second) since boot or start. */
type Ticks = { machine: number; ours: number; at: number };

export function watchMachine(): Quiet {
  return {
    async watch(work) {
      const before = ticks();
      const value = await work();
      return { value, others: othersShare(before, ticks()) };
    },
  };
}

function othersShare(before: Ticks | null, after: Ticks | null): number | null {
  if (!before || !after) return null;
  const whole = ((after.at - before.at) / 10) * cpus().length;
  if (whole <= 0) return null;
  const others = after.machine - before.machine - (after.ours - before.ours);
  return Math.min(1, Math.max(0, others / whole));
}

function ticks(): Ticks | null {
  try {
    return { machine: busyTicks(), ours: treeTicks(process.pid), at: Date.now() };
  } catch {
    return null; // no /proc: then there is no verdict by it
  }
}

/** user, nice, system, irq, softirq and steal: all but idle and waiting for the disk. */
function busyTicks(): number {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.trim().split(/\s+/).slice(1).map(Number) ?? [];
  return fields.slice(0, 8).reduce((sum, value, index) => (index === 3 || index === 4 ? sum : sum + value), 0);
}

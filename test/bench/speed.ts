import { createHash } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './rounds.ts';

/**
 * How fast the machine itself is, by two pieces of work that no version of ours changes; medians in
 * milliseconds. Figures of two runs can be compared as far as these are alike.
 */
export type Speed = {
  /** To write and read a fixed document of some 700 KB as JSON, and to hash it, on one core. */
  loopMs: number;
  /** To make 8 KB durable on the disk. */
  syncMs: number;
};

/** `folder`: where Postgres keeps its data during the run. */
export const speedNow = (folder: string): Speed => ({ loopMs: loopMs(), syncMs: syncMs(folder) });

/** Before and after a bench. */
export const meanSpeed = (before: Speed, after: Speed): Speed => ({
  loopMs: rounded((before.loopMs + after.loopMs) / 2),
  syncMs: rounded((before.syncMs + after.syncMs) / 2),
});

export const speedInWords = ({ loopMs: loop, syncMs: sync }: Speed): string => `${loop}; ${sync}`;

const ROWS = Array.from({ length: 10_000 }, (_, n) => ({
  id: `row-${n}`,
  amountMinor: n * 7,
  currency: 'usd',
  tags: ['a', 'b', 'c'],
}));

function loopMs(): number {
  for (let warm = 0; warm < 5; warm += 1) once();
  return rounded(median(Array.from({ length: 21 }, once)));

  function once(): number {
    const began = performance.now();
    const text = JSON.stringify(ROWS);
    const again = JSON.stringify(JSON.parse(text));
    createHash('sha256').update(again).digest('hex');
    return performance.now() - began;
  }
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
  return rounded(median(times));
}

const rounded = (ms: number): number => Number(ms.toFixed(3));

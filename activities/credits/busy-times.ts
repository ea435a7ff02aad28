import { Worker } from 'node:worker_threads';
import { merged } from '../../db/credits/slots.ts';
import type { Range } from '../../db/credits/zone-offsets.ts';
import { OutsideFault } from '../gateways/fetch-outside.ts';
import type { Asked } from './busy-times-thread.ts';

/** More is no person's calendar. */
const MOST = 10_000;

/** Compiled beside this file, it has the same ending. */
const THREAD = new URL(import.meta.url.replace(/busy-times(\.\w+)(\?.*)?$/, 'busy-times-thread$1'));

/**
 * When a calendar is busy, in order and apart from each other. It is read in a thread that ends
 * after `timeoutMs` or too much memory, whatever its text makes the reader do [R24.5].
 * @throws OutsideFault
 */
export function readBusyTimes(asked: Asked, timeoutMs: number): Promise<Range[]> {
  if (!/^\s*BEGIN:VCALENDAR/i.test(asked.text.replace(/^\uFEFF/, '')))
    return Promise.reject(new OutsideFault('What is there is no calendar.'));
  const thread = new Worker(THREAD, { workerData: asked, resourceLimits: { maxOldGenerationSizeMb: 256 } });
  return new Promise<Range[]>((resolve, reject) => {
    const refuse = (why: string) => reject(new OutsideFault(why));
    const timer = setTimeout(() => refuse('The calendar takes too long to read.'), timeoutMs);
    thread.once('exit', () => clearTimeout(timer));
    thread.once('error', () => refuse('The calendar cannot be read.'));
    thread.once('message', (found: Range[]) => {
      const busy = merged(found);
      if (busy.length > MOST) refuse('The calendar has too many events.');
      else resolve(busy);
    });
  }).finally(() => thread.terminate());
}

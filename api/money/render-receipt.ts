import { Worker } from 'node:worker_threads';
import type { Content } from './receipt-content.ts';
import type { Answered, Asked } from './receipt-thread.ts';

/** Compiled beside this file, it has the same ending. */
const THREAD = new URL(import.meta.url.replace(/render-receipt(\.\w+)(\?.*)?$/, 'receipt-thread$1'));

type Waiting = { resolve: (pdf: Uint8Array) => void; reject: (error: Error) => void };
type Running = { thread: Worker; waiting: Map<number, Waiting> };

let running: Running | null = null;
let asked = 0;

/**
 * A document as a PDF. Fonts are opened once, by the one thread of this process that sets them; it
 * keeps no process alive. A thread that has broken is replaced with the next document.
 */
export function renderReceipt(content: Content): Promise<Uint8Array> {
  const { thread, waiting } = (running ??= started());
  const id = (asked += 1);
  return new Promise<Uint8Array>((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    thread.ref();
    thread.postMessage({ id, content } satisfies Asked);
  });
}

function started(): Running {
  const thread = new Worker(THREAD, { resourceLimits: { maxOldGenerationSizeMb: 256 } });
  const waiting: Running['waiting'] = new Map();
  const end = (error: Error) => {
    if (running?.thread === thread) running = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  thread.on('message', ({ id, pdf, error }: Answered) => {
    const whose = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) thread.unref();
    if (pdf) whose?.resolve(pdf);
    else whose?.reject(new Error(`a receipt could not be set: ${error}`));
  });
  thread.on('error', end);
  thread.on('exit', () => end(new Error('the thread that sets receipts has ended')));
  return { thread, waiting };
}

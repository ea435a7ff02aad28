/** A thread of its own: setting a document holds up nothing else that this process does [R24.5]. */
import { parentPort } from 'node:worker_threads';
import type { Content } from './receipt-content.ts';
import { layOut } from './receipt-layout.ts';

/** What is asked, and what comes back for it; `error`: what went wrong. */
export type Asked = { id: number; content: Content };
export type Answered = { id: number; pdf: Uint8Array | null; error: string | null };

parentPort?.on('message', ({ id, content }: Asked) => {
  const answer = (said: Omit<Answered, 'id'>) => parentPort?.postMessage({ id, ...said } satisfies Answered);
  layOut(content).then(
    (pdf) => answer({ pdf, error: null }),
    (error: unknown) => answer({ pdf: null, error: String(error) }),
  );
});

import type { IncomingMessage } from 'node:http';
import { Problem } from '../http/problem.ts';

/**
 * The bytes as they came, which signatures are over; read before any parser could touch them.
 * @throws Problem 400, 413
 */
export function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.removeAllListeners('data').resume();
        reject(new Problem(413, 'body_too_large', { detail: 'The body is too large.' }));
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    // Whoever sends it went away: no fault of ours, and nobody hears the answer.
    request.on('error', () => reject(new Problem(400, 'malformed_body', { detail: 'The body did not come whole.' })));
  });
}

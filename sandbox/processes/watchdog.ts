/**
 * Ends the children of a starter that died without ending them.
 *
 * It reads from its standard input, line by line, the whole list of children as JSON. When the
 * input closes, the starter is gone, however it went (`kill -9` too), and whoever of the last list
 * still lives is ended, last started first. Postgres and Temporal know nothing of pipes; so one
 * watchdog does it for all.
 */
import { createInterface } from 'node:readline';
import { end } from './processes.ts';
import type { ProcessRecord } from './processes.ts';

const graceMs = 5_000;
let children: ProcessRecord[] = [];

process.on('SIGINT', () => undefined);
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  children = JSON.parse(line) as ProcessRecord[];
});
lines.on('close', () => {
  void endAll();
});

async function endAll(): Promise<void> {
  for (const child of children.toReversed()) await end(child, graceMs);
}

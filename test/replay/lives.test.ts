import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { aStack, type Stack } from '../ground/stack.ts';
import { LIFE_NAMES, liveAll, type LifeName, type Lived } from './lives.ts';
import { HISTORIES, replay } from './replay.ts';

let stack: Stack;
let lives: Record<LifeName, Lived>;

beforeAll(async () => {
  stack = await aStack();
  lives = await liveAll(stack);
}, 120_000);

afterAll(() => stack.close());

/** Without what it says of the machine that it was made on; nothing of that is replayed. */
function forKeeping(json: string): string {
  const text = json.replaceAll(`${process.pid}@${hostname()}`, 'worker');
  const kept = (key: string, value: unknown) => (key === 'stackTrace' ? '' : value);
  return `${JSON.stringify(JSON.parse(text, kept), null, 1)}\n`;
}

/**
 * Where to keep what is lived now, if at all: see the README here. An old one is never written
 * over.
 */
async function keep(name: LifeName, history: string): Promise<void> {
  const version = process.env.RECORD_HISTORIES;
  if (!version) return;
  await mkdir(join(HISTORIES, version), { recursive: true });
  await writeFile(join(HISTORIES, version, `${name}.json`), history, { flag: 'wx' });
}

test.each(LIFE_NAMES)('%s, lived just now, comes out the same again', async (name) => {
  const { workflowId } = lives[name];

  const history = forKeeping(historyToJSON(lives[name].history));

  expect(await replay(workflowId, JSON.parse(history))).toBeNull();
  await keep(name, history);
});

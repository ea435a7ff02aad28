import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOf } from '../../sandbox/processes/processes.ts';
import { recordProcesses } from '../../sandbox/processes/process-registry.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-reset-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const reset = () =>
  spawnSync(process.execPath, ['sandbox/reset.ts'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, DATA_DIR: folder },
  });

test('the data folder of a stack that no longer runs is deleted', async () => {
  const gone = { name: 'starter', pid: process.pid, startedAt: 'an earlier day', stopSignal: 'SIGTERM' };
  await writeFile(join(folder, 'processes.json'), JSON.stringify({ starter: gone, children: [] }));

  expect(reset().status).toBe(0);
  expect(existsSync(folder)).toBe(false);
});

test('nothing is deleted while the stack runs', () => {
  expect(startOf(process.pid)).toBeDefined();
  recordProcesses(folder, []); // as if this test were the starter

  const refused = reset();

  expect([refused.status, refused.stdout]).toEqual([1, expect.stringMatching(/stop it first/)]);
  expect(existsSync(folder)).toBe(true);
});

test('a folder with files of somebody else is left alone', async () => {
  await writeFile(join(folder, 'thesis.tex'), 'years of work');

  const refused = reset();

  expect([refused.status, refused.stdout]).toEqual([1, expect.stringMatching(/did not make/)]);
  expect(existsSync(join(folder, 'thesis.tex'))).toBe(true);
});

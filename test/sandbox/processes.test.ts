import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, isAlive, startOf } from '../../sandbox/processes/processes.ts';
import type { ProcessRecord } from '../../sandbox/processes/processes.ts';
import { endLeftovers, recordProcesses, runningStarter } from '../../sandbox/processes/process-registry.ts';

async function aProcess(code = 'setInterval(() => {}, 1000); console.log(1)') {
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  const record: ProcessRecord = { name: 'a process', pid, startedAt: startOf(pid) ?? '', stopSignal: 'SIGTERM' };
  return { child, record };
}

test('a process is known by its id and its start together', async () => {
  const { record } = await aProcess();

  expect(isAlive(record)).toBe(true);
  expect(isAlive({ ...record, startedAt: 'another day' })).toBe(false);

  await end(record, 5_000);
  expect(isAlive(record)).toBe(false);
});

test('one that does not stop when asked is killed', async () => {
  const { child, record } = await aProcess(
    "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log(1)",
  );

  await end(record, 100);

  expect(child.signalCode ?? 'SIGKILL').toBe('SIGKILL');
  expect(isAlive(record)).toBe(false);
});

test('leftovers are ended, but never a stranger that was given the id of one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-registry-'));
  const ours = await aProcess();
  const stranger = await aProcess();
  recordProcesses(folder, [ours.record, { ...stranger.record, startedAt: 'before that process began' }]);
  const said: string[] = [];

  await endLeftovers(folder, (line) => said.push(line));

  expect(isAlive(ours.record)).toBe(false);
  expect(isAlive(stranger.record)).toBe(true);
  expect(said).toHaveLength(1);
  await end(stranger.record, 5_000);
});

test('a process registry that cannot be read counts as none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-registry-'));
  await writeFile(join(folder, 'processes.json'), '{ "starter": ');

  expect(runningStarter(folder)).toBeUndefined();
});

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import type { Commit } from './commit.ts';
import type { Machine } from './machine.ts';
import { benches } from './list.ts';
import type { Listed } from './table.ts';

type Result = { commit: Commit | null; scale: string; machine: Machine; figures: Listed[]; failed: object[] };

const run = promisify(execFile);

const runBench = (args: string[]) =>
  run(process.execPath, ['--disable-warning=ExperimentalWarning', 'test/bench/run.ts', ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 64 * 1024 * 1024,
  });

test('every bench runs small, and says its figures as one JSON document on standard output', async () => {
  const { stdout } = await runBench(['--small', '--json']);

  const { commit, scale, machine, figures, failed } = JSON.parse(stdout) as Result;
  expect(failed).toEqual([]);
  expect(scale).toBe('small');
  expect(machine.cores).toBeGreaterThan(0);
  expect([...new Set(figures.map(({ bench }) => bench))]).toEqual(benches.map(({ name }) => name));
  const known = { id: expect.stringMatching(/^[0-9a-f]{40}$/), isDirty: expect.any(Boolean) };
  expect(commit).toEqual(existsSync('.git') ? known : null);
  for (const { ours, name, speed } of figures) {
    expect({ name, isThere: Number.isFinite(ours) }).toEqual({ name, isThere: true });
    expect(Math.min(speed.loopMs, speed.syncMs)).toBeGreaterThan(0);
  }
}, 1_200_000);

test('a bench that there is not is an error that names those that there are', async () => {
  const refused = await runBench(['--only', 'nothing']).catch((error: unknown) => error);

  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no bench nothing. There are: webhook'),
  });
});

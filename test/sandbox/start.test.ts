import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../ground/eventually.ts';
import { launchStarter, livingChildren, recordedChildren, stackSettings } from '../ground/starter.ts';
import type { Starter } from '../ground/starter.ts';

const run = promisify(execFile);
const everyone = ['Postgres', 'Temporal', 'api', 'sandbox', 'worker'];
const limitMs = 120_000;

describe('npm start', () => {
  let folder: string;
  let dataDir: string;
  let settings: Record<string, string>;
  const launched: Starter[] = [];

  const launch = (given = settings): Starter => {
    const starter = launchStarter(given);
    launched.push(starter);
    return starter;
  };
  const facts = async () =>
    JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as Record<string, string | null>;
  const statusOf = async (url: string) => (await fetch(url, { redirect: 'manual' })).status;

  beforeAll(async () => {
    // Open to its owner only, as /root is: Postgres, which runs as another user then, must manage
    // all the same.
    folder = await mkdtemp(join(tmpdir(), 'perennial-start-'));
    dataDir = join(folder, 'data');
    settings = await stackSettings(dataDir);
  });

  afterAll(async () => {
    for (const starter of launched) starter.send('SIGTERM');
    await Promise.all(launched.map(({ ended }) => ended));
    await rm(folder, { recursive: true, force: true });
  });

  test(
    'brings everything up and says where it is',
    async () => {
      const starter = launch();
      await starter.isUp();

      expect(starter.output()).toMatch(/^ {2}\d+ s: .*(building|starting|migrating|making)/m);
      const demo = await facts();
      expect(demo).toMatchObject({
        apiUrl: `http://127.0.0.1:${settings.PORT}`,
        temporalUiUrl: `http://127.0.0.1:${settings.TEMPORAL_UI_PORT}`,
        mailboxUrl: `http://127.0.0.1:${settings.MAILBOX_PORT}`,
        stripeUrl: `http://127.0.0.1:${settings.STRIPE_PORT}`,
        temporalAddress: `127.0.0.1:${settings.TEMPORAL_PORT}`,
      });
      for (const name of ['apiKey', 'operatorKey', 'adminEmail', 'adminPassword', 'apiUrl', 'temporalUiUrl']) {
        expect(starter.output()).toContain(demo[name]);
      }
      expect(await statusOf(`${demo.apiUrl}/readyz`)).toBe(200);
      expect(await statusOf(`${demo.mailboxUrl}/`)).toBeLessThan(400);
      expect(await statusOf(`${demo.temporalUiUrl}/`)).toBeLessThan(400);
      const headers = { authorization: `Bearer ${demo.apiKey}` };
      await eventually(async () => {
        const plan = await fetch(`${demo.apiUrl}/v1/account/plan`, { headers });
        return (await plan.text()).includes('Growth, monthly');
      });
      expect(livingChildren(dataDir).toSorted()).toEqual(everyone);
    },
    limitMs,
  );

  test(
    'npm run ops finds the stack that runs, with nothing but its data folder given',
    async () => {
      const { PATH, HOME } = process.env;
      const ops = (env: Record<string, string> = {}) =>
        run(process.execPath, ['scripts/ops.ts', 'status'], { env: { PATH, HOME, DATA_DIR: dataDir, ...env } });

      const { stdout } = await ops();
      const elsewhere = ops({ DATA_DIR: join(folder, 'elsewhere') });

      expect(JSON.parse(stdout)).toMatchObject({ temporal: 'reachable', workflows: { notRunning: 0 } });
      await expect(elsewhere).rejects.toMatchObject({ stderr: expect.stringContaining('DATABASE_URL is missing') });
    },
    limitMs,
  );

  test('a second start on the same data folder is refused, and one beside it is told which ports are taken', async () => {
    const same = launch();
    const beside = launch({ ...settings, DATA_DIR: join(folder, 'other') });

    expect(await same.ended).toBe(1);
    expect(same.output()).toMatch(/runs already .* \(process \d+\)/);
    expect(await beside.ended).toBe(1);
    expect(beside.output()).toContain(`Port ${settings.PORT} (pages and API) is taken`);
    expect(beside.output()).toContain('POSTGRES_PORT moves it');
  });

  test.each(everyone)(
    '%s alone is killed, and is started again',
    async (name) => {
      const before = recordedChildren(dataDir).find((child) => child.name === name);
      process.kill(before?.pid ?? 0, 'SIGKILL');

      const after = await eventually(() =>
        recordedChildren(dataDir).find((child) => child.name === name && child.pid !== before?.pid),
      );

      expect(after.pid).not.toBe(before?.pid);
      await eventually(async () => (await statusOf(`http://127.0.0.1:${settings.PORT}/readyz`)) === 200);
      await eventually(async () => (await statusOf(`http://127.0.0.1:${settings.WORKER_PORT}/readyz`)) === 200);
    },
    limitMs,
  );

  test('when the starter is killed, nothing stays behind', async () => {
    launched[0]?.send('SIGKILL');
    await launched[0]?.ended;

    await eventually(() => livingChildren(dataDir).length === 0);
  });

  test(
    'the next start finds the same account; Ctrl-C ends every child',
    async () => {
      const before = await facts();
      const starter = launch();
      await starter.isUp();

      expect(await facts()).toEqual(before);

      starter.send('SIGINT');
      expect(await starter.ended).toBe(0);
      expect(livingChildren(dataDir)).toEqual([]);
    },
    limitMs,
  );
});

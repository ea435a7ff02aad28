import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDemo } from '../../demo/demo-account.ts';
import { aTown, type Town } from '../journeys/a-town.ts';

const KEYS = { apiKey: 'perennial_demo', operatorKey: 'perennial_demo_operator' };
let town: Town;
let dataDir: string;

beforeAll(async () => {
  town = await aTown();
  const now = new Date().toISOString();
  await seedDemo(town.deps.orm.em.fork(), { ...KEYS, adminPassword: 'correct horse battery staple', now });
  dataDir = await mkdtemp(join(tmpdir(), 'perennial-demo-'));
  const urls = { apiUrl: town.apiUrl, stripeUrl: town.sandbox.url, mailboxUrl: town.mailbox.url, temporalUiUrl: null };
  await writeFile(join(dataDir, 'demo.json'), JSON.stringify({ ...urls, ...KEYS }));
});

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
  await town.close();
});

/** As `npm run demo` runs it. */
async function runDemo(folder = dataDir, args: string[] = []): Promise<{ code: number; output: string }> {
  const { PATH } = process.env;
  const env = { PATH, DATA_DIR: folder };
  const child = spawn(process.execPath, ['demo/story.ts', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

test('the demo tells its story to the end, and again', async () => {
  const [first, second] = [await runDemo(), await runDemo()];

  expect(first.output).toContain('Everything happened as expected.');
  expect(first.output).toMatch(/purchase\.bought .* by stripe/);
  expect(first.output).toMatch(/purchase\.refunded .* 10\.00 USD/);
  expect(first.output).toContain('9 emails to the customer');
  expect(first.output).toContain('four more people: one overdue, one who disputes, one in a trial, one who renews');
  expect([first.code, second.code]).toEqual([0, 0]);
}, 120_000);

test.each([
  ['refund-receipt', { emailsOff: ['refund-receipt', 'upcoming-payment'] }],
  ['payment-receipt', { receipts: 'first' }],
])('it fails where a %s is missing, and says so', async (missing, settings) => {
  const owner = town.client(KEYS.apiKey);
  const changed = await owner.patch('/v1/settings', settings);

  const { code, output } = await runDemo();
  await owner.patch('/v1/settings', { emailsOff: ['upcoming-payment'], receipts: 'all' });

  expect(changed.status).toBe(200);
  expect([code, output]).toEqual([1, expect.stringContaining(`-   '${missing}'`)]);
});

test('it fills the account with people in every state', async () => {
  const owner = town.client(KEYS.apiKey);
  const before = new Set((await owner.get('/v1/purchases?limit=200')).body.data.map(({ id }: { id: string }) => id));

  const { code, output } = await runDemo(dataDir, ['--many', '15']);

  type Listed = { id: string; billingStatus: string; accessStatus: string; cancelAt: string | null };
  const data = (await owner.get('/v1/purchases?limit=200')).body.data as object[] as Listed[];
  const made = data.filter(({ id }) => !before.has(id));
  expect([code, output]).toEqual([0, expect.stringContaining('15 purchases in two years')]);
  expect(made).toHaveLength(15);
  expect([...new Set(made.map(({ billingStatus }) => billingStatus))].toSorted()).toEqual([
    'active',
    'canceled',
    'completed',
    'none',
    'paid',
    'past_due',
    'paused',
    'trialing',
  ]);
  expect(made.filter(({ cancelAt }) => cancelAt !== null)).not.toEqual([]);
}, 120_000);

test('it says what to do where nothing runs', async () => {
  const { code, output } = await runDemo(join(dataDir, 'elsewhere'));

  expect([code, output]).toEqual([1, expect.stringContaining('npm start')]);
});

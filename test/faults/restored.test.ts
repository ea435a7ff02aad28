import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLoginToken, spendLoginToken } from '../../db/people/login-tokens.ts';
import { beginSession, findSession } from '../../db/people/sessions.ts';
import { writeBackup } from '../../db/backup/write-backup.ts';
import type { SubscriptionBilling } from '../../workflows/domain/billing.ts';
import { DAY_MS, fromMs } from '../../workflows/domain/instant.ts';
import { abandon } from '../../workflows/messages.ts';
import { restore, type Restored } from '../../worker/restore.ts';
import { aSentBroadcast } from '../builders/broadcasts.ts';
import { eventually } from '../ground/eventually.ts';
import { aShop, type Shop } from '../ground/shop.ts';
import { aStack, type Stack } from '../ground/stack.ts';
import { control } from '../sandbox/stripe/sandbox.ts';

const PAUSE = { resumeAt: null, access: 'keep' };
const NOW = { when: 'now', cancelAt: null };

let stack: Stack;
let shop: Shop;
let folder: string;
let restored: Restored;
/** By what the copy knew of them, and what happened afterwards. */
const ids = { resumed: '', refunded: '', canceled: '', boughtLater: '' };
let opened: { session: string; link: string };
let emailId: string;
let jobId: string;
let writesSince: unknown[];

const requests = async () =>
  ((await control(stack.sandbox, 'GET', '/requests?method=POST')) as { data: unknown[] }).data;

/** Accepted and begun, while Stripe answers nothing that would change a subscription. */
async function begin(purchaseId: string, verb: 'pause' | 'cancel', input: object): Promise<string> {
  const commandId = await shop.accept(purchaseId, verb, input);
  await stack.deps.wakes.look(purchaseId, { kind: verb, rowId: commandId });
  return commandId;
}

/** A session, and a link that logs in. */
async function open(contactId: string): Promise<{ session: string; link: string }> {
  const em = stack.deps.orm.em.fork();
  const { token } = await beginSession(em, { contactId });
  const of = { accountId: shop.accountId, contactId, kind: 'login' as const, now: fromMs(Date.now()) };
  return { session: token, link: (await createLoginToken(em, of)).token };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-restored-'));
  const file = join(folder, 'backup.gz');
  stack = await aStack();
  shop = await aShop(stack, { mode: 'live' });
  const url = stack.environment.DATABASE_URL!;
  for (const name of ['resumed', 'refunded', 'canceled'] as const) ids[name] = await shop.buy();

  await control(stack.sandbox, 'POST', '/faults', { kind: 'reset', method: 'POST', path: '/v1/subscriptions' });
  const begun = [await begin(ids.resumed, 'pause', PAUSE), await begin(ids.canceled, 'pause', PAUSE)];
  begun.push(await begin(ids.canceled, 'cancel', NOW));
  for (const name of ['resumed', 'canceled'] as const)
    await eventually(async () => (await shop.state(ids[name])).pending);
  [{ id: emailId }] = (await shop.sql(
    `update emails set state = 'queued', provider_id = null where id = (select min(id::text)::uuid from emails) returning id`,
  )) as [{ id: string }];
  const { contactId } = await shop.state(ids.resumed);
  opened = await open(contactId);
  ({ jobId } = await aSentBroadcast(stack.deps.orm.em.fork(), shop.accountId));
  await writeBackup(stack.deps.orm, file, new Date().toISOString());

  await control(stack.sandbox, 'DELETE', '/faults');
  for (const commandId of begun) expect(await shop.untilEnded(commandId, 60_000)).toMatchObject({ state: 'applied' });
  await shop.ask(ids.resumed, 'resume', {});
  const [payment] = (await shop.state(ids.refunded)).payments;
  const input = { paymentId: payment!.paymentId, amountMinor: 900, billing: 'cancel_now', access: 'keep' };
  await shop.ask(ids.refunded, 'refund', input);
  ids.boughtLater = await shop.buy();

  await expect(restore(stack.deps, { url, file, isToReplace: false })).rejects.toThrow('--replace');
  const before = (await requests()).length;
  restored = await restore(stack.deps, { url, file, isToReplace: true });
  await eventually(async () => (await shop.sql(`select 1 from inbox where state = 'open'`)).length === 0, 60_000);
  writesSince = (await requests()).slice(before);
}, 180_000);

afterAll(async () => {
  await stack.close();
  await rm(folder, { recursive: true });
});

test('nothing that the copy was about to do is done: neither its verbs nor its emails, and Stripe is asked for nothing', async () => {
  const email = await shop.sql('select state, reason from emails where id = ?', [emailId]);

  expect(restored).toMatchObject({ purchases: 3, heldBack: 3, unknownEmails: 1 });
  expect(email).toEqual([{ state: 'unknown', reason: 'restored' }]);
  expect(await shop.sql('select state from bulk_jobs where job_id = ?', [jobId])).toEqual([{ state: 'paused' }]);
  expect(writesSince).toEqual([]);
});

test('each purchase ends equal to Stripe, with what was done there since', async () => {
  const refunded = await shop.state(ids.refunded);

  for (const name of ['resumed', 'refunded', 'canceled'] as const) {
    const billing = (await shop.state(ids[name])).billing as SubscriptionBilling;
    const subscription = await stack.sandbox.stripe.subscriptions.retrieve(billing.subscriptionId!);
    expect([name, billing.pause !== null, billing.ended !== null]).toEqual([
      name,
      subscription.pause_collection !== null,
      subscription.status === 'canceled',
    ]);
  }
  expect(refunded.payments).toMatchObject([{ refunds: [{ amountMinor: 900, status: 'succeeded' }] }]);
});

test('what was under way, and what waited behind it, needs a person, who may give it up', async () => {
  const stuck = (await shop.state(ids.resumed)).attentions;
  const both = (await shop.state(ids.canceled)).attentions;

  expect(stuck).toMatchObject([{ reason: 'restored', command: { command: { name: 'pause' } } }]);
  expect(both.map(({ command }) => command?.command.name)).toEqual(['pause', 'cancel']);
  await shop.workflow(ids.resumed).executeUpdate(abandon);
  await eventually(async () => (await shop.state(ids.resumed)).attentions.length === 0);
  expect((await shop.state(ids.resumed)).billing).toMatchObject({ pause: null, ended: null });
});

test('the run of a purchase that the copy does not know ends by itself', async () => {
  await stack.deps.wakes.wake(ids.boughtLater, { kind: 'test', rowId: null });

  await eventually(async () => (await shop.workflow(ids.boughtLater).describe()).status.name === 'COMPLETED');
});

test('nobody is let in by a session or a link that was open in the copy', async () => {
  const em = stack.deps.orm.em.fork();

  expect(await findSession(em, opened.session)).toBeNull();
  expect(await spendLoginToken(em, opened.link, 'login')).toBeNull();
});

test('after a copy that is older than what Stripe lists every live purchase is read at Stripe as well', async () => {
  const old = join(folder, 'old.gz');
  await writeBackup(stack.deps.orm, old, fromMs(Date.now() - 31 * DAY_MS));
  const live = await shop.sql('select id from purchases where is_live and stripe_subscription_id is not null');

  const { reads } = await restore(stack.deps, { url: stack.environment.DATABASE_URL!, file: old, isToReplace: true });

  const readOnes = () =>
    shop.sql(`select subject_id as id from inbox where kind = 'stripe.read' and state <> 'open' order by 1`);
  expect([restored.reads, reads]).toEqual([0, live.length]);
  await eventually(async () => (await readOnes()).length === live.length, 60_000);
  expect(new Set(await readOnes())).toEqual(new Set(live));
  expect(live.length).toBeGreaterThan(0);
});

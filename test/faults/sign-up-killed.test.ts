import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { readConfig } from '../../config.ts';
import { Checkout } from '../../db/entities/checkout.ts';
import { everythingAlive } from '../../db/jobs/sweep.ts';
import { build } from '../../scripts/build.ts';
import { sweep } from '../../worker/sweep.ts';
import { eventually } from '../ground/eventually.ts';
import { freePorts } from '../ground/ports.ts';
import { startOwnProcess } from '../ground/own-process.ts';
import { aShop, T0, type Shop } from '../ground/shop.ts';
import { aStack, type Stack } from '../ground/stack.ts';

/** Before and after the record in which a plan begins, and with it an account. */
const POINTS = ['record:before:done', 'record:after:done'];

type SignedUp = { purchaseId: string; accountId: string; ownerId: string; emailId: string };

let stack: Stack;
let shop: Shop;
let signedUp: SignedUp[];
let signal: string | null;

beforeAll(async () => {
  await build({ cacheDir: readConfig('test').CACHE_DIR, say: () => undefined });
  stack = await aStack({ workers: 0 });
  shop = await aShop(stack);
  signedUp = [];
  for (const point of POINTS) signedUp.push(await aSignUp(point));
  await shop.deliver();
  const armed: string[] = [];
  for (const [index, { purchaseId }] of signedUp.entries())
    armed.push(`${POINTS[index]}@${await firstRow(purchaseId)}`);
  const [WORKER_PORT = '', WORKER_METRICS_PORT = ''] = (await freePorts(2)).map(String);
  signal = await startOwnProcess(
    'worker',
    { ...stack.environment, WORKER_PORT, WORKER_METRICS_PORT },
    armed,
  ).diesWithin(60_000);
  const worker = await stack.startWorker();
  await everythingAlive(stack.deps.orm.em.fork());
  await sweep(stack.deps);
  for (const { accountId } of signedUp) await eventually(() => isMailed(accountId), 60_000);
  await worker.stop();
}, 180_000);
afterAll(() => stack.close());

/** Paid at Stripe, of which nobody here has heard yet. */
async function aSignUp(name: string): Promise<SignedUp> {
  const purchaseId = await shop.checkOut();
  const ids = { accountId: uuid(), ownerId: uuid(), emailId: uuid() };
  const { accountId, contactId, terms } = await shop.state(purchaseId);
  await shop.sql(
    `update purchases set for_account_id = ?, snapshot = jsonb_set(snapshot, '{forAccountId}', to_jsonb(?::text)) where id = ?`,
    [ids.accountId, ids.accountId, purchaseId],
  );
  const { ownerId, emailId } = ids;
  const signUp = {
    accountName: name,
    timeZone: 'UTC',
    slug: `s-${uuid().slice(-12)}`,
    ownerId,
    emailId,
    withAccess: false,
  };
  await stack.deps.orm.em.fork().insert(Checkout, {
    id: uuid(),
    accountId,
    contactId,
    forAccountId: ids.accountId,
    offerId: terms.offerId,
    purchaseId,
    signUp,
    addOnAt: null,
    promotionCodeId: null,
    stripeSessionId: null,
    url: null,
    expiresAt: null,
    state: 'open',
    createdAt: T0,
  });
  return { purchaseId, ...ids };
}

async function firstRow(purchaseId: string): Promise<string | undefined> {
  const sql = `select id from inbox where subject_id = ? and state = 'open' order by seq limit 1`;
  return (await shop.sql<{ id: string }>(sql, [purchaseId]))[0]?.id;
}

const isMailed = async (accountId: string): Promise<boolean> =>
  (await shop.sql(`select 1 from emails where account_id = ? and state <> 'queued'`, [accountId])).length > 0;

test.each(POINTS.map((point, index) => [point, index] as const))(
  'killed at %s, there is one account with one owner, who is mailed once',
  async (_, index) => {
    const { purchaseId, accountId, ownerId, emailId } = signedUp[index]!;
    expect(signal).toBe('SIGKILL');

    expect(await shop.state(purchaseId)).toMatchObject({ startedAt: T0, attentions: [] });
    expect(await shop.sql('select id from admins where account_id = ?', [accountId])).toEqual([{ id: ownerId }]);
    expect(await shop.sql('select id from emails where account_id = ?', [accountId])).toEqual([{ id: emailId }]);
    const { data } = (await stack.mailbox.control('GET', '/emails?limit=1000')) as {
      data: { idempotencyKey: string }[];
    };
    expect(data.filter(({ idempotencyKey }) => idempotencyKey === emailId)).toHaveLength(1);
  },
);

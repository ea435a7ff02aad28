/**
 * `npm run demo`: the story of one subscription, over the HTTP API of a running stack; fails if
 * anything differs from what it expects. `npm run demo -- --many` fills the account with 60
 * purchases of two years; `--many 12` with as many as are named.
 */
import { deepStrictEqual } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readConfigOrExit } from '../config.ts';
import { DemoClient, readDemoFacts, type Json } from './api-client.ts';
import { buy as buyFor, isPaid, offersOf } from './buy.ts';
import { addExperts } from './experts.ts';
import { fill } from './many.ts';
import { bringNewcomers } from './newcomers.ts';

type Purchase = {
  id: string;
  offer: { name: string };
  billingStatus: string;
  accessStatus: string;
  version: number;
  nextChargeAt: string | null;
  billing: { periodEnd: string };
  payments: { id: string; amountMinor: number; refundedMinor: number }[];
};
type Timeline = { data: { type: string; at: string; actor: { kind: string }; data: Json }[] };

if (existsSync('.env')) process.loadEnvFile('.env');
const facts = await readDemoFacts(readConfigOrExit('sandbox').DATA_DIR);
const api = new DemoClient(facts);
async function tell(): Promise<void> {
  await addExperts(api);
  const id = await buy();
  console.log(
    `\nPurchase ${id}${facts.temporalUiUrl ? `\nTemporal UI: ${facts.temporalUiUrl}/namespaces/default/workflows/purchase:${id}` : ''}\n`,
  );
  await renewTwice(id);
  await pauseForAMonth(id);
  await refundInPart(id);
  await cancelAtPeriodEnd(id);
  const timeline = await api.get<Timeline>(`/purchases/${id}/timeline?limit=200`);
  deepStrictEqual(timeline.data.map(({ type }) => type).toSorted(), EXPECTED.toSorted());
  print(timeline);
  await checkEmails(id);
  console.log('');
  step(await bringNewcomers(api, moveTo));
  console.log('\nEverything happened as expected.');
}

/**
 * What the whole story comes to; the refund window closes 30 days after the first payment, on its
 * own.
 */
const EXPECTED = [
  'purchase.bought',
  'payment.succeeded',
  'payment.succeeded',
  'payment.succeeded',
  'purchase.refund-window-closed',
  'purchase.paused',
  'purchase.resumed',
  'payment.succeeded',
  'purchase.refunded',
  'refund.succeeded',
  'purchase.cancellation-scheduled',
  'purchase.canceled',
];

const EXPECTED_EMAILS = [
  'purchase-confirmation',
  'payment-receipt',
  'payment-receipt',
  'payment-receipt',
  'purchase-paused',
  'purchase-resumed',
  'refund-receipt',
  'cancellation-scheduled',
  'purchase-canceled',
];

const step = (words: string): void => console.log(`- ${words}`);

async function buy(): Promise<string> {
  const { month } = await offersOf(api);
  const email = `ada-${randomUUID().slice(0, 8)}@example.com`;
  const id = await buyFor(api, month, { email, name: 'Ada Demo' }, isPaid);
  step(`${email} bought ${(await read(id)).offer.name}`);
  const welcomed = await api.until<Emails>('the confirmation', `/emails?purchaseId=${id}`, isSent);
  step(`welcomed by ${welcomed.data.map(({ kind }) => kind).join(', ')}`);
  return id;
}

async function renewTwice(id: string): Promise<void> {
  for (const count of [2, 3]) {
    const { nextChargeAt } = await read(id);
    await moveTo(String(nextChargeAt));
    const { payments } = await read(id);
    deepStrictEqual(payments.length, count, `${payments.length} payments instead of ${count}`);
    step(`renewed at ${nextChargeAt}`);
  }
}

/** Asks first what pausing would do, and then for exactly that. */
async function pauseForAMonth(id: string): Promise<void> {
  const preview = await api.post<{ planHash: string; after: { billingStatus: string } }>(`/purchases/${id}/pause`, {
    dryRun: true,
  });
  deepStrictEqual(preview.after.billingStatus, 'paused');
  await api.post(`/purchases/${id}/pause`, { planHash: preview.planHash, reason: 'On holiday' });
  const paused = await read(id);
  deepStrictEqual([paused.billingStatus, paused.accessStatus], ['paused', 'full']);
  await moveTo(paused.billing.periodEnd);
  deepStrictEqual((await read(id)).payments.length, 3, 'a paused purchase was charged');
  step('paused for a month, and not charged');
  await api.post(`/purchases/${id}/resume`);
  const { nextChargeAt } = await read(id);
  await moveTo(String(nextChargeAt));
  deepStrictEqual((await read(id)).payments.length, 4, 'a resumed purchase was not charged once');
  step(`resumed, and charged at ${nextChargeAt}`);
}

async function refundInPart(id: string): Promise<void> {
  const [payment] = (await read(id)).payments.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await api.post(`/purchases/${id}/refund`, { paymentId: payment?.id, amountMinor: 1_000, reason: 'A kind gesture' });
  const refunded = (await read(id)).payments
    .map(({ refundedMinor }) => refundedMinor)
    .reduce((sum, minor) => sum + minor, 0);
  deepStrictEqual(refunded, 1_000);
  step('refunded in part: 10.00');
}

async function cancelAtPeriodEnd(id: string): Promise<void> {
  await api.post(`/purchases/${id}/cancel`, { when: 'period_end' });
  const pending = await read(id);
  deepStrictEqual([pending.billingStatus, pending.accessStatus], ['active', 'full']);
  await moveTo(pending.billing.periodEnd);
  const canceled = await read(id);
  deepStrictEqual([canceled.billingStatus, canceled.accessStatus], ['canceled', 'none']);
  step(`canceled at the period's end, ${pending.billing.periodEnd}`);
}

const read = (id: string): Promise<Purchase> => api.get(`/purchases/${id}`);

async function moveTo(to: string): Promise<void> {
  await api.post('/test-clock/advance', { to });
  await api.until<{ isMoving: boolean }>(`the clock to reach ${to}`, '/test-clock', ({ isMoving }) => !isMoving);
}

type Emails = { data: { kind: string; state: string; recipientKind: string }[] };

const isSent = ({ data }: Emails): boolean =>
  data.length > 0 && data.every(({ state }) => state === 'sent' || state === 'delivered');

async function checkEmails(id: string): Promise<void> {
  const { data } = await api.until<Emails>('the last email', `/emails?purchaseId=${id}&limit=200`, isSent);
  const toCustomer = data.filter(({ recipientKind }) => recipientKind === 'contact').map(({ kind }) => kind);
  deepStrictEqual(toCustomer.toSorted(), EXPECTED_EMAILS.toSorted());
  console.log(
    `\n${toCustomer.length} emails to the customer${facts.mailboxUrl ? `, all in the mailbox: ${facts.mailboxUrl}` : ''}`,
  );
}

function print({ data }: Timeline): void {
  console.log('\nTimeline');
  for (const { at, type, actor, data: said } of data.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
    const amount =
      typeof said.amountMinor === 'number'
        ? `  ${(said.amountMinor / 100).toFixed(2)} ${String(said.currency).toUpperCase()}`
        : '';
    console.log(`  ${at}  ${type.padEnd(34)} by ${actor.kind}${amount}`);
  }
}

const MANY = 60;

async function tellMany(count: number): Promise<void> {
  const began = performance.now();
  await fill(api, count, step);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`\n${count} purchases in two years, after ${seconds} s: look at ${facts.apiUrl}`);
}

try {
  if (!facts.stripeUrl) throw new Error('it pays by card in the sandbox Stripe, and this stack uses the real one');
  const [flag, count = MANY] = process.argv.slice(2);
  await (flag === '--many' ? tellMany(Number(count)) : tell());
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

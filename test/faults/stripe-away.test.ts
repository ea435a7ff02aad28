import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { billingStatus, type Billing, type SubscriptionBilling } from '../../workflows/domain/billing.ts';
import { toMs } from '../../workflows/domain/instant.ts';
import { eventually } from '../ground/eventually.ts';
import { addSearchAttributes } from '../../activities/gateways/register-search-attributes.ts';
import { searchAttributes } from '../../workflows/search-attribute-types.ts';
import { quieten } from '../ground/quieten.ts';
import { aShop, type Shop } from '../ground/shop.ts';
import { aStack, type Stack } from '../ground/stack.ts';
import { startTimeSkipping } from '../ground/time-skipping.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aBusyStripe, type BusyStripe } from './busy-stripe.ts';
import { aRequestLog } from './sent.ts';

const MINUTE_MS = 60_000;

let environment: TestWorkflowEnvironment;
let busy: BusyStripe;
let stack: Stack;
let shop: Shop;

beforeAll(async () => {
  quieten();
  environment = await startTimeSkipping();
  await addSearchAttributes(environment.client, searchAttributes);
  busy = await aBusyStripe();
  stack = await aStack({
    temporal: { address: environment.address, namespace: 'default' },
    settings: { STRIPE_API_BASE: busy.url },
  });
  busy.target = stack.sandbox.url;
  shop = await aShop(stack, { mode: 'live' });
});

afterAll(async () => {
  await stack.close();
  await busy.close();
  await environment.teardown();
});

const stage = (fault: object) => control(stack.sandbox, 'POST', '/faults', fault);

/** By a signal: time does not skip while an update is awaited. */
async function accept(purchaseId: string, name: 'pause' | 'revoke', input: object): Promise<string> {
  const commandId = await shop.accept(purchaseId, name, input);
  await stack.deps.wakes.wake(purchaseId, { kind: name, rowId: commandId });
  return commandId;
}

async function shownOf(purchaseId: string) {
  const [row] = await shop.sql('select billing_status, access_status, stuck_reason from purchases where id = ?', [
    purchaseId,
  ]);
  return row;
}

async function detailsOf(purchaseId: string): Promise<string> {
  const told = await shop.workflow(purchaseId).query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return told.currentDetails;
}

/** Nothing of the pause is left to do. */
async function billingOfPaused(purchaseId: string): Promise<Billing> {
  const { billing, pending, attentions } = await shop.state(purchaseId);
  expect({ pending, attentions, status: billingStatus(billing) }).toEqual({
    pending: null,
    attentions: [],
    status: 'paused',
  });
  return billing;
}

test('Stripe is away for an hour while a pause is pending: a revoke goes through, and the pause holds as of when it was asked', async () => {
  const purchaseId = await shop.buy();
  await stage({ kind: '500', times: 4 });
  await stage({ kind: '429', times: 2 });
  await stage({ kind: 'reset' });
  const leftAtMs = await environment.currentTimeMs();

  const pauseId = await accept(purchaseId, 'pause', { resumeAt: null, access: 'keep' });
  await eventually(async () => (await shop.state(purchaseId)).pending);
  const askedAt = (await shop.state(purchaseId)).pending!.command.askedAt;
  expect(await shownOf(purchaseId)).toEqual({ billing_status: 'active', access_status: 'full', stuck_reason: null });

  await environment.sleep(2 * MINUTE_MS);
  await eventually(async () => (await shownOf(purchaseId))?.stuck_reason === 'stripe_unreachable');
  const details = await detailsOf(purchaseId);
  expect(details).toContain('### Under way: pause');
  expect(details).toContain('Waits for Stripe (write 1 of 2: pause collection)');
  expect(details).toContain('Stripe does not answer.');

  await environment.sleep(30 * MINUTE_MS);
  const revokeId = await accept(purchaseId, 'revoke', { productIds: null });
  expect(await shop.untilEnded(revokeId)).toMatchObject({ state: 'applied' });
  expect(await shownOf(purchaseId)).toEqual({
    billing_status: 'active',
    access_status: 'none',
    stuck_reason: 'stripe_unreachable',
  });

  await environment.sleep(28 * MINUTE_MS);
  expect(await environment.currentTimeMs()).toBeGreaterThanOrEqual(leftAtMs + 60 * MINUTE_MS);
  expect(await shop.endOf(pauseId)).toMatchObject({ state: 'open' });
  await control(stack.sandbox, 'DELETE', '/faults');
  await environment.sleep(10 * MINUTE_MS);

  expect(await shop.untilEnded(pauseId)).toMatchObject({ state: 'applied' });
  const billing = await billingOfPaused(purchaseId);
  expect((billing as SubscriptionBilling).pause?.since).toBe(askedAt);
  expect(await shownOf(purchaseId)).toEqual({ billing_status: 'paused', access_status: 'none', stuck_reason: null });
  const lines = (await shop.timeline(purchaseId)).slice(2);
  expect(lines.map(([type]) => type)).toEqual(['purchase.revoked', 'purchase.paused']);
  expect(toMs(lines[1]![1])).toBe(toMs(askedAt));
  const sent = await aRequestLog(stack.sandbox);
  expect(sent.filter((one) => one.commandId === pauseId && one.isFirst)).toHaveLength(1);
}, 120_000);

test('after three days without Stripe a person is asked, and `retry` sends it then', async () => {
  const purchaseId = await shop.buy();
  busy.retryAfterSeconds = 6 * 60 * 60;
  const pauseId = await accept(purchaseId, 'pause', { resumeAt: null, access: 'keep' });
  await eventually(async () => (await shop.state(purchaseId)).pending);

  await environment.sleep('73 hours');
  await eventually(async () => (await shop.state(purchaseId)).attentions.length > 0);
  expect((await shop.state(purchaseId)).attentions).toMatchObject([{ reason: 'stripe_unreachable' }]);
  expect(await detailsOf(purchaseId)).toContain('### Needs attention: Stripe could not be reached for three days');
  expect(await shop.endOf(pauseId)).toMatchObject({ state: 'open' });

  busy.retryAfterSeconds = null;
  await shop.workflow(purchaseId).executeUpdate('retry');

  expect(await shop.untilEnded(pauseId)).toMatchObject({ state: 'applied' });
  await billingOfPaused(purchaseId);
}, 120_000);

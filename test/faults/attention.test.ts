import { beforeAll, describe, expect, test } from '@jest/globals';
import type { temporal } from '@temporalio/proto';
import type { SubscriptionBilling } from '../../workflows/domain/billing.ts';
import { abandon, retry, state as stateQuery } from '../../workflows/messages.ts';
import { eventually } from '../ground/eventually.ts';
import type { End } from '../ground/shop.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { shop, stack, useShop } from '../ground/use-shop.ts';

type Refused = { purchaseId: string; end: End; dispute: string };

let [retried, abandoned]: Refused[] = [];

useShop();
beforeAll(async () => {
  const bought = [await shop.buy(), await shop.buy()];
  // One month on, and still inside the refund window: each has paid twice.
  await shop.moveTo('2027-02-28T12:00:00.000Z');
  for (const purchaseId of bought) {
    const { payments } = await shop.state(purchaseId);
    expect(payments).toHaveLength(2);
  }
  retried = await refuseItsLastRefund(bought[0]!);
  abandoned = await refuseItsLastRefund(bought[1]!);
}, 120_000);

/** Money-back whose last payment is disputed between the check of everything and its turn. */
async function refuseItsLastRefund(purchaseId: string): Promise<Refused> {
  await control(stack.sandbox, 'POST', '/faults', { kind: 'reset', method: 'POST', path: '/v1/refunds' });
  const commandId = await shop.accept(purchaseId, 'money-back', { override: false, hasReason: false });
  await stack.deps.wakes.look(purchaseId, { kind: 'money-back', rowId: commandId });
  await eventually(async () => {
    const { pending } = await shop.state(purchaseId);
    return pending?.writes[pending.answered]?.op === 'refund';
  });
  const dispute = await disputeLatestCharge(purchaseId);
  await control(stack.sandbox, 'DELETE', '/faults');
  await shop.workflow(purchaseId).executeUpdate(retry);
  return { purchaseId, end: await shop.untilEnded(commandId), dispute };
}

async function disputeLatestCharge(purchaseId: string): Promise<string> {
  const { stripe } = stack.sandbox;
  const { subscriptionId } = (await shop.state(purchaseId)).billing as SubscriptionBilling;
  const { customer } = await stripe.subscriptions.retrieve(subscriptionId ?? '');
  const { data } = await stripe.charges.list({ customer: typeof customer === 'string' ? customer : customer.id });
  const { id } = await control(stack.sandbox, 'POST', '/disputes', { charge: data[0]?.id });
  return String(id);
}

type Metadata = {
  currentDetails: string;
  definition: Record<string, { name: string; description?: string }[] | string>;
};

const metadataOf = (purchaseId: string) => shop.workflow(purchaseId).query<Metadata>('__temporal_workflow_metadata');

const refundsOf = async (purchaseId: string) =>
  (await shop.state(purchaseId)).payments.map(({ refunds }) => refunds.map(({ amountMinor }) => amountMinor));

const untilCalm = (purchaseId: string) =>
  eventually(async () => {
    const { attentions, pending } = await shop.state(purchaseId);
    return attentions.length === 0 && pending === null;
  });

async function foundByVisibility(): Promise<string[]> {
  const found: string[] = [];
  const query = `NeedsAttention = true AND AccountId = '${shop.accountId}'`;
  for await (const { workflowId } of stack.deps.temporal.client.workflow.list({ query })) found.push(workflowId);
  return found.toSorted();
}

describe('money-back of two payments, the second of which Stripe refuses', () => {
  test('is applied with what was refused, and the rest is done', async () => {
    const { end, purchaseId } = retried!;

    expect(end).toMatchObject({
      state: 'applied',
      answer: { effects: { refused: [{ stripeCode: 'charge_disputed', write: { op: 'refund', amountMinor: 2900 } }] } },
    });
    expect(end.answer?.effects?.refused).toHaveLength(1);
    expect((await refundsOf(purchaseId)).toSorted()).toEqual([[], [2900]]);
  });

  test('is found by what needs attention, and says in words what to press', async () => {
    const ids = [retried!, abandoned!].map(({ purchaseId }) => `purchase:${purchaseId}`).toSorted();

    await eventually(async () => (await foundByVisibility()).length === 2);

    expect(await foundByVisibility()).toEqual(ids);
    const { currentDetails } = await metadataOf(retried!.purchaseId);
    expect(currentDetails).toContain('### Needs attention: Stripe refused a refund after the verb had begun');
    expect(currentDetails).toContain('(money-back)');
    expect(currentDetails).toContain('refund 2900 minor units of payment');
    expect(currentDetails).toContain(
      '**More Actions → Send an Update**: `retry` sends it again; `abandon` leaves it undone.',
    );
  });

  test('is carried out by `retry` once Stripe lets it', async () => {
    const { purchaseId, dispute } = retried!;
    await control(stack.sandbox, 'POST', `/disputes/${dispute}/win`);

    await shop.workflow(purchaseId).executeUpdate(retry);
    await untilCalm(purchaseId);

    expect(await refundsOf(purchaseId)).toEqual([[2900], [2900]]);
    expect((await shop.timeline(purchaseId)).map(([type]) => type)).toContain('purchase.attention-ended');
  });

  test('is left as it is by `abandon`', async () => {
    const { purchaseId } = abandoned!;

    await shop.workflow(purchaseId).executeUpdate(abandon);
    await untilCalm(purchaseId);

    expect((await refundsOf(purchaseId)).toSorted()).toEqual([[], [2900]]);
    expect((await shop.timeline(purchaseId)).at(-1)?.[0]).toBe('purchase.attention-ended');
  });

  test('is no longer found after either', async () => {
    await eventually(async () => (await foundByVisibility()).length === 0);
  });
});

describe('in the Temporal UI', () => {
  test('every handler is described', async () => {
    const { definition } = await metadataOf(retried!.purchaseId);

    const own = ['queryDefinitions', 'signalDefinitions', 'updateDefinitions']
      .flatMap((kind) => definition[kind] as { name: string; description?: string }[])
      .filter(({ name }) => !name.startsWith('__'));

    expect(own.map(({ name }) => name).toSorted()).toEqual(
      ['abandon', 'command', 'look', 'retry', 'state', 'wake'].toSorted(),
    );
    expect(own.filter(({ description }) => !description)).toEqual([]);
  });

  test('every timer and every activity says what it is for', async () => {
    const { events } = await shop.workflow(retried!.purchaseId).fetchHistory();

    const steps = (events ?? []).map((event) => ({ kind: kindOf(event), summary: summaryOf(event) }));

    const silent = steps.filter(({ kind, summary }) => kind !== null && !summary);
    expect(silent).toEqual([]);
    const said = steps.map(({ summary }) => summary);
    expect(said).toContain('Look into the inbox');
    expect(said).toContainEqual(expect.stringMatching(/^Record money-back as pending, send .*, record the answers$/));
    expect(said).toContain('money-back: refund (3 of 4)');
  });

  test('the query `state` has no personal data', async () => {
    const snapshot = JSON.stringify(await shop.workflow(retried!.purchaseId).query(stateQuery));

    expect(snapshot).toContain(retried!.purchaseId);
    expect(snapshot).not.toMatch(/@|Ada|Lovelace|example|Willow/);
  });
});

describe('a run of which nothing is left to do', () => {
  // The attempt's end would undo the run's last task, and with it whatever somebody had just
  // pressed.
  test('ends only after an attempt that was let go of is over', async () => {
    const purchaseId = await shop.buy();
    await control(stack.sandbox, 'POST', '/faults', { kind: 'hang', method: 'GET', path: '/v1/invoices', times: 1 });
    const commandId = await shop.accept(purchaseId, 'money-back', { override: false, hasReason: false });
    await stack.deps.wakes.look(purchaseId, { kind: 'money-back', rowId: commandId });
    await eventually(async () => {
      const { requests } = await control(stack.sandbox, 'GET', '/faults');
      return (requests as unknown[]).length === 0;
    });

    await shop.workflow(purchaseId).executeUpdate(retry);

    expect(await shop.untilEnded(commandId)).toMatchObject({ state: 'applied' });
    await shop.workflow(purchaseId).result();
    const { events } = await shop.workflow(purchaseId).fetchHistory();
    const ids = (kind: 'activityTaskScheduledEventAttributes' | 'activityTaskStartedEventAttributes') =>
      (events ?? []).filter((event) => event[kind]).map(({ eventId }) => String(eventId));
    expect(ids('activityTaskStartedEventAttributes')).toHaveLength(ids('activityTaskScheduledEventAttributes').length);
  });
});

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** Of those events that a person would ask about. */
function kindOf(event: HistoryEvent): string | null {
  if (event.timerStartedEventAttributes) return 'timer';
  if (event.activityTaskScheduledEventAttributes) return 'activity';
  return event.markerRecordedEventAttributes?.markerName === 'core_local_activity' ? 'local activity' : null;
}

function summaryOf({ userMetadata }: HistoryEvent): string | null {
  const data = userMetadata?.summary?.data;
  return data ? String(JSON.parse(Buffer.from(data).toString())) : null;
}

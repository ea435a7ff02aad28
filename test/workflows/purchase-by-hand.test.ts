import { describe, expect, test } from '@jest/globals';
import type { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { abandon, command, retry, state as stateQuery } from '../../workflows/messages.ts';
import type { CommandByHand } from '../../workflows/messages.ts';
import { billingStatus } from '../../workflows/domain/billing.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { eventually } from '../ground/eventually.ts';
import { OPERATOR } from '../ground/shop.ts';
import { shop, stack, useShop } from '../ground/use-shop.ts';

useShop();

const stage = (fault: object) => control(stack.sandbox, 'POST', '/faults', fault);
const clearFaults = () => control(stack.sandbox, 'DELETE', '/faults');

const typesOf = async (purchaseId: string) => (await shop.timeline(purchaseId)).map(([type]) => type);

/** The words in which the server tells of a refused update. */
async function refusalOf(update: Promise<unknown>): Promise<{ type: string | null | undefined; message: string }> {
  try {
    await update;
  } catch (error) {
    const { cause } = error as WorkflowUpdateFailedError;
    if (!(cause instanceof ApplicationFailure)) throw error;
    return { type: cause.type, message: cause.message };
  }
  throw new Error('the update was not refused');
}

async function isSettled(purchaseId: string): Promise<boolean> {
  const { attentions, pending } = await shop.state(purchaseId);
  return attentions.length === 0 && pending === null;
}

async function detailsOf(purchaseId: string): Promise<string> {
  const told = await shop.workflow(purchaseId).query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return told.currentDetails;
}

async function listed(query: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of stack.deps.temporal.client.workflow.list({ query })) ids.push(workflowId);
  return ids;
}

/**
 * A refund that cancels as well, of which Stripe has refused the refund: the payment was disputed
 * after the cancellation was done.
 */
async function aRefusedRefund() {
  const purchaseId = await shop.buy();
  const [payment] = (await shop.state(purchaseId)).payments;
  await stage({ kind: 'reset', method: 'POST', path: '/v1/refunds' });
  const input = { paymentId: payment!.paymentId, amountMinor: 1000, billing: 'cancel_now', access: 'keep' };
  const commandId = await shop.accept(purchaseId, 'refund', input);
  await stack.deps.wakes.look(purchaseId, { kind: 'refund', rowId: commandId });
  await eventually(async () => (await shop.state(purchaseId)).pending?.answered === 2);
  const dispute = await disputeThePaymentOf(purchaseId);
  await clearFaults();
  await shop.workflow(purchaseId).executeUpdate(retry);
  const end = await shop.untilEnded(commandId);
  return { purchaseId, commandId, end, dispute };
}

async function disputeThePaymentOf(purchaseId: string): Promise<string> {
  const { data } = await stack.sandbox.stripe.charges.list({ limit: 100 });
  const [row] = await shop.sql<{ id: string }>(
    `select c.stripe_customer_id as id from purchases p join stripe_customers c on c.holder_id = p.holder_id where p.id = ?`,
    [purchaseId],
  );
  const charge = data.find(({ customer }) => customer === row?.id);
  const { id } = await control(stack.sandbox, 'POST', '/disputes', { charge: charge?.id });
  return String(id);
}

describe('what Stripe refuses after a verb has begun', () => {
  test('is shown as needing attention, and done when it is sent again and Stripe agrees', async () => {
    const { purchaseId, commandId, end, dispute } = await aRefusedRefund();

    expect(end).toMatchObject({
      state: 'applied',
      answer: { effects: { refused: [{ stripeCode: 'charge_disputed', write: { op: 'refund', amountMinor: 1000 } }] } },
    });
    expect((await typesOf(purchaseId)).slice(2)).toEqual(['purchase.refunded', 'purchase.needs-attention']);
    expect(billingStatus((await shop.state(purchaseId)).billing)).toBe('canceled');

    const found = `NeedsAttention = true AND StuckReason = 'refund_refused' AND AccountId = '${shop.accountId}'`;
    expect(await eventually(async () => (await listed(found)).at(0))).toBe(`purchase:${purchaseId}`);
    const details = await detailsOf(purchaseId);
    expect(details).toContain('### Needs attention: Stripe refused a refund after the verb had begun');
    expect(details).toContain(`command \`${commandId}\` (refund)`);
    expect(details).toContain('refund 1000 minor units of payment');
    expect(details).toContain('**More Actions → Send an Update**: `retry` sends it again');

    await control(stack.sandbox, 'POST', `/disputes/${dispute}/win`);
    await shop.workflow(purchaseId).executeUpdate(retry);
    await eventually(() => isSettled(purchaseId));

    expect((await typesOf(purchaseId)).slice(4).sort()).toEqual(['purchase.attention-ended', 'refund.succeeded']);
    const [payment] = (await shop.state(purchaseId)).payments;
    expect(payment?.refunds.map(({ amountMinor, status }) => [amountMinor, status])).toEqual([[1000, 'succeeded']]);
    expect(await shop.emails(purchaseId)).toHaveLength(5);
    await eventually(async () => (await listed(found)).length === 0);
  });

  test('still refused, it needs attention still', async () => {
    const { purchaseId } = await aRefusedRefund();

    await shop.workflow(purchaseId).executeUpdate(retry);
    await eventually(async () => (await shop.state(purchaseId)).attentions[0]?.command?.generation === 1);
    await eventually(async () => (await shop.state(purchaseId)).pending === null);

    expect((await typesOf(purchaseId)).filter((type) => type === 'purchase.refunded')).toHaveLength(1);
  });

  test('is left undone when it is abandoned', async () => {
    const { purchaseId } = await aRefusedRefund();

    await shop.workflow(purchaseId).executeUpdate(abandon);
    await eventually(async () => (await shop.state(purchaseId)).attentions.length === 0);

    expect((await typesOf(purchaseId)).at(-1)).toBe('purchase.attention-ended');
    expect((await shop.state(purchaseId)).payments[0]?.refunds).toEqual([]);
    expect(await refusalOf(shop.workflow(purchaseId).executeUpdate(abandon))).toMatchObject({ type: 'NothingStuck' });
  });
});

describe('what Stripe does not answer', () => {
  test('is given up by hand: nothing was done, and the verb has failed', async () => {
    const purchaseId = await shop.buy();
    await stage({ kind: 'reset', path: '/v1/subscriptions', method: 'POST' });
    const commandId = await shop.accept(purchaseId, 'pause', { resumeAt: null, access: 'keep' });
    await stack.deps.wakes.look(purchaseId, { kind: 'pause', rowId: commandId });
    await eventually(async () => (await shop.state(purchaseId)).pending);

    await shop.workflow(purchaseId).executeUpdate(abandon);
    const end = await shop.untilEnded(commandId);
    await clearFaults();

    expect(end).toMatchObject({ state: 'failed', answer: { refusal: { code: 'abandoned' } } });
    expect(billingStatus((await shop.state(purchaseId)).billing)).toBe('active');
    expect(await typesOf(purchaseId)).toEqual(['purchase.bought', 'payment.succeeded', 'purchase.attention-ended']);
  });

  test('but has done counts as done when it is given up', async () => {
    const purchaseId = await shop.buy();
    await stage({ kind: 'reset', path: '/v1/invoices', method: 'GET', times: 3 });
    await stage({ kind: 'reset_after', path: '/v1/subscriptions', method: 'POST' });
    const commandId = await shop.accept(purchaseId, 'cancel', { when: 'period_end', cancelAt: null });
    await stack.deps.wakes.look(purchaseId, { kind: 'cancel', rowId: commandId });
    await eventually(() => isCancelingAtStripe(purchaseId));

    await shop.workflow(purchaseId).executeUpdate(abandon);
    const end = await shop.untilEnded(commandId);
    await clearFaults();

    expect(end.state).toBe('applied');
    expect((await typesOf(purchaseId)).slice(2)).toEqual(['purchase.cancellation-scheduled']);
  });
});

async function isCancelingAtStripe(purchaseId: string): Promise<boolean> {
  const { billing } = await shop.state(purchaseId);
  const id = billing.kind === 'subscription' ? billing.subscriptionId : null;
  return (await stack.sandbox.stripe.subscriptions.retrieve(id ?? '')).cancel_at !== null;
}

describe('a verb by hand', () => {
  const give = (purchaseId: string, by: unknown) =>
    shop.workflow(purchaseId).executeUpdate(command, { args: [by as CommandByHand] });

  test('is written to the inbox as the operator, and done by the same rules', async () => {
    const purchaseId = await shop.buy();

    const { commandId } = await give(purchaseId, { verb: 'revoke', operatorId: OPERATOR });
    const end = await shop.untilEnded(commandId);
    const again = await give(purchaseId, { verb: 'resume', operatorId: OPERATOR, input: {} });
    const refused = await shop.untilEnded(again.commandId);

    expect(end.state).toBe('applied');
    expect(refused).toMatchObject({ state: 'refused', answer: { refusal: { code: 'wrong_state', state: 'active' } } });
    const [entry] = await shop.sql('select actor from timeline where command_id = ?', [commandId]);
    expect(entry).toEqual({ actor: { kind: 'operator', id: OPERATOR } });
  });

  test.each([
    [null],
    [{}],
    [{ verb: 'explode', operatorId: OPERATOR }],
    [{ verb: 'grant', operatorId: OPERATOR }],
    [{ verb: 'revoke' }],
  ])('%j is refused in words before anything is written', async (by) => {
    const purchaseId = await shop.buy();

    const { type, message } = await refusalOf(give(purchaseId, by));

    expect(type).toBe('InvalidCommand');
    expect(message).toContain('Give { verb, input, operatorId } with a verb of: pause, resume,');
    const commands = await shop.sql(`select 1 from inbox where subject_id = ? and class = 'command'`, [purchaseId]);
    expect(commands).toEqual([]);
  });

  test('with a wrong input is refused, naming the field', async () => {
    const purchaseId = await shop.buy();

    const refusal = give(purchaseId, { verb: 'pause', operatorId: OPERATOR, input: { resumeAt: 'tomorrow' } });

    await expect(refusal).rejects.toMatchObject({
      cause: { cause: { type: 'InvalidInput', message: expect.stringContaining('resumeAt: must be an instant') } },
    });
    expect(await shop.ask(purchaseId, 'revoke', { productIds: null })).toMatchObject({ state: 'applied' });
  });

  test('`retry` and `abandon` are refused where nothing is stuck', async () => {
    const purchaseId = await shop.buy();

    for (const update of [retry, abandon]) {
      const refusal = await refusalOf(shop.workflow(purchaseId).executeUpdate(update));
      expect(refusal).toEqual({ type: 'NothingStuck', message: 'Nothing is stuck or under way here.' });
    }
  });
});

test('the query `state` gives the snapshot that Postgres has', async () => {
  const purchaseId = await shop.buy();
  await shop.ask(purchaseId, 'pause', { resumeAt: null, access: 'suspend' });

  const asked = await shop.workflow(purchaseId).query(stateQuery);

  expect(asked).toEqual(await shop.state(purchaseId));
});

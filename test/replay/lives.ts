import type { WorkflowHandle } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { requeueEmail } from '../../db/mail/emails.ts';
import { abandon, command, retry } from '../../workflows/messages.ts';
import {
  clockWorkflowId,
  jobWorkflowId,
  mailWorkflowId,
  purchaseWorkflowId,
  welcomeWorkflowId,
} from '../../workflows/ids.ts';
import type { SubscriptionBilling } from '../../workflows/domain/billing.ts';
import { broadcastSent } from './broadcast-life.ts';
import { eventually } from '../ground/eventually.ts';
import { aShop, OPERATOR, type Shop } from '../ground/shop.ts';
import type { Stack } from '../ground/stack.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { liveMore, MORE_LIVES } from './more-lives.ts';

/** The workflows of which a recorded history is kept, by the names of their files. */
export const LIFE_NAMES = [
  'bought-and-renewed',
  'paused-and-resumed',
  'refunded-and-canceled',
  'granted',
  'money-back',
  'paid-in-instalments',
  'stuck-and-abandoned',
  'test-clock',
  'welcome',
  'mail',
  'broadcast-sent',
  ...MORE_LIVES,
] as const;
export type LifeName = (typeof LIFE_NAMES)[number];

/** A workflow and what it has done so far. */
export type Lived = { workflowId: string; history: History };

/**
 * Lives every kind of life once. Each history is taken at once: a later wake may begin another run.
 */
export async function liveAll(stack: Stack): Promise<Record<LifeName, Lived>> {
  const shop = await aShop(stack);
  const lived = async (workflowId: string): Promise<Lived> => ({
    workflowId,
    history: await settled(stack.deps.temporal.client.workflow.getHandle(workflowId)),
  });
  const ofPurchase = async (purchaseId: Promise<string>) => lived(purchaseWorkflowId(await purchaseId));
  const refunded = refundedAndCanceled(shop);
  const granted = grantedForLater(stack);
  return {
    'refunded-and-canceled': await ofPurchase(refunded),
    mail: await lived(mailWorkflowId(await sentAgain(stack, shop, await refunded))),
    'broadcast-sent': await lived(jobWorkflowId(await broadcastSent(stack, shop))),
    granted: await ofPurchase(granted),
    welcome: await lived(welcomeWorkflowId(await granted)),
    'money-back': await ofPurchase(moneyBack(shop)),
    'stuck-and-abandoned': await ofPurchase(stuckAndAbandoned(stack, shop)),
    'paused-and-resumed': await ofPurchase(pausedAndResumed(shop)),
    'bought-and-renewed': await ofPurchase(boughtAndRenewed(shop)),
    'paid-in-instalments': await ofPurchase(paidInInstalments(shop)),
    'test-clock': await lived(clockWorkflowId(shop.accountId)),
    ...(await all(liveMore(stack), (purchaseId) => longestRun(stack, purchaseWorkflowId(purchaseId)))),
  };
}

/** What Stripe says of a life that has ended begins another run: the life is in the one before. */
const longestRun = (stack: Stack, workflowId: string): Promise<Lived> =>
  eventually(async () => {
    const { workflow } = stack.deps.temporal.client;
    const runs = [];
    for await (const run of workflow.list({ query: `WorkflowId = "${workflowId}"` })) runs.push(run);
    const [longest] = runs.toSorted((a, b) => b.historyLength - a.historyLength);
    return longest && { workflowId, history: await settled(workflow.getHandle(workflowId, longest.runId)) };
  });

/** The same by name, each made into something else. */
async function all<Name extends string>(of: Promise<Record<Name, string>>, make: (id: string) => Promise<Lived>) {
  const made: Partial<Record<Name, Lived>> = {};
  for (const [name, id] of Object.entries(await of) as [Name, string][]) made[name] = await make(id);
  return made as Record<Name, Lived>;
}

/**
 * What is in Postgres already may not be in the history yet: the task that did it has to be over.
 */
const settled = (handle: WorkflowHandle): Promise<History> =>
  eventually(async () => {
    const history = await handle.fetchHistory();
    const last = history.events?.at(-1);
    return last && !last.workflowTaskScheduledEventAttributes && !last.workflowTaskStartedEventAttributes && history;
  });

async function boughtAndRenewed(shop: Shop): Promise<string> {
  const purchaseId = await shop.buy();
  await shop.moveTo('2027-04-01T09:00:00.000Z');
  return purchaseId;
}

async function moneyBack(shop: Shop): Promise<string> {
  const purchaseId = await shop.buy();
  await shop.ask(purchaseId, 'money-back', { override: false, hasReason: false });
  return purchaseId;
}

/** Paused after the first payment, which moves the end out, and complete with the second. */
async function paidInInstalments(shop: Shop): Promise<string> {
  const price = { kind: 'payment_plan', amountMinor: 4900, currency: 'usd', instalments: 2 } as const;
  // Its window is still open at the end, so one run holds all of it.
  const purchaseId = await shop.buy({ price, refundWindowDays: 60 });
  await shop.ask(purchaseId, 'pause', { resumeAt: '2027-04-20T09:00:00.000Z', access: 'keep' });
  await shop.moveTo('2027-05-20T09:00:00.000Z');
  await eventually(async () => (await shop.state(purchaseId)).pending === null);
  return purchaseId;
}

/** Paused over HTTP as it were, resumed by hand. */
async function pausedAndResumed(shop: Shop): Promise<string> {
  const purchaseId = await shop.buy();
  await shop.ask(purchaseId, 'pause', { resumeAt: null, access: 'suspend' });
  const byHand = { verb: 'resume', input: {}, operatorId: OPERATOR } as const;
  const { commandId } = await shop.workflow(purchaseId).executeUpdate(command, { args: [byHand] });
  await shop.untilEnded(commandId);
  return purchaseId;
}

async function refundedAndCanceled(shop: Shop): Promise<string> {
  const purchaseId = await shop.buy();
  const [payment] = (await shop.state(purchaseId)).payments;
  const input = { paymentId: payment!.paymentId, amountMinor: 1000, access: 'keep' };
  await shop.ask(purchaseId, 'refund', { ...input, billing: 'keep' });
  await shop.ask(purchaseId, 'refund', { ...input, billing: 'cancel_now' });
  return purchaseId;
}

/**
 * A refund that Stripe does not answer, then refuses, then refuses again, until somebody gives it
 * up.
 */
async function stuckAndAbandoned(stack: Stack, shop: Shop): Promise<string> {
  const purchaseId = await shop.buy();
  const [payment] = (await shop.state(purchaseId)).payments;
  const handle = shop.workflow(purchaseId);
  await control(stack.sandbox, 'POST', '/faults', { kind: 'reset', method: 'POST', path: '/v1/refunds' });
  const input = { paymentId: payment!.paymentId, amountMinor: 1000, billing: 'cancel_now', access: 'keep' };
  const commandId = await shop.accept(purchaseId, 'refund', input);
  await stack.deps.wakes.look(purchaseId, { kind: 'refund', rowId: commandId });
  await eventually(async () => (await shop.state(purchaseId)).pending?.answered === 2);
  await disputeThePaymentOf(stack, await shop.state(purchaseId));
  await control(stack.sandbox, 'DELETE', '/faults');
  await handle.executeUpdate(retry);
  await shop.untilEnded(commandId);
  await handle.executeUpdate(retry);
  await eventually(async () => (await shop.state(purchaseId)).attentions[0]?.command?.generation === 1);
  await handle.executeUpdate(abandon);
  await eventually(async () => (await shop.state(purchaseId)).attentions.length === 0);
  return purchaseId;
}

async function disputeThePaymentOf({ sandbox }: Stack, { billing }: { billing: unknown }): Promise<void> {
  const { subscriptionId } = billing as SubscriptionBilling;
  const { customer } = await sandbox.stripe.subscriptions.retrieve(subscriptionId ?? '');
  const { data } = await sandbox.stripe.charges.list({
    customer: typeof customer === 'string' ? customer : customer.id,
  });
  await control(sandbox, 'POST', '/disputes', { charge: data[0]?.id });
}

/** Its access starts a moment later by the workflow's own timer: a live account has no clock. */
async function grantedForLater(stack: Stack): Promise<string> {
  const shop = await aShop(stack, { mode: 'live' });
  const accessStartsAt = new Date(Date.now() + 2_000).toISOString();
  const { offerId } = await shop.offer({ price: { kind: 'free' }, accessStartsAt, accessDays: 30 });
  const { contactId } = await shop.contact();
  const purchaseId = await shop.incompletePurchase(offerId, contactId, 'granted');
  await shop.ask(purchaseId, 'grant', { isNewCustomer: true, skipConfirmation: false, skipWelcome: false });
  await stack.deps.temporal.client.workflow.getHandle(welcomeWorkflowId(purchaseId)).result();
  await eventually(async () => (await shop.state(purchaseId)).reached.accessStarted);
  return purchaseId;
}

/** An email that is not sent at once by the process that recorded it is a workflow's. */
async function sentAgain({ deps }: Stack, shop: Shop, purchaseId: string): Promise<string> {
  const requeued = await eventually(async () => {
    const [email] = await shop.sql<{ id: string }>(
      `select id from emails where purchase_id = ? and kind = 'refund-receipt' and state <> 'queued'`,
      [purchaseId],
    );
    return email && requeueEmail(deps.orm.em.fork(), email.id);
  });
  if (requeued.kind === 'refused') throw new Error(`an email that is ${requeued.state} cannot be sent again`);
  await deps.wakes.startMail(requeued.emailId);
  return requeued.emailId;
}

import type { CreditEntry, CreditLine } from '../domain/credits/ledger.ts';
import type { Instant } from '../domain/instant.ts';
import type { EmailIntent } from '../domain/outcome.ts';
import { withAttention, type Command, type PendingCommand } from '../domain/pending.ts';
import { withVersion, type PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { LifecycleSettings } from '../domain/settings.ts';
import { standing } from '../domain/access.ts';
import { applyFact } from '../domain/apply-fact.ts';
import { isRefundReceipt } from '../domain/apply-refund.ts';
import type { StripeObject, SubscriptionFact } from '../domain/facts.ts';
import { isRefund, type StripeWrite } from '../domain/writes.ts';
import { attentionEnded, idOf, needAttention, needsEntry, clearUnreachable } from './attention.ts';
import { contextOf } from './context.ts';
import { entryOf } from './entry-of.ts';
import { withDependents } from './dependents.ts';
import { withPlanEnd } from './plan-end.ts';
import { settleRequest } from './settle-request.ts';
import { combine, only, type PassResult } from './pass-result.ts';
import { verbOf } from '../verbs/index.ts';
import { withLiveBilling } from '../verbs/subscription-of.ts';
import { followedBy } from '../verbs/plan.ts';

/** What a command adds to the ledger of credits, in its name. */
export const linesOf = (entries: CreditEntry[], { commandId }: Command): CreditLine[] =>
  entries.map((entry) => ({ ...entry, commandId }));

/**
 * Stripe's answer to `pending.writes[pending.answered]`; `unsafe`: our own check before the first
 * write found a reason not to send it.
 */
export type WriteAnswer =
  | { kind: 'done'; objects: StripeObject[] }
  | { kind: 'refused'; stripeCode: string; isCard: boolean }
  | { kind: 'unsafe'; refusal: Refusal };

/**
 * Applies one answer. If the first write is refused, so is the verb, and nothing has changed. After
 * that the verb only goes forward; what Stripe refuses is kept and shown [R6.2].
 */
export function applyAnswer(
  before: PurchaseState,
  answer: WriteAnswer,
  now: Instant,
  settings: LifecycleSettings,
): PassResult {
  const state = clearUnreachable(before);
  const { pending } = state;
  if (!pending) throw new Error('an answer without a pending verb');
  const isFirst = pending.answered === 0 && pending.refused.length === 0;
  if (answer.kind !== 'done' && isFirst && !isRetry(pending)) return refusedAtOnce({ ...state, pending }, answer, now);
  const result = only(state);
  const write = pending.writes[pending.answered];
  const refused =
    answer.kind === 'refused' && write
      ? [...pending.refused, { write, index: pending.answered, stripeCode: answer.stripeCode }]
      : pending.refused;
  const advanced: PendingCommand = { ...pending, answered: pending.answered + 1, refused };
  result.state = { ...state, pending: advanced, stripe: { ...state.stripe, readAt: now } };
  if (answer.kind === 'done') takeObjects(result, { objects: answer.objects, op: write?.op }, now, settings);
  return advanced.answered < advanced.writes.length ? result : finish(result, now, settings);
}

/** Applies several answers, one after the other. */
export const applyAnswers = (
  state: PurchaseState,
  answers: WriteAnswer[],
  now: Instant,
  settings: LifecycleSettings,
): PassResult => {
  const result = answers.reduce(
    (all, answer) => (all.state.pending ? combine(all, applyAnswer(all.state, answer, now, settings)) : all),
    only(state),
  );
  return withDependents(withPlanEnd(result, state), state);
};

/** These are the refused writes of a verb that is done and answered. */
const isRetry = ({ isAnswered }: PendingCommand): boolean => isAnswered;

function refusedAtOnce(
  state: PurchaseState & { pending: PendingCommand },
  answer: Exclude<WriteAnswer, { kind: 'done' }>,
  now: Instant,
): PassResult {
  const { pending } = state;
  const refusal = answer.kind === 'unsafe' ? answer.refusal : stripeRefusal(answer);
  const { command } = pending;
  const ends: PassResult['ends'] = [{ rowId: command.commandId, state: 'refused', refusal, effects: null }];
  // A card that declines is an answer, and nothing that a person has to see to.
  if (command.actor.kind !== 'system' || refusal.code === 'card_declined')
    return { ...only({ ...state, pending: null }), ends };
  // Nobody waits for the answer to a command of the system's own, so a person has to be told.
  const attention = { id: idOf(pending, 0), reason: 'system_step_refused' as const, since: now, command: pending };
  const attentions = withAttention(state.attentions, attention);
  return { ...only({ ...state, pending: null, attentions }), ends, entries: [needsEntry(attention, command)] };
}

const stripeRefusal = ({ stripeCode, isCard }: Extract<WriteAnswer, { kind: 'refused' }>): Refusal => ({
  code: isCard ? 'card_declined' : 'stripe_refused',
  detail: isCard ? 'The card was declined.' : 'Stripe refused the change.',
  stripeCode,
});

/**
 * Applies what was said of money at once; the change of the subscription comes with the verb's
 * effect.
 */
function takeObjects(result: PassResult, { objects, op }: Answered, now: Instant, settings: LifecycleSettings): void {
  for (const object of objects) {
    if (object.type === 'subscription') {
      if (op === 'applyCode') result.state = withDiscounts(result.state, object);
      continue;
    }
    const outcome = applyFact(
      result.state,
      { object, occurredAt: now, source: 'answer' },
      { now, settings, duplicateOf: null },
    );
    if (outcome.kind !== 'changed') continue;
    result.state = outcome.change.next;
    result.entries.push(...outcome.change.entries);
    result.emails.push(...outcome.change.emails);
    result.followUps.push(...outcome.change.followUps);
    result.ledger.push(...outcome.change.ledger);
  }
}

type Answered = { objects: StripeObject[]; op: StripeWrite['op'] | undefined };

/** What a code is at Stripe, its answer alone says. */
const withDiscounts = (state: PurchaseState, { discounts }: SubscriptionFact): PurchaseState =>
  withLiveBilling(state, () => (discounts ? { discounts } : {}));

/**
 * Ends the verb: its effect, timeline entry, emails and answer. What Stripe refused needs
 * attention.
 */
function finish(result: PassResult, now: Instant, settings: LifecycleSettings): PassResult {
  const { pending } = result.state;
  if (!pending) throw new Error('nothing is pending');
  const { command, refused, money } = pending;
  const context = contextOf(command, { settings });
  const stuck = needAttention(pending, now);
  const attentions = stuck.reduce(withAttention, result.state.attentions);
  if (isRetry(pending)) return finishRetry(result, pending, attentions, now);
  const done = asSent(verbOf(command.name).effect(result.state, command.input, context), pending);
  const follows = followedBy(result.state, { ...done, pending: null, attentions }, context);
  const state = follows.next;
  const ledger = linesOf(verbOf(command.name).ledger?.(result.state, command.input, context) ?? [], command);
  const change = { before: standing(result.state, command.askedAt), after: standing(state, command.askedAt) };
  const causedBy = { ...entryOf(command, pending.entry, pending.data), change };
  const entries = [causedBy, ...follows.entries, ...result.entries];
  entries.push(...stuck.map((attention) => needsEntry(attention, command)));
  const caused = [...emailsNow(pending).map((email) => ({ ...email, causedBy })), ...follows.emails];
  const emails = [...caused, ...result.emails];
  const effects = { money, emails: emails.map(({ kind, to }) => ({ kind, to })), refused };
  const end = { rowId: command.commandId, state: 'applied' as const, refusal: null, effects };
  const finished = {
    ...result,
    state,
    entries,
    emails,
    ends: [...result.ends, end],
    ledger: [...result.ledger, ...ledger, ...follows.ledger],
  };
  return settleRequest(finished, now);
}

/** What was refused before is done now, or is refused again. */
function finishRetry(
  result: PassResult,
  pending: PendingCommand,
  attentions: PurchaseState['attentions'],
  now: Instant,
): PassResult {
  const state = withVersion(result.state, { ...result.state, pending: null, attentions });
  if (attentions.some(({ id }) => id === idOf(pending, 0))) return { ...result, state };
  const causedBy = entryOf({ ...pending.command, askedAt: now }, 'purchase.attention-ended', pending.data);
  const heldBack = heldBackEmails(pending).map((email) => ({ ...email, causedBy }));
  return { ...result, state, entries: [causedBy, ...result.entries], emails: [...heldBack, ...result.emails] };
}

/** The instant that was sent counts, even if the period has moved on since. */
function asSent(state: PurchaseState, { writes }: PendingCommand): PurchaseState {
  const sent = writes.find((write) => write.op === 'cancelAt' || write.op === 'scheduleChange');
  switch (sent?.op) {
    case 'cancelAt':
      return withLiveBilling(state, ({ cancellation }) => ({
        cancellation: cancellation && { ...cancellation, at: sent.at },
      }));
    case 'scheduleChange':
      return withLiveBilling(state, ({ pendingChange = null }) => ({
        pendingChange: pendingChange && { ...pendingChange, at: sent.at },
      }));
    case undefined:
      return state;
  }
}

/**
 * A receipt is for money that is on its way. Where Stripe has refunded nothing, it waits for a
 * retry.
 */
function emailsNow({ emails, refused, writes, answered }: PendingCommand): EmailIntent[] {
  const undone = [...refused.map(({ write }) => write), ...writes.slice(answered)];
  return undone.some(isRefund) ? emails.filter((email) => !isRefundReceipt(email)) : emails;
}

/** The receipts that the first attempt held back. */
const heldBackEmails = ({ emails, refused, writes }: PendingCommand): EmailIntent[] =>
  refused.length === 0 && writes.some(isRefund) ? emails.filter(isRefundReceipt) : [];

/**
 * Gives up what a person has decided not to retry. If nothing of the verb was done, it fails; else
 * it ends with what was done.
 */
export function abandonPending(state: PurchaseState, now: Instant, settings: LifecycleSettings): PassResult {
  const { pending } = state;
  if (!pending) return only(state);
  const { attentions } = clearUnreachable(state);
  if (pending.answered > 0 && !isRetry(pending)) {
    return finish(only({ ...state, attentions }), now, settings);
  }
  const refusal: Refusal = { code: 'abandoned', detail: 'It was given up by hand before Stripe had done anything.' };
  const ends: PassResult['ends'] = isRetry(pending)
    ? []
    : [{ rowId: pending.command.commandId, state: 'failed', refusal, effects: null }];
  const entries = [attentionEnded(pending.command, now)];
  return { ...only({ ...state, pending: null, attentions }), entries, ends };
}

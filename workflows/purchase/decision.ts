import { isReadable } from '../domain/billing-parts.ts';
import type { StripeObject } from '../domain/facts.ts';
import type { Instant } from '../domain/instant.ts';
import { isAbout, withoutAttention, type Attention, type Command } from '../domain/pending.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { LifecycleSettings } from '../domain/settings.ts';
import type { DecisionInput } from '../domain/verb.ts';
import { endAttention, clearUnreachable, retryAttention } from './attention.ts';
import { abandonPending, applyAnswer } from './write-answer.ts';
import type { Reading } from '../inbox/inbox.ts';
import { only, type PassResult } from './pass-result.ts';

/**
 * What a decision may depend on besides the state. `reading`: what Stripe said after the decision
 * was asked for; null = not read yet.
 */
export type DecisionContext = { now: Instant; realNow: Instant; settings: LifecycleSettings; reading: Reading | null };

/** `read`: Stripe must be read first. */
export type Decided = { kind: 'refused'; refusal: Refusal } | { kind: 'read' } | { kind: 'done'; result: PassResult };

/** Carries out `retry` or `abandon`, for one thing that needs attention or for the pending verb. */
export function decide(state: PurchaseState, command: Command, context: DecisionContext): Decided {
  const attention = attentionOf(state, command);
  const isGone = attention === undefined || (attention === null && !state.pending);
  if (isGone) return { kind: 'refused', refusal: ENDED };
  const isAboutPending = attention === null || isOfPending(state, attention);
  if (command.name === 'retry') return retry(state, isAboutPending ? null : attention, context);
  if (isAboutPending) return abandon(state, context);
  return { kind: 'done', result: endAttention(state, attention, command) };
}

/** Whether it has to wait until another verb, which is pending, is done. */
export function waitsForPending(state: PurchaseState, command: Command): boolean {
  const attention = attentionOf(state, command);
  const isElsewhere = attention != null && !isOfPending(state, attention);
  return command.name === 'retry' && state.pending !== null && isElsewhere && attention.command !== null;
}

/** null = the pending verb is meant; undefined = there is no such attention. */
function attentionOf({ attentions }: PurchaseState, { input }: Command): Attention | null | undefined {
  const { attentionId } = input as DecisionInput;
  return attentionId === null ? null : attentions.find(({ id }) => id === attentionId);
}

const isOfPending = ({ pending }: PurchaseState, attention: Attention): boolean =>
  pending !== null && isAbout(attention, pending);

function retry(state: PurchaseState, attention: Attention | null, { realNow }: DecisionContext): Decided {
  // A copy, so that it is recorded: that record tries again at once what is pending.
  if (attention === null)
    return { kind: 'done', result: { ...only({ ...clearUnreachable(state) }), dropsWrite: true } };
  if (attention.command)
    return { kind: 'done', result: only(retryAttention(state, attention, attention.command, realNow)) };
  const attentions = withoutAttention(state.attentions, attention.id);
  return { kind: 'done', result: { ...only({ ...state, attentions }), needsRead: true } };
}

/** What Stripe has already done counts as done. */
function abandon(state: PurchaseState, { now, settings, reading }: DecisionContext): Decided {
  if (isReadable(state.billing) && !reading) return { kind: 'read' };
  const commandId = state.pending?.command.commandId;
  const done = (reading?.objects ?? []).filter((object) => hasMade(object, commandId));
  const result =
    done.length > 0
      ? applyAnswer(state, { kind: 'done', objects: done }, now, settings)
      : abandonPending(state, now, settings);
  return { kind: 'done', result };
}

/** The subscription as the command has changed it, or an invoice that it made and that is paid. */
const hasMade = (object: StripeObject, commandId: string | undefined): boolean =>
  (object.type === 'subscription' || (object.type === 'invoice' && object.status === 'paid')) &&
  object.commandId === commandId;

const ENDED: Refusal = { code: 'attention_ended', detail: 'This needs no attention any more.' };

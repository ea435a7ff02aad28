import type { Instant } from '../domain/instant.ts';
import type { TimelineEntry } from '../domain/outcome.ts';
import { isAbout, withoutAttention, type Attention, type Command, type PendingCommand } from '../domain/pending.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Actor } from '../domain/verb.ts';
import { isRefund } from '../domain/writes.ts';
import { entryOf } from './entry-of.ts';
import { only, type PassResult } from './pass-result.ts';

/** Stripe has answered, so it is not unreachable any more. */
export function clearUnreachable(state: PurchaseState): PurchaseState {
  const { pending, attentions } = state;
  const isAnswered = (one: Attention) => pending !== null && isAbout(one, pending);
  return attentions.some(isAnswered) ? { ...state, attentions: attentions.filter((one) => !isAnswered(one)) } : state;
}

/**
 * One for each refused write. A card that is declined again needs none: its invoice stays overdue,
 * and that is shown.
 */
export const needAttention = (pending: PendingCommand, now: Instant): Attention[] =>
  pending.refused
    .filter(({ write }) => write.op !== 'payInvoice')
    .map(({ write, index }) => ({
      id: idOf(pending, index),
      reason: isRefund(write) ? 'refund_refused' : 'later_step_refused',
      since: now,
      command: {
        ...pending,
        writes: [write],
        answered: 0,
        refused: [],
        isAnswered: true,
        firstIndex: pending.firstIndex + index,
      },
    }));

/** What a person has to decide about, in one word. */
export const stuckReasonOf = ({ attentions }: PurchaseState): string | null => attentions[0]?.reason ?? null;

export const idOf = ({ command, firstIndex }: PendingCommand, index: number): string =>
  `${command.commandId}:${firstIndex + index}`;

export const needsEntry = ({ id, reason, since }: Attention, command: Command): TimelineEntry =>
  entryOf({ ...command, askedAt: since }, 'purchase.needs-attention', { reason, attentionId: id });

/** Sends again what was refused, with a new key: for the old one Stripe would repeat its answer. */
export function retryAttention(
  state: PurchaseState,
  { id }: Attention,
  command: PendingCommand,
  realNow: Instant,
): PurchaseState {
  const pending = { ...command, generation: command.generation + 1, firstTriedAt: realNow };
  return { ...state, attentions: withoutAttention(state.attentions, id), pending };
}

/** Ends the attention and leaves undone what it was about. */
export const endAttention = (
  state: PurchaseState,
  { id, command }: Attention,
  { askedAt, actor }: Pick<Command, 'askedAt' | 'actor'>,
): PassResult => ({
  ...only({ ...state, attentions: withoutAttention(state.attentions, id) }),
  entries: [attentionEnded(command?.command ?? null, askedAt, actor)],
});

const OPERATOR: Actor = { kind: 'operator', id: null };

export function attentionEnded(command: Command | null, now: Instant, actor: Actor = OPERATOR): TimelineEntry {
  const data = { abandoned: true, verb: command?.name ?? null };
  return {
    type: 'purchase.attention-ended',
    at: now,
    actor: { kind: actor.kind, id: actor.id },
    commandId: command?.commandId ?? null,
    data,
  };
}

import type { Instant } from '../domain/instant.ts';
import type { TimelineEntry } from '../domain/outcome.ts';
import { isPlanned, withAttention, type Attention, type Command, type PendingCommand } from '../domain/pending.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { LifecycleSettings } from '../domain/settings.ts';
import { ask } from './ask.ts';
import { begin } from './begin.ts';
import { plan } from './plan.ts';

/** The state, the entries of what needs attention in it, and the commands that have ended by it. */
export type HeldBack = { state: PurchaseState; entries: TimelineEntry[]; endedIds: string[] };

/**
 * What a restored copy is about to do at Stripe may have been done since. None of it is sent; a
 * person decides, and `retry` looks for the effect first. Commands without writes at Stripe stay
 * open, and so do those that would be refused.
 */
export function holdBack(state: PurchaseState, open: Command[], settings: LifecycleSettings, now: Instant): HeldBack {
  const { pending } = state;
  const asked = open
    .filter(({ commandId }) => commandId !== pending?.command.commandId)
    .flatMap((command) => begun(state, command, settings));
  const held = pending ? [pending, ...asked] : asked;
  const needing = held.map((command) => attentionOf(command, now));
  return {
    state: { ...state, pending: null, attentions: needing.reduce(withAttention, withoutDoubles(state, pending)) },
    entries: needing.map((attention) => entryOf(attention, now)),
    endedIds: held.filter(({ isAnswered }) => !isAnswered).map(({ command }) => command.commandId),
  };
}

/** The command as it would begin now; empty if it would not. */
function begun(state: PurchaseState, command: Command, settings: LifecycleSettings): PendingCommand[] {
  if (!isPlanned(command)) return [];
  const context = { now: command.askedAt, actor: command.actor, settings };
  if (ask(command.name, state, command.input, context)) return [];
  const planned = plan(command.name, state, command.input, context);
  return planned.writes.length > 0 ? [begin(command, planned, command.askedAt)] : [];
}

/**
 * A verb for which a person was already asked, because Stripe was unreachable, is not listed twice.
 */
const withoutDoubles = ({ attentions }: PurchaseState, pending: PendingCommand | null): Attention[] =>
  attentions.filter(({ id }) => id !== pending?.command.commandId);

const attentionOf = (held: PendingCommand, now: Instant): Attention => ({
  id: `${held.command.commandId}:${held.firstIndex + held.answered}`,
  reason: 'restored',
  since: now,
  command: held,
});

const entryOf = ({ id, reason, command }: Attention, now: Instant): TimelineEntry => ({
  type: 'purchase.needs-attention',
  at: now,
  actor: { kind: 'system', id: null },
  commandId: command?.command.commandId ?? null,
  data: { reason, attentionId: id },
});

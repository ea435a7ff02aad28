import type { Instant } from './instant.ts';
import type { EmailIntent, EntryData, EntryType, MoneyEffect } from './outcome.ts';
import { isDecision, type Actor, type CommandName, type PlannedName } from './verb.ts';
import type { StripeWrite } from './writes.ts';

/**
 * A command as it was asked: its id is the root of every Stripe key, `askedAt` what it is judged by
 * [R1.5].
 */
export type Command<Name extends CommandName = CommandName> = {
  commandId: string;
  name: Name;
  input: unknown;
  actor: Actor;
  askedAt: Instant;
  planHash: string | null;
  expectedVersion: number | null;
};

/** Whether what it will do can be said beforehand. */
export const isPlanned = (command: Command): command is Command<PlannedName> => !isDecision(command.name);

/**
 * A write that Stripe refused for good after an earlier one was done: shown, and never rolled back
 * [R6.2].
 */
export type RefusedWrite = {
  write: StripeWrite;
  /** Its place among the verb's writes. */
  index: number;
  stripeCode: string;
};

/**
 * A verb whose writes are on their way: recorded before the first one is sent, so that it can be
 * taken up anywhere.
 */
export type PendingCommand = {
  command: Command<PlannedName>;
  writes: StripeWrite[];
  /** How many writes have their answer; the next one to send is `writes[answered]`. */
  answered: number;
  refused: RefusedWrite[];
  firstTriedAt: Instant;
  /** Which write of its command `writes[0]` is: part of every key at Stripe. */
  firstIndex: number;
  /**
   * Moves on with every `retry` by hand, so that a new try is not answered with the old refusal.
   */
  generation: number;
  /**
   * These are refused writes of a verb that is done: its command has its answer and its effect
   * already.
   */
  isAnswered: boolean;
  /** Frozen when the plan was accepted: what the preview promised is what is sent and told. */
  emails: EmailIntent[];
  money: MoneyEffect[];
  entry: EntryType;
  data: EntryData;
};

/** Longer than Stripe usually takes: from here on people are told that it does not answer. */
export const LATE_AFTER_MS = 60_000;

/**
 * What a person has to decide, until `retry` or `abandon`. Its id is that of the command and its
 * write, or of the object that a fact was about. `command`: what `retry` sends; null = `retry`
 * reads Stripe again.
 */
export type Attention = { id: string; reason: AttentionReason; since: Instant; command: PendingCommand | null };

/** The list with this one in it, instead of what was said before of the same write or object. */
export const withAttention = (attentions: Attention[], one: Attention): Attention[] => [
  ...withoutAttention(attentions, one.id),
  one,
];

export const withoutAttention = (attentions: Attention[], id: string): Attention[] =>
  attentions.filter((one) => one.id !== id);

/** The verb that is on its way waits for a person, since Stripe stayed away. */
export const isGivenUp = ({
  pending,
  attentions,
}: {
  pending: PendingCommand | null;
  attentions: Attention[];
}): boolean => pending !== null && attentions.some((one) => isAbout(one, pending));

/** Whether it is the verb on its way that waits, and not something beside it. */
export const isAbout = ({ reason, id }: Attention, pending: PendingCommand): boolean =>
  reason === 'stripe_unreachable' && id === pending.command.commandId;

export const ATTENTION_REASONS = [
  'refund_refused',
  'refund_failed',
  'stripe_unreachable',
  'later_step_refused',
  'system_step_refused',
  'not_its_own',
  'restored',
  'status_unclear',
  'event_unreadable',
  'payment_after_end',
  'not_recordable',
] as const;
export type AttentionReason = (typeof ATTENTION_REASONS)[number];

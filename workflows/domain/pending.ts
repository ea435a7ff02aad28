import type { Instant } from './instant.ts';
import type { EmailIntent, EntryData, EntryType, MoneyEffect } from './outcome.ts';
import type { Actor, CommandName } from './verb.ts';
import type { StripeWrite } from './writes.ts';

/** A command as it was asked: its id is the root of every Stripe key, `askedAt` what it is judged by [R1.5]. */
export type Command = {
  commandId: string;
  name: CommandName;
  input: unknown;
  actor: Actor;
  askedAt: Instant;
  planHash: string | null;
  expectedVersion: number | null;
};

/** A write that Stripe refused for good after an earlier one was done: shown, and never rolled back [R6.2]. */
export type RefusedWrite = { write: StripeWrite; stripeCode: string };

/** A verb whose writes are on their way: recorded before the first one is sent, so that it can be taken up anywhere. */
export type PendingCommand = {
  command: Command;
  writes: StripeWrite[];
  /** How many writes have their answer; the next one to send is `writes[answered]`. */
  answered: number;
  refused: RefusedWrite[];
  firstTriedAt: Instant;
  /** Moves on with every `retry` by hand, so that a new try is not answered with the old refusal. */
  generation: number;
  /** These are refused writes of a verb that is done: its command has its answer and its effect already. */
  isAnswered: boolean;
  /** Frozen when the plan was accepted: what the preview promised is what is sent and told. */
  emails: EmailIntent[];
  money: MoneyEffect[];
  entry: EntryType;
  data: EntryData;
};

/** Longer than Stripe usually takes: from here on people are told that it does not answer. */
export const LATE_AFTER_MS = 60_000;

/** What a person has to decide; ended by `retry` or `abandon`. */
export type Attention = { reason: AttentionReason; since: Instant; command: PendingCommand };

export const ATTENTION_REASONS = [
  'refund_refused',
  'refund_failed',
  'stripe_unreachable',
  'later_step_refused',
  'system_step_refused',
] as const;
export type AttentionReason = (typeof ATTENTION_REASONS)[number];

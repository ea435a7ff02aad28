import type { Instant } from './instant.ts';
import type { EmailIntent, EntryData, EntryType, MoneyEffect } from './outcome.ts';
import { isDecision, type Actor, type CommandName, type PlannedName } from './verb.ts';
import type { StripeWrite } from './writes.ts';

/**
 * A command as it was asked. Its id is part of every key at Stripe; `askedAt` is the instant by
 * which it is judged [R1.5].
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

/** Whether it has a plan, so that what it will do can be shown beforehand. */
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
 * A verb whose writes are on their way. It is recorded before the first one is sent, so that any
 * run can continue it.
 */
export type PendingCommand = {
  command: Command<PlannedName>;
  writes: StripeWrite[];
  /** How many writes are answered; the next one to send is `writes[answered]`. */
  answered: number;
  refused: RefusedWrite[];
  firstTriedAt: Instant;
  /** Which write of its command `writes[0]` is: part of every key at Stripe. */
  firstIndex: number;
  /** Counts every `retry` by hand; a new key is not answered with the old refusal. */
  generation: number;
  /** These are the refused writes of a verb that is done and answered. */
  isAnswered: boolean;
  /** Frozen when the plan was accepted: what the preview promised is what is sent. */
  emails: EmailIntent[];
  money: MoneyEffect[];
  entry: EntryType;
  data: EntryData;
};

/**
 * Whether the pending verb changes the pause: it was asked before the resume date, so that date
 * waits for its answer.
 */
export const isDecidingPause = ({ pending }: { pending: PendingCommand | null }): boolean =>
  pending?.writes.some(({ op }) => op === 'pauseCollection' || op === 'resumeCollection') ?? false;

/** Longer than Stripe usually takes. After it, people are told that Stripe does not answer. */
export const LATE_AFTER_MS = 60_000;

/**
 * What a person has to decide, until `retry` or `abandon`. The id is that of the command and its
 * write, or of the object of a fact. `command`: what `retry` sends; null = `retry` reads Stripe
 * again.
 */
export type Attention = { id: string; reason: AttentionReason; since: Instant; command: PendingCommand | null };

/** The list with this one in place of an older one with its id. */
export const withAttention = (attentions: Attention[], one: Attention): Attention[] => [
  ...withoutAttention(attentions, one.id),
  one,
];

export const withoutAttention = (attentions: Attention[], id: string): Attention[] =>
  attentions.filter((one) => one.id !== id);

/** Whether the pending verb waits for a person, because Stripe was unreachable. */
export const isGivenUp = ({
  pending,
  attentions,
}: {
  pending: PendingCommand | null;
  attentions: Attention[];
}): boolean => pending !== null && attentions.some((one) => isAbout(one, pending));

/** Whether the attention is about the pending verb and not about something else. */
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

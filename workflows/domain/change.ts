import { announceCharge } from './announce-charge.ts';
import { followBookings } from './calls/follow-bookings.ts';
import { followChargeNotice } from './charge-notice.ts';
import { announceCredits } from './credits/announce-credits.ts';
import { followCredits } from './credits/follow-credits.ts';
import type { CreditEntry, CreditLine } from './credits/ledger.ts';
import { followHeldChange } from './follow-held-change.ts';
import { isEmailOn } from './email-switch.ts';
import type { Instant } from './instant.ts';
import type { Addressed, CausedEmail, EmailTo, EntryData, EntryType, FollowUp, TimelineEntry } from './outcome.ts';
import { withVersion, type PurchaseState } from './purchase.ts';
import type { Requirement } from './requirement.ts';
import type { LifecycleSettings } from './settings.ts';
import { STRIPE, type Actor } from './verb.ts';

/**
 * What the domain may know besides the state: the instant, the account's choices, another live
 * purchase of the same offer, and what it requires (absent: nothing).
 */
export type Context = {
  now: Instant;
  settings: LifecycleSettings;
  duplicateOf: string | null;
  requirement?: Requirement | null | undefined;
};

/**
 * What one fact, deadline or finished command changes: everything in here is recorded in one
 * transaction.
 */
export type Change = {
  next: PurchaseState;
  entries: TimelineEntry[];
  emails: CausedEmail[];
  followUps: FollowUp[];
  /** What is added to the ledger of credits. */
  ledger: CreditLine[];
};

/**
 * What a fact or a deadline comes to. `heardAt`: nothing but that Stripe was heard up to then.
 * `read`: Stripe must be read first, because two versions cannot be put in order.
 */
export type Outcome = { kind: 'changed'; change: Change } | { kind: 'no_change'; heardAt?: Instant } | { kind: 'read' };

export const NO_CHANGE: Outcome = { kind: 'no_change' };

/** Collects what one fact or deadline changes, in the order in which people will read it. */
export class ChangeBuilder {
  readonly entries: TimelineEntry[] = [];
  readonly emails: CausedEmail[] = [];
  readonly followUps: FollowUp[] = [];
  readonly ledger: CreditLine[] = [];
  readonly before: PurchaseState;
  readonly at: Instant;
  readonly context: Context;

  constructor(before: PurchaseState, at: Instant, context: Context) {
    this.before = before;
    this.at = at;
    this.context = context;
  }

  entry(type: EntryType, data: EntryData = {}, actor: Actor = STRIPE, at: Instant = this.at): this {
    this.entries.push({ type, at, actor, commandId: null, data });
    return this;
  }

  /** Adds an email that is caused by the last entry. */
  email(...[kind, to, data = {}]: EmailTo<Addressed>): this {
    const causedBy = this.entries.at(-1);
    if (causedBy && isEmailOn(this.before, this.context.settings, kind))
      this.emails.push({ ...({ kind, to } as Addressed), data, at: this.at, causedBy });
    return this;
  }

  followUp(name: FollowUp['name'], input: EntryData = {}, at: Instant = this.at): this {
    this.followUps.push({ name, input, at });
    return this;
  }

  /** Adds to the ledger of credits. */
  credits(entries: CreditEntry[]): this {
    this.ledger.push(...entries.map((entry) => ({ ...entry, commandId: null })));
    return this;
  }

  to(next: PurchaseState): Outcome {
    return { kind: 'changed', change: this.change(next) };
  }

  /** All that it comes to, with what follows from it for credits. */
  change(to: PurchaseState): Change {
    const held = followHeldChange(this, to);
    const followed = followCredits(this.before, held, this.at);
    this.credits(followed.ledger);
    announceCredits(this, followed);
    const booked = followBookings(this, this.before, followed.next);
    const planned = followChargeNotice(booked, this.at, this.context.settings);
    const next = announceCharge(this, planned, this.context);
    const { entries, emails, followUps, ledger } = this;
    return { next: withVersion(this.before, next), entries, emails, followUps, ledger };
  }
}

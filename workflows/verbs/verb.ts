import type { KindsWhere } from '../../emails/catalogue.ts';
import type { ShutSlot } from '../domain/calls/bookings.ts';
import type { Change } from '../domain/change.ts';
import type { CreditEntry } from '../domain/credits/ledger.ts';
import type { LifecycleSettings } from '../domain/settings.ts';
import type { EmailIntent, EntryData, EntryType, MoneyEffect } from '../domain/outcome.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Dependent, Requirement } from '../domain/requirement.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { Rival } from '../domain/rival.ts';
import type { Actor, PlannedName } from '../domain/verb.ts';
import type { StripeWrite } from '../domain/writes.ts';

/**
 * What a verb may know besides state and input; `now` is the instant at which it was asked [R1.5].
 * `requirement`: absent = it requires nothing. `dependents`: what would end with it.
 */
export type VerbContext = {
  now: Instant;
  actor: Actor;
  settings: LifecycleSettings;
  requirement?: Requirement | null | undefined;
  dependents?: Dependent[] | undefined;
  /** Which of the asked slots cannot be had; absent = as far as is known, all can. */
  shut?: readonly ShutSlot[] | undefined;
  /** What is in the way of handing it over; absent = nothing is, as far as is known. */
  rival?: Rival | null | undefined;
};

/** The timeline entry and the emails of a verb that is done. */
export type Reported = { entry: EntryType; data: EntryData; emails: EmailIntent[] };

/**
 * One verb on a purchase: everything about it, pure. `ask`, preview and workflow all use these
 * parts; one executor carries them out. Optional parts default to nothing: no forbidden value, no
 * write at Stripe, no effect on money.
 */
export type Verb<Input> = {
  name: PlannedName;
  /** Why the state forbids it, in words (409); null = legal. Also the greyed button's reason. */
  forbids(state: PurchaseState, now: Instant): Refusal | string | null;
  /** Which value is impossible (422). */
  rejects?(state: PurchaseState, input: Input, context: VerbContext): Refusal | null;
  /** What is asked of Stripe, in order: cancel before refund. */
  writes?(state: PurchaseState, input: Input, context: VerbContext): StripeWrite[];
  /** What holds from its first write on, whatever Stripe answers. */
  begun?(state: PurchaseState, input: Input): PurchaseState;
  /**
   * The state after it. It must be right for any state, since facts may arrive while the writes are
   * on their way.
   */
  effect(state: PurchaseState, input: Input, context: VerbContext): PurchaseState;
  /** What it adds to the ledger of credits; the credits that follow are part of `effect`. */
  ledger?(state: PurchaseState, input: Input, context: VerbContext): CreditEntry[];
  money?(state: PurchaseState, input: Input, context: VerbContext): MoneyEffect[];
  reports(state: PurchaseState, input: Input, context: VerbContext): Reported;
  followUps?(state: PurchaseState, input: Input): Change['followUps'];
};

/** An email to the customer and its notice to the admins. */
export const both = (
  kind: KindsWhere<{ to: 'contact' }>,
  adminKind: KindsWhere<{ to: 'admins' }>,
  data: EntryData = {},
): EmailIntent[] => [
  { kind, to: 'customer', data },
  { kind: adminKind, to: 'admins', data },
];

import { ChangeBuilder, type Change } from '../domain/change.ts';
import { announceCompletion } from '../domain/complete-plan.ts';
import type { CreditEntry } from '../domain/credits/ledger.ts';
import { isEmailOn } from '../domain/email-switch.ts';
import type { EmailIntent, MoneyEffect } from '../domain/outcome.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { PlannedName } from '../domain/verb.ts';
import type { StripeWrite } from '../domain/writes.ts';
import { verbOf } from './index.ts';
import type { Reported, VerbContext } from './verb.ts';

/** Everything a legal verb is going to do; the preview shows it, the executor carries it out. */
export type Plan = {
  writes: StripeWrite[];
  money: MoneyEffect[];
  emails: EmailIntent[];
  entry: Reported['entry'];
  data: Reported['data'];
  next: PurchaseState;
  /** What it does to credits itself, for the ledger. */
  ledger: CreditEntry[];
  /** What follows from it for credits: lines of the ledger, entries and emails. */
  follows: Change;
};

export function plan(name: PlannedName, state: PurchaseState, input: unknown, context: VerbContext): Plan {
  const verb = verbOf(name);
  const { entry, data, emails } = verb.reports(state, input, context);
  const follows = followedBy(state, verb.effect(state, input, context), context);
  return {
    writes: verb.writes?.(state, input, context) ?? [],
    money: verb.money?.(state, input, context) ?? [],
    emails: emails.filter(({ kind }) => isEmailOn(state, context.settings, kind)),
    entry,
    data,
    next: follows.next,
    ledger: verb.ledger?.(state, input, context) ?? [],
    follows,
  };
}

/** What follows from a verb that leads to `next`, which stands in it with its version. */
export function followedBy(before: PurchaseState, next: PurchaseState, { now, settings }: VerbContext): Change {
  const change = new ChangeBuilder(before, now, { now, settings, duplicateOf: null });
  announceCompletion(change, next.billing, null);
  return change.change(next);
}

import type { CreditEntry } from '../domain/credits/ledger.ts';
import { isEmailOn } from '../domain/email-switch.ts';
import type { EmailIntent, MoneyEffect } from '../domain/outcome.ts';
import { withVersion, type PurchaseState } from '../domain/purchase.ts';
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
  /** What it adds to the ledger of credits. */
  ledger: CreditEntry[];
};

export function plan(name: PlannedName, state: PurchaseState, input: unknown, context: VerbContext): Plan {
  const verb = verbOf(name);
  const { entry, data, emails } = verb.reports(state, input, context);
  return {
    writes: verb.writes?.(state, input, context) ?? [],
    money: verb.money?.(state, input, context) ?? [],
    emails: emails.filter(({ kind }) => isEmailOn(state, context.settings, kind)),
    entry,
    data,
    next: withVersion(state, verb.effect(state, input, context)),
    ledger: verb.ledger?.(state, input, context) ?? [],
  };
}

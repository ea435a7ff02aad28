import { addIntervals } from '../../workflows/domain/calendar.ts';
import type { CreditLine } from '../../workflows/domain/credits/ledger.ts';
import type { CreditRule } from '../../workflows/domain/credits/rule.ts';
import type { InvoiceFact, StripeObject } from '../../workflows/domain/facts.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Price } from '../../workflows/domain/price.ts';
import { intervalOf } from '../../workflows/domain/price.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { CausedEmail, TimelineEntry } from '../../workflows/domain/outcome.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';
import { runPass } from '../../workflows/purchase/pass.ts';
import type { InboxRow } from '../../workflows/inbox/inbox.ts';
import {
  aCheckout,
  aCommand,
  anInvoice,
  aSubscription,
  at,
  commandRow,
  factRow,
  MONTHLY,
  T0,
  taken,
} from './purchase.ts';

/** Six a year, one every two months, valid for a year [R19.3]. */
export const BIMONTHLY: CreditRule = { perYear: 6, issue: { everyMonths: 2 }, validMonths: 12, callMinutes: 45 };
/** Six at the start of each year. */
export const SIX_AT_ONCE: CreditRule = { ...BIMONTHLY, issue: 'period_start' };
export const YEARLY: Price = { ...MONTHLY, interval: 'year' };

type Sold = { rule?: CreditRule; price?: Price; anchor?: Instant };

/** A subscription whose offer gives credits, from its checkout on, and all that it brings about. */
export class CreditLife {
  state: PurchaseState;
  readonly ledger: CreditLine[] = [];
  readonly entries: TimelineEntry[] = [];
  readonly emails: CausedEmail[] = [];
  private readonly anchor: Instant;
  private seq = 0;

  constructor({ rule = BIMONTHLY, price = MONTHLY, anchor = T0 }: Sold = {}) {
    this.anchor = anchor;
    this.state = aCheckout({ price, credits: rule });
  }

  /** One pass over what is there, with the account's time at `now`. */
  pass(now: Instant, ...rows: InboxRow[]): this {
    const result = runPass(this.state, taken(rows), at(now), null);
    this.state = result.state;
    this.ledger.push(...result.ledger);
    this.entries.push(...result.entries);
    this.emails.push(...result.emails);
    return this;
  }

  hear(now: Instant, ...objects: StripeObject[]): this {
    return this.pass(now, ...objects.map((object) => factRow(object, now, (this.seq += 1))));
  }

  ask(now: Instant, name: CommandName, input: unknown = {}): this {
    this.seq += 1;
    const commandId = `command-${this.seq}`;
    return this.pass(now, commandRow(aCommand(name, input, { commandId, askedAt: now }), this.seq));
  }

  /** The start of the `n`th period, counted from 0. */
  at(n: number): Instant {
    return addIntervals(this.anchor, intervalOf(this.state.terms.price) ?? 'month', n);
  }

  invoice(n: number, given: Partial<InvoiceFact> = {}): InvoiceFact {
    const period = { periodStart: this.at(n), periodEnd: this.at(n + 1) };
    const reason = n === 0 ? 'first' : 'renewal';
    return anInvoice({ invoiceId: `in_${n}`, reason, paidAt: this.at(n), ...period, ...given });
  }

  subscription(n: number, given: Parameters<typeof aSubscription>[0] = {}) {
    return aSubscription({ periodStart: this.at(n), periodEnd: this.at(n + 1), ...given });
  }

  /** Stripe charges these periods, each on its date. */
  pay(from: number, until: number = from): this {
    for (let n = from; n <= until; n += 1) this.hear(this.at(n), this.invoice(n), this.subscription(n));
    return this;
  }

  /** The days of one kind of entry in the ledger. */
  instantsOf(kind: CreditLine['kind']): Instant[] {
    return this.ledger.filter((entry) => entry.kind === kind).map((entry) => entry.at);
  }

  emailsOf(kind: string) {
    return this.emails.filter((email) => email.kind === kind);
  }
}

import { addIntervals } from '../../../workflows/domain/calendar.ts';
import type { Discount, HeldDiscount } from '../../../workflows/domain/discount.ts';
import type { InvoiceFact, StripeObject, SubscriptionFact } from '../../../workflows/domain/facts.ts';
import { addDays, earliest, type Instant } from '../../../workflows/domain/instant.ts';
import type { Proration, StripeWrite } from '../../../workflows/domain/writes.ts';
import type { ChangeQuote } from '../../../workflows/verbs/change-money.ts';
import type { Credit } from '../../../workflows/verbs/money-back-refunds.ts';
import type { WriteAnswer } from '../../../workflows/purchase/write-answer.ts';
import { anInvoice, aRefund, aSubscription } from '../../builders/purchase.ts';
import { OFFERS } from './model-offers.ts';
import { CURRENCY, lessen, partOf, putOn, type ModelPrice, type Span } from './model-invoice.ts';

type Sold = { price: ModelPrice; trialDays: number; setupFeeMinor: number; discount: Discount | null };

/**
 * One charge or try of one, as Stripe's side knows it. `totalMinor`: before what the customer's
 * balance pays.
 */
export type Attempt = {
  at: Instant;
  amountMinor: number;
  totalMinor: number;
  isRetry: boolean;
  isPaid: boolean;
  reason: InvoiceFact['reason'];
};

type Invoice = InvoiceFact & { totalMinor: number };

/** What somebody does to a subscription at Stripe, past us. */
export type ByHand =
  | { deed: 'pause'; resumesAt: Instant | null }
  | { deed: 'resume' | 'cancel with the period' | 'go on' | 'cancel now' }
  | { deed: 'set the price'; price: Pick<ModelPrice, 'priceId' | 'amountMinor'> };

const MOST_TRIES = 3;

/** The part of Stripe that bills one subscription by its calendar: pure, and of nothing else. */
export class ModelStripe {
  cardWorks = true;
  /** What changes of offer have put on the balance, and what of it is left. */
  readonly credit: Credit = { currency: CURRENCY, grantedMinor: 0, leftMinor: 0 };
  readonly attempts: Attempt[] = [];
  private readonly setupFeeMinor: number;
  private readonly trialEndsAt: Instant | null;
  private price: ModelPrice;
  private discounts: HeldDiscount[];
  private schedule: { at: Instant; price: ModelPrice } | null = null;
  private anchor: Instant;
  private cycle = 0;
  private start: Instant;
  private billedUntil: Instant;
  /** What a moved end of the period has prorated, for the next invoice. */
  private pendingMinor = 0;
  private pause: { resumesAt: Instant | null } | null = null;
  private cancelAt: Instant | null = null;
  private endedAt: Instant | null = null;
  private open: Invoice[] = [];
  private made = 0;
  private lastCommandId: string | null = null;
  private readonly prices: ModelPrice[];

  /** `prices`: what it may become. */
  constructor({ price, trialDays, setupFeeMinor, discount }: Sold, at: Instant, prices: ModelPrice[] = []) {
    this.price = price;
    this.prices = [price, ...prices];
    this.setupFeeMinor = setupFeeMinor;
    this.discounts = putOn(discount, at);
    this.trialEndsAt = trialDays > 0 ? addDays(at, trialDays) : null;
    this.anchor = this.trialEndsAt ?? at;
    this.start = at;
    this.billedUntil = this.natural;
  }

  get isTrial(): boolean {
    return this.trialEndsAt !== null && this.start < this.trialEndsAt;
  }

  /** The end of the period by the calendar. */
  private get natural(): Instant {
    return this.isTrial ? this.anchor : addIntervals(this.anchor, this.price.interval, this.cycle + 1);
  }

  /** A cancellation inside a period cuts it short. */
  private get end(): Instant {
    const { cancelAt, natural } = this;
    return !this.isTrial && cancelAt !== null && cancelAt > this.start && cancelAt < natural ? cancelAt : natural;
  }

  /** What a checkout that succeeds says: its invoice, if anything is due at once, and the start. */
  begin(): StripeObject[] {
    const dueMinor = this.setupFeeMinor + (this.isTrial ? 0 : this.price.amountMinor);
    const invoices = dueMinor > 0 ? [this.collect(this.newInvoice(dueMinor, 'first', this.start), this.start)] : [];
    return [...invoices, this.subscription()];
  }

  /** When it acts next by itself. */
  nextAt(): Instant | null {
    if (this.endedAt) return null;
    const retries = this.open.map(({ nextTryAt }) => nextTryAt);
    return earliest(this.end, this.pause?.resumesAt, this.cancelAt, ...retries);
  }

  /** Does what is due at that instant, in Stripe's order; what it says of it. */
  act(at: Instant): StripeObject[] {
    if (this.pause?.resumesAt === at) this.pause = null;
    if (this.cancelAt === at) {
      this.endedAt = at;
      return [this.subscription()];
    }
    const retried = this.open.filter(({ nextTryAt }) => nextTryAt === at).map((invoice) => this.tryAgain(invoice, at));
    return [...retried, ...this.renew(at), this.subscription()];
  }

  private renew(at: Instant): StripeObject[] {
    if (this.end !== at) return [];
    this.turnSchedule(at);
    this.cycle += this.isTrial || this.anchor === at ? 0 : 1;
    this.start = at;
    const whole = { from: at, to: this.natural };
    const amountMinor = partOf(this.price.amountMinor, { from: at, to: this.end }, whole);
    this.billedUntil = this.end;
    const invoice = this.newInvoice(this.pendingMinor + amountMinor, 'renewal', at);
    this.pendingMinor = 0;
    // While collection is paused, each invoice is voided as it is made.
    return [this.pause ? { ...invoice, status: 'void' } : this.collect(invoice, at)];
  }

  private turnSchedule(at: Instant): void {
    if (this.schedule?.at !== at) return;
    const { price } = this.schedule;
    if (price.interval !== this.price.interval && !this.isTrial) this.anewFrom(at);
    this.price = price;
  }

  private anewFrom(at: Instant): void {
    this.anchor = at;
    this.cycle = 0;
  }

  /** Everything as it stands, as a reading finds it, with the offer whose price it is. */
  objects(): StripeObject[] {
    const offer = OFFERS.find(({ price }) => price.priceId === this.price.priceId);
    const known = { discounts: this.discounts, ...(offer && { soldAs: offer.terms }) };
    return [...this.open, { ...this.subscription(), ...known }];
  }

  /** What Stripe says of it; nothing where it has ended, or a schedule holds it. */
  doByHand(by: ByHand, at: Instant): StripeObject[] {
    if (this.endedAt || this.schedule) return [];
    switch (by.deed) {
      case 'pause':
        this.pause = { resumesAt: by.resumesAt };
        break;
      case 'resume':
        this.pause = null;
        break;
      case 'cancel with the period':
        this.planCancellation(this.end, true);
        break;
      case 'go on':
        this.planCancellation(null, true);
        break;
      case 'cancel now':
        this.endedAt = at;
        break;
      case 'set the price':
        this.price = { ...this.price, ...by.price };
        return this.objects();
    }
    return [this.subscription()];
  }

  write(write: StripeWrite, at: Instant, commandId: string): WriteAnswer {
    const answer = this.carryOut(write, at, commandId);
    if (answer.kind === 'done') this.lastCommandId = commandId;
    return answer;
  }

  private carryOut(write: StripeWrite, at: Instant, commandId: string): WriteAnswer {
    switch (write.op) {
      case 'pauseCollection':
        // A pause that is only moved leaves a cancellation alone [R7.3].
        if (!this.pause) this.planCancellation(null, true);
        this.pause = { resumesAt: write.resumesAt };
        return done();
      case 'resumeCollection':
        this.pause = null;
        return done();
      case 'cancelNow':
        if (this.schedule) throw new Error('a schedule holds it');
        this.endedAt ??= at;
        return done();
      case 'cancelAt':
        this.planCancellation(write.at, write.prorate);
        return done();
      case 'undoCancel':
        this.planCancellation(null, true);
        return done();
      case 'stopAt':
        this.planCancellation(write.at, false);
        return done();
      case 'voidOpenInvoices':
        return done(
          this.open.splice(0).map((invoice) => ({ ...invoice, status: 'void', trouble: null, nextTryAt: null })),
        );
      case 'payInvoice':
        return this.pay(write.invoiceId, at);
      case 'payOff':
        return this.payOff(write, at, commandId);
      case 'refund':
        this.made += 1;
        return done([aRefund({ ...write, refundId: `re_${this.made}`, commandId, createdAt: at })]);
      case 'changePrice':
        return this.changePrice(this.priced(write.priceId), write.proration, at);
      case 'scheduleChange':
        if (write.at !== this.end || this.schedule) throw new Error('it changes at the end of the running period only');
        this.schedule = { at: write.at, price: this.priced(write.priceId) };
        return done();
      case 'releaseChange':
        this.schedule = null;
        return done();
      case 'applyCode':
        throw new Error('no life takes a code');
      case 'withdrawCredit':
        this.credit.leftMinor -= write.amountMinor;
        return done();
    }
  }

  private priced(priceId: string | null): ModelPrice {
    const price = this.prices.find((one) => one.priceId === priceId);
    if (!price) throw new Error(`no such price ${priceId}`);
    return price;
  }

  private planCancellation(at: Instant | null, prorates: boolean): void {
    if (at !== null && this.schedule) throw new Error('a schedule holds it');
    this.cancelAt = at;
    if (this.isTrial || !prorates) return;
    this.pendingMinor += this.moved(this.price, { from: this.billedUntil, to: this.end });
    this.billedUntil = this.end;
  }

  /** What it comes to when the billed end of the period moves: a credit where it comes earlier. */
  private moved({ amountMinor }: ModelPrice, { from, to }: Span): number {
    const whole = { from: this.start, to: this.natural };
    return from <= to ? partOf(amountMinor, { from, to }, whole) : -partOf(amountMinor, { from: to, to: from }, whole);
  }

  /** What a change invoices at once; null = nothing. */
  private changed(to: ModelPrice, proration: Proration, at: Instant) {
    const isAnew = !this.isTrial && (to.interval !== this.price.interval || proration === 'full');
    if (proration === 'none' || this.isTrial) return null;
    const unusedMinor = proration === 'prorate' ? -this.moved(this.price, { from: this.billedUntil, to: at }) : 0;
    const newMinor = isAnew ? to.amountMinor : this.moved(to, { from: at, to: this.end });
    const waiting = isAnew ? this.pendingMinor : 0;
    return { isAnew, unusedMinor, linesMinor: waiting + newMinor - unusedMinor };
  }

  quote(priceId: string, proration: Proration, at: Instant): ChangeQuote | null {
    const changed = this.changed(this.priced(priceId), proration, at);
    if (!changed) return null;
    const owed = lessen(changed.linesMinor, this.discounts, at).totalMinor - this.credit.leftMinor;
    const creditedMinor = changed.unusedMinor;
    return { currency: CURRENCY, creditedMinor, dueMinor: Math.max(0, owed), creditLeftMinor: Math.max(0, -owed) };
  }

  private changePrice(price: ModelPrice, proration: Proration, at: Instant): WriteAnswer {
    const changed = this.changed(price, proration, at);
    const dueMinor = this.quote(price.priceId, proration, at)?.dueMinor ?? 0;
    if (dueMinor > 0 && !this.cardWorks) return DECLINED;
    this.price = price;
    if (!changed) return done();
    if (changed.isAnew) {
      this.anewFrom(at);
      this.start = at;
      this.billedUntil = this.end;
      this.pendingMinor = 0;
    }
    return done([this.collect(this.newInvoice(changed.linesMinor, 'other', at), at)]);
  }

  private pay(invoiceId: string, at: Instant): WriteAnswer {
    const invoice = this.open.find((one) => one.invoiceId === invoiceId);
    if (!invoice || !this.cardWorks) return DECLINED;
    return done([this.tryAgain(invoice, at)]);
  }

  /** Outside of the subscription's billing: neither its period nor its discounts. */
  private payOff({ amountMinor }: { amountMinor: number }, at: Instant, commandId: string): WriteAnswer {
    if (amountMinor > 0 && !this.cardWorks) return DECLINED;
    this.made += 1;
    const due = { amountDueMinor: amountMinor, amountPaidMinor: 0, attempts: 0, totalMinor: amountMinor };
    const apart = { reason: 'other' as const, periodStart: null, periodEnd: null, commandId };
    const rest = { ...anInvoice({ invoiceId: `in_${this.made}`, ...apart, ...due }), totalMinor: amountMinor };
    return done([this.collect(rest, at)]);
  }

  private newInvoice(amountMinor: number, reason: InvoiceFact['reason'], at: Instant): Invoice {
    this.made += 1;
    const { totalMinor, left } = lessen(amountMinor, this.discounts, at);
    this.discounts = left;
    const period = { periodStart: at === this.start ? this.start : at, periodEnd: this.end };
    const due = { amountDueMinor: totalMinor, amountPaidMinor: 0, attempts: 0 };
    return { ...anInvoice({ invoiceId: `in_${this.made}`, reason, ...due, ...period }), totalMinor };
  }

  /** The customer's balance pays first, and takes up what an invoice gives back. */
  private collect(invoice: Invoice, at: Instant): InvoiceFact {
    const owed = invoice.totalMinor - this.credit.leftMinor;
    this.credit.leftMinor = Math.max(0, -owed);
    if (invoice.totalMinor < 0) this.credit.grantedMinor -= invoice.totalMinor;
    return this.attempt({ ...invoice, amountDueMinor: Math.max(0, owed) }, at, false);
  }

  private tryAgain(invoice: Invoice, at: Instant): InvoiceFact {
    this.open = this.open.filter((one) => one !== invoice);
    return this.attempt(invoice, at, true);
  }

  private attempt(invoice: Invoice, at: Instant, isRetry: boolean): InvoiceFact {
    const { amountDueMinor: amountMinor, totalMinor, reason } = invoice;
    const isPaid = this.cardWorks || amountMinor === 0;
    const attempts = invoice.attempts + 1;
    this.attempts.push({ at, amountMinor, totalMinor, isRetry, isPaid, reason });
    if (isPaid) {
      const paid = { status: 'paid' as const, amountPaidMinor: amountMinor, paidAt: at };
      return { ...invoice, ...paid, attempts, trouble: null, nextTryAt: null };
    }
    const nextTryAt = attempts < MOST_TRIES ? addDays(at, 2) : null;
    const failed = { ...invoice, status: 'open' as const, attempts, trouble: 'failed' as const, nextTryAt };
    this.open.push(failed);
    return failed;
  }

  /** As an event says it: discounts by their ids alone. */
  subscription(): SubscriptionFact {
    const live = this.isTrial ? 'trialing' : this.open.length > 0 ? 'past_due' : 'active';
    return aSubscription({
      status: this.endedAt ? 'canceled' : live,
      periodStart: this.start,
      periodEnd: this.end,
      trialEndsAt: this.trialEndsAt,
      pause: this.pause,
      cancelAt: this.cancelAt,
      endedAt: this.endedAt,
      endReason: this.endedAt ? 'cancellation_requested' : null,
      commandId: this.lastCommandId,
      perPeriod: { amountMinor: this.price.amountMinor, currency: CURRENCY },
      priceId: this.price.priceId,
      hasSchedule: this.schedule !== null,
      discountIds: this.discounts.map(({ discountId }) => discountId),
    });
  }
}

const done = (objects: StripeObject[] = []): WriteAnswer => ({ kind: 'done', objects });

const DECLINED: WriteAnswer = { kind: 'refused', stripeCode: 'card_declined', isCard: true };

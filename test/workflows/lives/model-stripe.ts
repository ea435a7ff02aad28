import { addIntervals, type Interval } from '../../../workflows/domain/calendar.ts';
import type { InvoiceFact, StripeObject, SubscriptionFact } from '../../../workflows/domain/facts.ts';
import { addDays, earliest, type Instant } from '../../../workflows/domain/instant.ts';
import type { StripeWrite } from '../../../workflows/domain/writes.ts';
import type { WriteAnswer } from '../../../workflows/purchase/write-answer.ts';
import { anInvoice, aRefund, aSubscription } from '../../builders/purchase.ts';

type Sold = { amountMinor: number; interval: Interval; trialDays: number; setupFeeMinor: number };

/** One charge or try of one, as Stripe's side knows it. */
export type Attempt = { at: Instant; amountMinor: number; isRetry: boolean; isPaid: boolean };

const MOST_TRIES = 3;

/** The part of Stripe that bills one subscription by its calendar: pure, and of nothing else. */
export class ModelStripe {
  cardWorks = true;
  readonly attempts: Attempt[] = [];
  private readonly sold: Sold;
  private readonly trialEndsAt: Instant | null;
  private anchor: Instant;
  private cycle = 0;
  private start: Instant;
  private pause: { resumesAt: Instant | null } | null = null;
  private cancelAt: Instant | null = null;
  private endedAt: Instant | null = null;
  private open: InvoiceFact[] = [];
  private made = 0;

  constructor(sold: Sold, at: Instant) {
    this.sold = sold;
    this.trialEndsAt = sold.trialDays > 0 ? addDays(at, sold.trialDays) : null;
    this.anchor = this.trialEndsAt ?? at;
    this.start = at;
  }

  get isTrial(): boolean {
    return this.trialEndsAt !== null && this.start < this.trialEndsAt;
  }

  private get end(): Instant {
    return this.isTrial ? this.anchor : addIntervals(this.anchor, this.sold.interval, this.cycle + 1);
  }

  /** What a checkout that succeeds says: its invoice, if anything is due at once, and the start. */
  begin(): StripeObject[] {
    const dueMinor = this.sold.setupFeeMinor + (this.isTrial ? 0 : this.sold.amountMinor);
    const invoices = dueMinor > 0 ? [this.attempt(this.newInvoice(dueMinor, 'first'), this.start, false)] : [];
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
    this.cycle += this.isTrial ? 0 : 1;
    this.start = at;
    const invoice = this.newInvoice(this.sold.amountMinor, 'renewal');
    // While collection is paused, each invoice is voided as it is made.
    return [this.pause ? { ...invoice, status: 'void' } : this.attempt(invoice, at, false)];
  }

  /** Everything as it stands, as a reading finds it. */
  objects(): StripeObject[] {
    return [...this.open, this.subscription()];
  }

  write(write: StripeWrite, at: Instant, commandId: string): WriteAnswer {
    switch (write.op) {
      case 'pauseCollection':
        this.pause = { resumesAt: write.resumesAt };
        this.cancelAt = null;
        return done();
      case 'resumeCollection':
        this.pause = null;
        return done();
      case 'cancelNow':
        this.endedAt ??= at;
        return done();
      case 'cancelAt':
        this.cancelAt = write.at;
        return done();
      case 'undoCancel':
        this.cancelAt = null;
        return done();
      case 'voidOpenInvoices':
        return done(
          this.open.splice(0).map((invoice) => ({ ...invoice, status: 'void', trouble: null, nextTryAt: null })),
        );
      case 'payInvoice':
        return this.pay(write.invoiceId, at);
      case 'refund':
        this.made += 1;
        return done([aRefund({ ...write, refundId: `re_${this.made}`, commandId, createdAt: at })]);
      // It lies behind the last instalment, with which a plan is ended.
      case 'stopAt':
        return done();
      case 'changePrice':
      case 'scheduleChange':
      case 'releaseChange':
      case 'withdrawCredit':
        throw new Error('no life here becomes another offer');
    }
  }

  private pay(invoiceId: string, at: Instant): WriteAnswer {
    const invoice = this.open.find((one) => one.invoiceId === invoiceId);
    if (!invoice || !this.cardWorks) return { kind: 'refused', stripeCode: 'card_declined', isCard: true };
    return done([this.tryAgain(invoice, at)]);
  }

  private newInvoice(amountMinor: number, reason: 'first' | 'renewal'): InvoiceFact {
    this.made += 1;
    const period = { periodStart: this.start, periodEnd: this.end };
    const due = { amountDueMinor: amountMinor, amountPaidMinor: 0, attempts: 0 };
    return anInvoice({ invoiceId: `in_${this.made}`, reason, ...due, ...period });
  }

  private tryAgain(invoice: InvoiceFact, at: Instant): InvoiceFact {
    this.open = this.open.filter((one) => one !== invoice);
    return this.attempt(invoice, at, true);
  }

  private attempt(invoice: InvoiceFact, at: Instant, isRetry: boolean): InvoiceFact {
    const { amountDueMinor: amountMinor } = invoice;
    const attempts = invoice.attempts + 1;
    this.attempts.push({ at, amountMinor, isRetry, isPaid: this.cardWorks });
    if (this.cardWorks)
      return {
        ...invoice,
        status: 'paid',
        amountPaidMinor: amountMinor,
        paidAt: at,
        attempts,
        trouble: null,
        nextTryAt: null,
      };
    const nextTryAt = attempts < MOST_TRIES ? addDays(at, 2) : null;
    const failed = {
      ...invoice,
      status: 'open' as const,
      amountPaidMinor: 0,
      attempts,
      trouble: 'failed' as const,
      nextTryAt,
    };
    this.open.push(failed);
    return failed;
  }

  private subscription(): SubscriptionFact {
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
    });
  }
}

const done = (objects: StripeObject[] = []): WriteAnswer => ({ kind: 'done', objects });

import type Stripe from 'stripe';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import type { Promotion } from '../../../workflows/domain/discount.ts';
import type { Instant } from '../../../workflows/domain/instant.ts';
import type { Money } from '../../../workflows/domain/money.ts';
import type { Bill } from '../../../workflows/domain/receipt-figures.ts';
import type { ChargedPrice } from '../../../workflows/domain/price.ts';
import type { AnyWrite, Proration, ReadyWrite } from '../../../workflows/domain/writes.ts';
import type { ChangeQuote } from '../../../workflows/verbs/change-money.ts';
import type { Credit } from '../../../workflows/verbs/money-back-refunds.ts';
import type { CheckoutGateway, SubscribeInput } from './checkout-gateway.ts';
import type { Account, Endpoint, MovedMoney, StripeLists } from './lists.ts';
import type { ConnectGateway } from './connect-gateway.ts';
import type { MethodGateway } from './method-gateway.ts';

export type * from './checkout-gateway.ts';
export type * from './lists.ts';

/** What every Stripe key of a write is made of; the same for each retry. */
export type WriteKey = {
  commandId: string;
  purchaseId: string;
  /** Which of the command's writes. */
  index: number;
  /** Moves on with every retry by hand. */
  generation: number;
  /** By real time: Stripe forgets keys by it. */
  firstTriedAt: Instant;
};

/**
 * Refused for good: `message` is Stripe's sentence for people and may name a card, so it belongs in
 * Postgres only.
 */
export type Refused = { kind: 'refused'; stripeCode: string; isCard: boolean; message: string };

/** The outcome of a write: the objects as they are after it, or why Stripe refuses it. */
export type WriteAnswer = { kind: 'done'; objects: StripeObject[] } | Refused;

export type RefundCheck =
  { ok: true } | { ok: false; paymentId: string; code: 'payment_disputed' | 'amount_too_large' };

export type PaymentOwner = { paymentId: string; subscriptionId: string | null };

export type CardDetails = { brand: string; last4: string; expMonth: number; expYear: number };
/** What a receipt says of a payment that only Stripe knows. */
export type Receipt = { number: string | null; card: CardDetails | null };

export type PriceInput = { offerId: string; name: string; price: ChargedPrice };
export type PriceIds = { stripeProductId: string; stripePriceId: string; stripeFeePriceId: string | null };

/** `clockId` binds the customer, and all that is billed to it, to a test clock. */
export type CustomerInput = { contactId: string; email: string; name: string | null; clockId: string | null };

/** What a customer is called now. */
export type CustomerChange = { customerId: string; email: string; name: string | null };

export type ClockInput = { accountId: string; contactId: string; frozenAt: Instant };
export type ClockState = { frozenAt: Instant; isReady: boolean };

export type SoldWith = { customerId: string; priceIds: string[] };

/** A code, and by what Stripe itself holds it back; null = by nothing. */
export type PromotionInput = Promotion & {
  expiresAt: Instant | null;
  maxUses: number | null;
  firstPurchaseOnly: boolean;
};
export type PromotionIds = { stripeCouponId: string; stripePromotionId: string };

/**
 * Another price now, prorated as of an instant. `discounts`: those that stay; absent = all of
 * them.
 */
export type PriceChange = {
  subscriptionId: string;
  priceId: string;
  proration: Proration;
  asOf: Instant;
  discounts?: string[] | undefined;
};

/** An attempt at an invoice, by how many there had been including it. */
export type FailedTry = { invoiceId: string; attempts: number };

/** Stripe's code, null where it waits for the customer; and the method, null = there was none. */
export type Failure = { declineCode: string | null; methodId: string | null };

/** `createdLte`: null = up to now. */
export type EventsQuery = {
  createdGte: Instant;
  createdLte: Instant | null;
  types: readonly string[];
  stripeAccount: Account;
};

/** Asked for with their own types. */
type Others = StripeLists & MethodGateway & CheckoutGateway & ConnectGateway;

/**
 * All that we ask of Stripe. Each call tries once; the caller decides when to retry. `key` is an
 * idempotency key, the same for each retry of one intent. @throws StripeUnavailable if there is no
 * final answer @throws StripeRefused if Stripe refuses, except where a refusal is part of the
 * answer
 */
export type StripeGateway = Others & {
  /** Carries a write out once, however often it is called with the same key [R22.4]. */
  send(write: ReadyWrite, key: WriteKey, stripeAccount: Account): Promise<WriteAnswer>;
  /**
   * Whether every refund among the writes could be made as things stand; asked before the first
   * write, whose `key` tells our own refunds from others [R6.2].
   */
  checkRefunds(writes: readonly AnyWrite[], key: WriteKey, stripeAccount: Account): Promise<RefundCheck>;
  /** Its latest invoices, oldest first, then the subscription itself. @throws StripeMissing */
  readSubscription(subscriptionId: string, stripeAccount: Account): Promise<StripeObject[]>;
  /** Which payment it was, of which subscription; null for what paid no invoice. */
  resolvePayment(money: MovedMoney, stripeAccount: Account): Promise<PaymentOwner | null>;
  /** How Stripe names the platform's own account; asked once by each process. */
  ownAccount(): Promise<string>;
  /**
   * What Stripe would charge for the shortened last cycle [R8.1]; null where its next invoice does
   * not reach that far.
   */
  cancelQuote(subscriptionId: string, at: Instant, stripeAccount: Account): Promise<Money | null>;
  /** What another price would invoice at once [R26.1]. */
  changeQuote(change: PriceChange, stripeAccount: Account): Promise<ChangeQuote>;
  /** What changes of offer have credited, and what is left of it [R27.4]. */
  creditOf(subscriptionId: string, stripeAccount: Account): Promise<Credit>;
  /** What the customer of a subscription has with Stripe: it pays what is invoiced next. */
  balanceOf(subscriptionId: string, stripeAccount: Account): Promise<{ currency: string; creditMinor: number }>;
  /** How an invoice was paid; tried for two seconds, since people wait for it [R12.2]. */
  receiptOf(invoiceId: string, stripeAccount: Account): Promise<Receipt>;
  /** What an invoice says of buyer, lines and taxes; null = Stripe has none of this id. */
  billOf(invoiceId: string, stripeAccount: Account): Promise<Bill | null>;
  /**
   * Why a try failed, and with which method; null where it is not known any more. Tried for two
   * seconds.
   */
  failureOf(failed: FailedTry, stripeAccount: Account): Promise<Failure | null>;
  /**
   * Stripe's page on which an open invoice is paid or confirmed; null where it is not open any
   * more.
   */
  paymentPageOf(invoiceId: string, stripeAccount: Account): Promise<string | null>;
  createPrice(input: PriceInput, key: string, stripeAccount: Account): Promise<PriceIds>;
  createCustomer(input: CustomerInput, key: string, stripeAccount: Account): Promise<{ customerId: string }>;
  /** Name, address and cards are gone at Stripe, and whatever it still has running is canceled. */
  deleteCustomer(customerId: string, stripeAccount: Account): Promise<void>;
  /** A customer that was deleted at Stripe is left alone: the next checkout makes a new one. */
  updateCustomer(change: CustomerChange, stripeAccount: Account): Promise<void>;
  /** Which parts of a planned checkout Stripe still has and still sells [R22.7]. */
  stillSells(made: SoldWith, stripeAccount: Account): Promise<{ customer: boolean; price: boolean }>;
  /** A coupon, and the promotion code by which Stripe counts its uses. */
  createPromotion(input: PromotionInput, key: string, stripeAccount: Account): Promise<PromotionIds>;
  /** No checkout can take it any more; what was bought with it keeps its discount. */
  endPromotion(stripePromotionId: string, stripeAccount: Account): Promise<void>;
  /** Charged at once; where the card fails, nothing is begun. */
  subscribe(
    input: SubscribeInput,
    key: string,
    stripeAccount: Account,
  ): Promise<{ subscriptionId: string } | 'no_card' | 'card_refused'>;
  createClock(input: ClockInput, key: string, stripeAccount: Account): Promise<{ clockId: string }>;
  readClock(clockId: string, stripeAccount: Account): Promise<ClockState>;
  /**
   * Moves a clock and waits until Stripe has billed up to it; at most two intervals of its shortest
   * subscription at once, else refused.
   */
  advanceClock(
    clockId: string,
    to: Instant,
    stripeAccount: Account,
  ): Promise<{ kind: 'done'; frozenAt: Instant } | Refused>;
  /** Events created at or after an instant, the newest last; Stripe lists 30 days. */
  eventsSince(query: EventsQuery): AsyncIterable<Stripe.Event>;
  /** What time it is at Stripe, where no test clock stands. */
  timeAt(stripeAccount: Account): Promise<Instant>;
  /** Webhook endpoints of the platform's own account. */
  listEndpoints(): Promise<Endpoint[]>;
  /** Only this answer contains its signing secret. */
  createEndpoint(
    url: string,
    types: readonly string[],
    apiVersion: string,
  ): Promise<{ endpoint: Endpoint; secret: string }>;
  /** Enabled, and of exactly these types. */
  updateEndpoint(id: string, types: readonly string[]): Promise<Endpoint>;
};

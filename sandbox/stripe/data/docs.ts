import type { Invoice, InvoiceItem, Subscription, SubscriptionSchedule } from './billing-docs.ts';
import type { BalanceTransaction, Customer, Price, Product } from './catalog-docs.ts';
import type { CheckoutSession, StripeEvent, TestClock, WebhookEndpoint } from './checkout-docs.ts';
import type { Coupon, Discount, PromotionCode } from './discount-docs.ts';
import type {
  Charge,
  Dispute,
  InvoicePayment,
  PaymentIntent,
  PaymentMethod,
  Refund,
  SetupIntent,
} from './payment-docs.ts';

export type * from './billing-docs.ts';
export type * from './catalog-docs.ts';
export type * from './checkout-docs.ts';
export type * from './discount-docs.ts';
export type * from './doc.ts';
export type * from './payment-docs.ts';

/** Every kind of stored object, by Stripe's name for it. */
export interface Docs {
  product: Product;
  price: Price;
  customer: Customer;
  customer_balance_transaction: BalanceTransaction;
  coupon: Coupon;
  promotion_code: PromotionCode;
  discount: Discount;
  payment_method: PaymentMethod;
  subscription: Subscription;
  subscription_schedule: SubscriptionSchedule;
  invoice: Invoice;
  invoiceitem: InvoiceItem;
  invoice_payment: InvoicePayment;
  payment_intent: PaymentIntent;
  setup_intent: SetupIntent;
  charge: Charge;
  refund: Refund;
  dispute: Dispute;
  'checkout.session': CheckoutSession;
  event: StripeEvent;
  webhook_endpoint: WebhookEndpoint;
  'test_helpers.test_clock': TestClock;
}

export type Kind = keyof Docs;
export type AnyDoc = Docs[Kind];

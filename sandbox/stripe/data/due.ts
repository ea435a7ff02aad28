import type { AnyDoc, CheckoutSession, Invoice, Refund, Subscription } from './docs.ts';

const DAY = 86_400;
/** An incomplete subscription whose first invoice is not paid by then expires. */
const INCOMPLETE_SECONDS = 23 * 3_600;
const TRIAL_NOTICE_SECONDS = 3 * DAY;

/**
 * When something is next to happen to an object by itself. Of things due at one instant, the lower
 * rank goes first.
 */
export interface Due {
  at: number;
  rank: number;
}

export function dueOf(doc: AnyDoc): Due | null {
  switch (doc.object) {
    case 'subscription':
      return ranked(nextSubscriptionInstant(doc), 1);
    case 'invoice':
      return ranked(nextInvoiceInstant(doc), 2);
    case 'refund':
      return ranked(nextRefundInstant(doc), 0);
    case 'subscription_schedule':
      // Before the subscription's own turn, which then bills what the next phase says.
      return ranked(doc.status === 'active' ? (doc.current_phase?.end_date ?? null) : null, 0);
    case 'checkout.session':
      return ranked(nextSessionInstant(doc), 3);
    case 'test_helpers.test_clock':
      return doc._advance ? { at: 0, rank: 0 } : null;
    case 'charge':
    case 'coupon':
    case 'customer':
    case 'customer_balance_transaction':
    case 'discount':
    case 'dispute':
    case 'event':
    case 'invoice_payment':
    case 'invoiceitem':
    case 'payment_intent':
    case 'payment_method':
    case 'price':
    case 'product':
    case 'promotion_code':
    case 'setup_intent':
    case 'webhook_endpoint':
      return null;
  }
}

/** Whether a subscription is over: nothing falls due for it any more. */
export function hasEnded({ status }: Subscription): boolean {
  return status === 'canceled' || status === 'incomplete_expired';
}

function ranked(at: number | null, rank: number): Due | null {
  return at === null ? null : { at, rank };
}

/**
 * What is next for a subscription, and when; of several at one instant the first listed goes first.
 */
export function subscriptionDues(subscription: Subscription): { what: SubscriptionDue; at: number }[] {
  const { status, cancel_at, pause_collection, trial_end, created } = subscription;
  if (status === 'incomplete') return [{ what: 'expire', at: created + INCOMPLETE_SECONDS }];
  if (hasEnded(subscription)) return [];
  const dues: { what: SubscriptionDue; at: number | null | undefined }[] = [
    { what: 'trial_notice', at: trialNotice(subscription, trial_end) },
    { what: 'resume', at: pause_collection?.resumes_at },
    { what: 'cancel', at: cancel_at },
    { what: 'turn', at: status === 'paused' ? null : subscription.items.data[0]?.current_period_end },
  ];
  return dues.flatMap(({ what, at }) => (typeof at === 'number' ? [{ what, at }] : []));
}

export type SubscriptionDue = 'expire' | 'trial_notice' | 'resume' | 'cancel' | 'turn';

function trialNotice(subscription: Subscription, trialEnd: number | null): number | null {
  if (subscription.status !== 'trialing' || subscription._trialNoticeSent || trialEnd === null) return null;
  return Math.max(trialEnd - TRIAL_NOTICE_SECONDS, subscription.created);
}

function nextSubscriptionInstant(subscription: Subscription): number | null {
  const instants = subscriptionDues(subscription).map(({ at }) => at);
  return instants.length > 0 ? Math.min(...instants) : null;
}

function nextInvoiceInstant(invoice: Invoice): number | null {
  if (!invoice.auto_advance) return null;
  if (invoice.status === 'draft') return invoice.automatically_finalizes_at;
  return invoice.status === 'open' ? invoice.next_payment_attempt : null;
}

function nextRefundInstant(refund: Refund): number | null {
  return refund._settles?.at ?? null;
}

function nextSessionInstant(session: CheckoutSession): number | null {
  return session.status === 'open' ? session.expires_at : null;
}

import type Stripe from 'stripe';
import { reading } from './call.ts';
import { orNull, orThrow, StripeMissing } from './failures.ts';
import type { Account, CheckoutTry, EndedCheckout } from './gateway.ts';
import { fromUnix } from './instants.ts';
import { billedSubscription } from './invoice-fact.ts';
import { invoiceOf } from './payment-intent.ts';
import { idOf } from './unreadable.ts';

type Session = Stripe.Checkout.Session;

/** How a session ended that was not paid, and by which link it is begun anew. */
export async function endedCheckout(stripe: Stripe, sessionId: string, account: Account): Promise<EndedCheckout> {
  const session = await orNull(stripe.checkout.sessions.retrieve(sessionId, {}, reading(account)));
  if (!session) throw new StripeMissing(sessionId);
  const { url, expires_at: until } = session.after_expiration?.recovery ?? { url: null, expires_at: null };
  const recovery = url && until ? { url, until: fromUnix(until) } : null;
  return { tried: await triedOn(stripe, session, account), recovery };
}

/**
 * Stripe's session does not say what was tried on its page, so the intents are looked at that its
 * customer has left meanwhile.
 */
async function triedOn(stripe: Stripe, session: Session, account: Account): Promise<CheckoutTry> {
  const customer = idOf(session.customer);
  if (customer === null) return 'nothing';
  const meanwhile = { customer, created: { gte: session.created, lte: session.expires_at }, limit: 100 };
  const { data } = await orThrow(stripe.paymentIntents.list(meanwhile, reading(account)));
  for (const intent of data) {
    const tried = tryOf(intent);
    if (tried !== 'nothing' && (await isOfSession(stripe, { intent, session }, account))) return tried;
  }
  return session.amount_total === 0 ? refusedSetup(stripe, meanwhile, account) : 'nothing';
}

const BEGUN: readonly Stripe.PaymentIntent.Status[] = ['processing', 'requires_action', 'requires_capture'];

function tryOf({ status, last_payment_error: error }: Stripe.PaymentIntent): CheckoutTry {
  if (status === 'succeeded') return 'nothing';
  if (BEGUN.includes(status)) return 'begun';
  return error ? 'refused' : 'nothing';
}

/**
 * What is paid once carries the purchase's id. A subscription's intent carries nothing: where it
 * pays an invoice, that one says whose it is, and where it pays none it is of a page.
 */
async function isOfSession(
  stripe: Stripe,
  { intent, session }: { intent: Stripe.PaymentIntent; session: Session },
  account: Account,
): Promise<boolean> {
  const purchaseId = session.metadata?.purchaseId;
  if (intent.metadata.purchaseId !== undefined) return intent.metadata.purchaseId === purchaseId;
  const invoiceId = await invoiceOf(stripe, intent.id, account);
  if (invoiceId === null) return true;
  const invoice = await orNull(stripe.invoices.retrieve(invoiceId, {}, reading(account)));
  return invoice !== null && billedSubscription(invoice)?.metadata.purchaseId === purchaseId;
}

/** Where nothing is charged at first, the card itself may be refused. */
async function refusedSetup(
  stripe: Stripe,
  meanwhile: Stripe.SetupIntentListParams,
  account: Account,
): Promise<CheckoutTry> {
  const { data } = await orThrow(stripe.setupIntents.list(meanwhile, reading(account)));
  return data.some(({ status, last_setup_error: error }) => error && status !== 'succeeded') ? 'refused' : 'nothing';
}

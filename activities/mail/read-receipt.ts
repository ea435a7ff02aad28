import { scopeTo } from '../../db/account-scope.ts';
import type { EmailMaterial, MaterialOfPurchase } from '../../db/mail/email-material.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import type { PaymentReceipt } from '../../db/money/receipts.ts';
import type { Orm } from '../../db/orm.ts';
import { EMAILS } from '../../emails/catalogue.ts';
import type { EmailEntry } from '../../emails/entries/entry.ts';
import { log } from '../../log.ts';
import { soon } from '../first-try.ts';
import { readReceipt, type ReceiptGateway } from '../gateways/read-receipt.ts';
import { isStripes } from '../gateways/stripe.ts';
import type { MethodGateway } from '../gateways/stripe/method-gateway.ts';
import { textOf } from './intent-data.ts';
import { firstPayment } from './payment.ts';

export type ReceiptDeps = { orm: Orm; stripe: ReceiptGateway & Pick<MethodGateway, 'readMethod'> };

/** An email is better without card and number than late. */
const MOST_MS = 1_000;

/**
 * The material of an email that says which card was charged, with that card and the receipt's
 * number: read from Stripe once, where nobody has read them yet [R12.2]. Of one that says what will
 * be charged, with the card that will be.
 */
export async function withReceipt(deps: ReceiptDeps, material: EmailMaterial): Promise<EmailMaterial> {
  const { purchase, accountId, kind } = material;
  const { variables }: EmailEntry = EMAILS[kind];
  if (!purchase || !('card' in variables)) return material;
  if ('methodId' in material.data) return withCharged(deps, { ...material, purchase });
  const payment = firstPayment({ ...material, purchase });
  if (!payment || payment.paymentId in purchase.receipts) return material;
  const { paymentId } = payment;
  const read = await soon(tryReceipt(deps, { accountId, paymentId, purchaseId: purchase.state.purchaseId }), MOST_MS);
  const receipts = read ? { ...purchase.receipts, [paymentId]: read } : purchase.receipts;
  return { ...material, purchase: { ...purchase, receipts } };
}

async function withCharged(deps: ReceiptDeps, material: MaterialOfPurchase): Promise<EmailMaterial> {
  const methodId = textOf(material.data, 'methodId');
  const chargedTo = methodId === null ? null : await soon(tryMethod(deps, material, methodId), MOST_MS);
  return { ...material, purchase: { ...material.purchase, chargedTo } };
}

async function tryMethod({ orm, stripe }: ReceiptDeps, { accountId, purchase }: MaterialOfPurchase, methodId: string) {
  const { purchaseId } = purchase.state;
  try {
    const account = await stripeAccountOf(scopeTo(orm.em.fork(), accountId), purchaseId);
    return await stripe.readMethod(methodId, account);
  } catch (error) {
    log.warn({ purchaseId, reason: isStripes(error) ? error.name : 'fault' }, 'email.card_not_read');
    return null;
  }
}

type Paid = { accountId: string; purchaseId: string; paymentId: string };

async function tryReceipt(
  { orm, stripe }: ReceiptDeps,
  { accountId, purchaseId, paymentId }: Paid,
): Promise<PaymentReceipt | null> {
  try {
    return await readReceipt(scopeTo(orm.em.fork(), accountId), stripe, { paymentId, purchaseId });
  } catch (error) {
    log.warn({ purchaseId, reason: isStripes(error) ? error.name : 'fault' }, 'email.receipt_not_read');
    return null;
  }
}

import { scopeTo } from '../../db/account-scope.ts';
import type { EmailMaterial } from '../../db/mail/email-material.ts';
import { keepCard, type PaymentCard } from '../../db/money/payment-cards.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import type { Orm } from '../../db/orm.ts';
import { EMAILS } from '../../emails/catalogue.ts';
import type { EmailEntry } from '../../emails/entries/entry.ts';
import { log } from '../../log.ts';
import { soon } from '../first-try.ts';
import { isStripes, type StripeGateway } from '../gateways/stripe.ts';
import { firstPayment } from './payment.ts';

export type CardDeps = { orm: Orm; stripe: Pick<StripeGateway, 'cardOf'> };

/** An email is better without the card than late. */
const MOST_MS = 1_000;

/**
 * The material of an email that says which card was charged, with that card: read from Stripe once,
 * where nobody has read it yet [R12.2].
 */
export async function withCard(deps: CardDeps, material: EmailMaterial): Promise<EmailMaterial> {
  const { purchase, accountId, kind } = material;
  const { variables }: EmailEntry = EMAILS[kind];
  if (!purchase || !('card' in variables)) return material;
  const payment = firstPayment({ ...material, purchase });
  if (!payment || payment.paymentId in purchase.cards) return material;
  const { paymentId } = payment;
  const read = await soon(readCard(deps, { accountId, paymentId, purchaseId: purchase.state.purchaseId }), MOST_MS);
  return { ...material, purchase: { ...purchase, cards: { ...purchase.cards, [paymentId]: read } } };
}

type Paid = { accountId: string; purchaseId: string; paymentId: string };

async function readCard({ orm, stripe }: CardDeps, { accountId, purchaseId, paymentId }: Paid) {
  const em = scopeTo(orm.em.fork(), accountId);
  try {
    const read = await stripe.cardOf(paymentId, await stripeAccountOf(em, purchaseId));
    const card: PaymentCard | null = read && { brand: read.brand, last4: read.last4 };
    await keepCard(em, paymentId, card);
    return card;
  } catch (error) {
    log.warn({ purchaseId, reason: isStripes(error) ? error.name : 'fault' }, 'email.card_not_read');
    return null;
  }
}

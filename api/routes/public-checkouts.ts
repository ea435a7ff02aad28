import { z } from 'zod';
import type { EntityManager } from '@mikro-orm/postgresql';
import { nowOf } from '../../db/account-clock.ts';
import { lockContactById } from '../../db/contacts.ts';
import { Account } from '../../db/entities/account.ts';
import { Checkout } from '../../db/entities/checkout.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Offer } from '../../db/entities/offer.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { DAY_MS, toMs } from '../../workflows/domain/instant.ts';
import { customerSession } from '../auth/customer-session.ts';
import { hashPassword } from '../auth/passwords.ts';
import { readCheckoutToken, type SecretKey } from '../auth/secrets.ts';
import { notFound, Problem } from '../http/problem.ts';
import { definePublicRoute, type Route } from '../http/route.ts';
import { checkoutStateSchema, password, sessionSchema } from '../schemas/customer.ts';

const tag = 'Public';
const params = z.object({ checkoutToken: z.string().max(200) });
/** As long as a set-password link [R13.2]. */
const VALID_MS = 7 * DAY_MS;

type Found = { checkout: Checkout; account: Account; contact: Contact; purchase: Purchase | null };

async function find(em: EntityManager, token: string, secretKey: SecretKey): Promise<Found> {
  const id = readCheckoutToken(token, secretKey);
  const checkout = id === null ? null : await em.findOne(Checkout, { id });
  if (!checkout) throw notFound('checkout');
  const { accountId, contactId, purchaseId } = checkout;
  const purchase = await em.findOne(Purchase, { id: purchaseId, accountId, bornAt: { $ne: null } });
  const account = await em.findOneOrFail(Account, { id: accountId });
  return { checkout, account, contact: await em.findOneOrFail(Contact, { id: contactId }), purchase };
}

/**
 * Whoever began and paid the checkout sets the first password of the contact that it made [R13.1]. One who had anything here before is
 * somebody whose address anybody may have typed: they get their link by email.
 */
async function maySetPassword(em: EntityManager, { checkout, account, contact, purchase }: Found): Promise<boolean> {
  const isLate = toMs(nowOf(account)) - toMs(checkout.createdAt) > VALID_MS;
  if (!purchase || isLate || contact.passwordHash !== null) return false;
  const others = { contactId: contact.id, bornAt: { $ne: null }, id: { $ne: checkout.purchaseId } };
  return (await em.count(Purchase, others)) === 0;
}

function stateOf({ checkout, purchase }: Found): z.input<typeof checkoutStateSchema>['state'] {
  if (purchase) return purchase.duplicateOf === null ? 'bought' : 'sent_back';
  return checkout.state === 'expired' ? 'over' : 'waiting';
}

const read = (secretKey: SecretKey) =>
  definePublicRoute({
    method: 'get',
    path: '/v1/public/checkouts/{checkoutToken}',
    tag,
    operationId: 'getCheckoutState',
    summary: 'Read what became of a checkout, by the token in the address that Stripe led back to',
    params,
    answers: { 200: checkoutStateSchema },
    async handle({ em, params: { checkoutToken } }) {
      const found = await find(em, checkoutToken, secretKey);
      const { checkout, account, contact } = found;
      const offer = await em.findOneOrFail(Offer, { id: checkout.offerId });
      const body = {
        state: stateOf(found),
        offer: { id: offer.id, name: offer.name },
        email: contact.email,
        canSetPassword: await maySetPassword(em, found),
        site: { name: account.name, supportEmail: account.supportEmail, timeZone: account.timeZone },
      };
      return { status: 200, body };
    },
  });

const setPassword = (secretKey: SecretKey) =>
  definePublicRoute({
    method: 'post',
    path: '/v1/public/checkouts/{checkoutToken}/password',
    tag,
    operationId: 'setFirstPasswordOfCheckout',
    summary: 'Set the first password of who bought here for the first time, and log in',
    params,
    body: z.strictObject({ password }),
    example: { password: 'correct horse battery staple' },
    answers: { 200: sessionSchema },
    problems: [409],
    isSecret: true,
    perMinute: 20,
    async handle({ em, params: { checkoutToken }, body }) {
      const found = await find(em, checkoutToken, secretKey);
      const contact = await lockContactById(em, found.account.id, found.contact.id);
      if (!contact || !(await maySetPassword(em, { ...found, contact })))
        throw new Problem(409, 'wrong_state', { detail: 'A password cannot be set here; log in instead.' });
      contact.passwordHash = await hashPassword(body.password);
      await em.flush();
      return { status: 200, body: customerSession(contact.id, secretKey) };
    },
  });

export const publicCheckoutRoutes = ({ secretKey }: { secretKey: SecretKey }): Route[] => [
  read(secretKey),
  setPassword(secretKey),
];

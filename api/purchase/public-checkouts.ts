import { z } from 'zod';
import type { EntityManager } from '@mikro-orm/postgresql';
import { nowOf } from '../../db/clock/account-clock.ts';
import { lockContactById } from '../../db/people/contacts.ts';
import { Account } from '../../db/entities/account.ts';
import { Checkout } from '../../db/entities/checkout.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Offer } from '../../db/entities/offer.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { beginSession, endSessionsOf } from '../../db/people/sessions.ts';
import { DAY_MS, toMs } from '../../workflows/domain/instant.ts';
import { hashPassword } from '../auth/passwords.ts';
import { readCheckoutToken, type SecretKey } from '../auth/secrets.ts';
import { notFound, Problem } from '../http/problem.ts';
import { definePublicRoute, type Route } from '../http/route.ts';
import { checkoutStateSchema, password, sessionSchema } from '../people/customer-schema.ts';

const tag = 'Public';
const params = z.object({ checkoutToken: z.string().max(200) });
/** As long as a set-password link [R13.2]; afterwards the address does not say any more whom it was for. */
const VALID_MS = 7 * DAY_MS;

const isLate = ({ checkout, account }: Found): boolean => toMs(nowOf(account)) - toMs(checkout.createdAt) > VALID_MS;

type Found = { checkout: Checkout; account: Account; contact: Contact; purchase: Purchase | null };

async function find(em: EntityManager, token: string, secretKey: SecretKey): Promise<Found> {
  const id = readCheckoutToken(token, secretKey);
  const checkout = id === null ? null : await em.findOne(Checkout, { id });
  if (!checkout) throw notFound('checkout');
  const { accountId, contactId, purchaseId } = checkout;
  const purchase = await em.findOne(Purchase, { id: purchaseId, accountId, startedAt: { $ne: null } });
  const account = await em.findOneOrFail(Account, { id: accountId });
  return { checkout, account, contact: await em.findOneOrFail(Contact, { id: contactId }), purchase };
}

/**
 * Whoever began and paid the checkout sets the first password of the contact that it made [R13.1]. One who had anything here before, or has
 * opened a link that was mailed to them, is somebody whose address anybody may have typed: they get their link by email.
 */
async function maySetPassword(em: EntityManager, found: Found): Promise<boolean> {
  const { checkout, contact, purchase } = found;
  if (!purchase || isLate(found) || contact.passwordHash !== null || contact.addressProvenAt !== null) return false;
  const others = { contactId: contact.id, startedAt: { $ne: null }, id: { $ne: checkout.purchaseId } };
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
        email: isLate(found) ? null : contact.email,
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
    // Nothing is kept for repeats: they would let somebody in again.
    writes: 'own',
    perMinute: 20,
    async handle({ em, params: { checkoutToken }, body }) {
      const passwordHash = await hashPassword(body.password);
      return em.transactional(async (tx) => {
        const found = await find(tx, checkoutToken, secretKey);
        const contact = await lockContactById(tx, found.account.id, found.contact.id);
        if (!contact || !(await maySetPassword(tx, { ...found, contact })))
          throw new Problem(409, 'wrong_state', { detail: 'A password cannot be set here; log in instead.' });
        contact.passwordHash = passwordHash;
        await tx.flush();
        await endSessionsOf(tx, { contactId: contact.id });
        const session = await beginSession(tx, { contactId: contact.id });
        return { status: 200 as const, body: { ...session, contactId: contact.id } };
      });
    },
  });

export const publicCheckoutRoutes = ({ secretKey }: { secretKey: SecretKey }): Route[] => [
  read(secretKey),
  setPassword(secretKey),
];

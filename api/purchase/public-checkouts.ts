import { z } from 'zod';
import { nowOf } from '../../db/clock/account-clock.ts';
import { lockContactById } from '../../db/people/contacts.ts';
import type { Scoped, Unscoped } from '../../db/account-scope.ts';
import type { Account } from '../../db/entities/account.ts';
import type { Checkout } from '../../db/entities/checkout.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Offer } from '../../db/entities/offer.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { enterByCheckout } from '../../db/platform/enter.ts';
import { putPassword } from '../../db/people/put-password.ts';
import { isCharged } from '../../workflows/domain/price.ts';
import { DAY_MS, toMs } from '../../workflows/domain/instant.ts';
import { checkNotAddress, hashPassword } from '../auth/passwords.ts';
import { readCheckoutToken } from '../auth/secrets.ts';
import type { SecretKey } from '../../db/signature.ts';
import { notFound, Problem } from '../http/problem.ts';
import { definePublicRoute } from '../http/route.ts';
import { beginCustomerSession } from '../people/customer-session.ts';
import { toPublicSite } from '../people/public-site.ts';
import { checkoutStateSchema, password, sessionSchema } from '../people/customer-schema.ts';

const tag = 'Public';

type CheckoutDeps = { secretKey: SecretKey; publicUrl: string };

const params = z.object({ checkoutToken: z.string().max(200) });
/**
 * As long as a set-password link [R13.2]; afterwards the address does not say any more whom it was
 * for.
 */
const VALID_MS = 7 * DAY_MS;

const isLate = ({ checkout, account }: Found): boolean => toMs(nowOf(account)) - toMs(checkout.createdAt) > VALID_MS;

type Found = { em: Scoped; checkout: Checkout; account: Account; contact: Contact; purchase: Purchase | null };

async function find(unscoped: Unscoped, token: string, secretKey: SecretKey): Promise<Found> {
  const id = readCheckoutToken(token, secretKey);
  const entered = id === null ? null : await enterByCheckout(unscoped, id);
  if (!entered) throw notFound('checkout');
  const { em, checkout } = entered;
  const purchase = await em.findOne(Purchase, { id: checkout.purchaseId, startedAt: { $ne: null } });
  return { ...entered, contact: await em.findOneOrFail(Contact, { id: checkout.contactId }), purchase };
}

/**
 * Whoever began and paid the checkout sets the first password of the contact that it made [R13.1].
 * If the contact existed before, or has opened a mailed link, anybody may have typed the address,
 * so they get a link by email instead.
 */
async function maySetPassword(found: Found): Promise<boolean> {
  const { em, checkout, contact, purchase } = found;
  if (!purchase || isLate(found) || contact.passwordHash !== null) return false;
  // The token of what is free came by the mail of its address.
  if (!isCharged(purchase.snapshot.terms.price)) return true;
  if (contact.addressProvenAt !== null) return false;
  const others = { contactId: contact.id, startedAt: { $ne: null }, id: { $ne: checkout.purchaseId } };
  return (await em.count(Purchase, others)) === 0;
}

function stateOf({ checkout, purchase }: Found): z.input<typeof checkoutStateSchema>['state'] {
  if (purchase) return purchase.duplicateOf === null ? 'bought' : 'sent_back';
  return checkout.state === 'expired' ? 'over' : 'waiting';
}

const read = definePublicRoute({
  method: 'get',
  path: '/v1/public/checkouts/{checkoutToken}',
  tag,
  operationId: 'getCheckoutState',
  summary: 'Read what became of a checkout, by the token in the address that Stripe led back to',
  params,
  answers: { 200: checkoutStateSchema },
  async handle({ unscoped, params: { checkoutToken } }, { secretKey, publicUrl }: CheckoutDeps) {
    const found = await find(unscoped, checkoutToken, secretKey);
    const { em, checkout, account, contact } = found;
    const offer = await em.findOneOrFail(Offer, { id: checkout.offerId });
    const body = {
      state: stateOf(found),
      offer: { id: offer.id, name: offer.name },
      email: isLate(found) ? null : contact.email,
      canSetPassword: await maySetPassword(found),
      site: toPublicSite(account, publicUrl),
    };
    return { status: 200, body };
  },
});

const setPassword = definePublicRoute({
  method: 'post',
  path: '/v1/public/checkouts/{checkoutToken}/password',
  tag,
  operationId: 'setFirstPasswordOfCheckout',
  audit: { left: ['contact.password_changed', 'contact.logged_in'] },
  summary: 'Set the first password of who bought here for the first time, and log in',
  params,
  body: z.strictObject({ password }),
  example: { password: 'correct horse battery staple' },
  answers: { 200: sessionSchema },
  problems: [409],
  // Nothing is kept for repeats: they would let somebody in again.
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, params: { checkoutToken }, body }, deps: CheckoutDeps) {
    const passwordHash = await hashPassword(body.password);
    return unscoped.transactional(async (unscopedTx) => {
      const found = await find(unscopedTx, checkoutToken, deps.secretKey);
      const { em: tx } = found;
      const contact = await lockContactById(tx, found.contact.id);
      if (!contact || !(await maySetPassword({ ...found, contact })))
        throw new Problem(409, 'wrong_state', { detail: 'A password cannot be set here; log in instead.' });
      checkNotAddress(body.password, contact.email);
      await putPassword(tx, contact, passwordHash);
      return { status: 200 as const, body: await beginCustomerSession(tx, contact, deps) };
    });
  },
});

export const publicCheckoutRoutes = {
  read,
  setPassword,
};

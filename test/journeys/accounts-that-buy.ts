import { v7 as uuid } from 'uuid';
import { scopeTo } from '../../db/account-scope.ts';
import { Offer } from '../../db/entities/offer.ts';
import { makePlatformOffers } from '../../db/platform/platform-offers.ts';
import { ROLES, type Role } from '../../workflows/domain/verb.ts';
import type { Client } from '../api/a-client.ts';
import { aKey } from '../api/a-world.ts';
import { anAccount, T0 } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aSite, type BuyWish } from './a-site.ts';
import type { Town } from './a-town.ts';

type Interval = 'month' | 'year';
type Buyer = { accountId: string; ownerEmail: string };

/** The platform of a town with all its offers; what was it before is an account like others. */
export async function aPlatform(town: Town) {
  const em = town.deps.orm.em.fork();
  await em.execute('update accounts set is_platform = false');
  const site = await aSite(town, { isPlatform: true });
  await makePlatformOffers(em, { accountId: site.accountId, now: T0 });
  const { operator } = site.clients;

  /** An account that buys of it, and whoever acts for it. */
  async function anAccountOf(ownerEmail = `rosa-${uuid().slice(-12)}@example.com`) {
    const { accountId } = await anAccount(em, { ownerEmail, name: `Rosa ${uuid().slice(-6)}` });
    const clients = {} as Record<Role, Client>;
    for (const role of ROLES.filter((one) => one !== 'operator'))
      clients[role] = town.client(await aKey(em, accountId, role));
    return { accountId, ownerEmail, clients, owner: clients.owner };
  }

  /** One of the offers that are shipped: `Basic`, `Access`. */
  async function shipped(name: string, interval: Interval): Promise<Offer> {
    const offers = await scopeTo(town.deps.orm.em.fork(), site.accountId).find(Offer, {});
    const found = offers.find(({ name: of, price }) => {
      return of.startsWith(name) && price.kind === 'subscription' && price.interval === interval;
    });
    if (!found) throw new Error(`no ${name} by the ${interval}`);
    return found;
  }

  async function paid(begun: { purchaseId: string; url: string }, { card }: BuyWish = {}): Promise<string> {
    await site.pay(new URL(begun.url).pathname.split('/').at(-1)!, card);
    await eventually(async () => (await site.read(begun.purchaseId)).startedAt);
    await site.quiet();
    site.purchases.push(begun.purchaseId);
    return begun.purchaseId;
  }

  /** Buys an offer for an account, with its owner's address. */
  async function buyFor({ accountId, ownerEmail }: Buyer, offer: { id: string }, wish: BuyWish = {}): Promise<string> {
    const asked = { offerId: offer.id, email: ownerEmail, forAccountId: accountId };
    const begun = await site.must<{ purchaseId: string; url: string }>(operator.post('/v1/checkouts', asked), 201);
    return paid(begun, wish);
  }

  /** One with the plan Basic and the add-on on its card, both from now. */
  async function anAccountWithAccess(interval: Interval = 'month') {
    const account = await anAccountOf();
    const planId = await buyFor(account, await shipped('Basic', interval));
    const added = await site.must<{ purchaseId: string }>(account.owner.post('/v1/account/access', {}));
    await site.quiet();
    site.purchases.push(added.purchaseId);
    return { ...account, planId, addOnId: added.purchaseId };
  }

  return { site, operator, anAccountOf, anAccountWithAccess, shipped, buyFor, paid };
}

export type AccountWithAccess = Awaited<ReturnType<Awaited<ReturnType<typeof aPlatform>>['anAccountWithAccess']>>;

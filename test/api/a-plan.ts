import { Offer } from '../../db/entities/offer.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import type { Orm } from '../../db/orm.ts';
import { entitlementOf } from '../../workflows/domain/quotas.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { aContact, anAccount, anOffer } from '../builders/rows.ts';
import { aPurchase, T0 } from './a-world.ts';

const MONTHLY = { kind: 'subscription', currency: 'usd', interval: 'month', trialDays: 0, setupFeeMinor: 0 } as const;
const price = (amountMinor: number) => ({ ...MONTHLY, amountMinor });

type Gives = Pick<Offer, 'quotas' | 'features' | 'quotaFactor'>;
const GIVES_NOTHING: Gives = { quotas: {}, features: [], quotaFactor: null };

/** The platform: it sells two plans that are alternatives, and an add-on that doubles them. */
export async function aPlanSeller(orm: Orm, small: Gives['quotas'], large: Gives['quotas']) {
  const em = orm.em.fork();
  await em.execute('update accounts set is_platform = false');
  const { accountId } = await anAccount(em, { mode: 'test', isPlatform: true });
  const offer = async (name: string, amountMinor: number, gives: Partial<Gives>, groupName: string | null) =>
    (await anOffer(em, accountId, { name, price: price(amountMinor), groupName, ...GIVES_NOTHING, ...gives })).offerId;
  return {
    orm,
    accountId,
    contactId: await aContact(em, accountId),
    basic: await offer('Basic', 14_900, { quotas: small, features: ['pipelines'] }, 'plan'),
    growth: await offer('Growth', 19_900, { quotas: large }, 'plan'),
    access: await offer('Access', 9_900, { features: ['code_editor'], quotaFactor: 2 }, null),
  };
}

type Seller = Awaited<ReturnType<typeof aPlanSeller>>;

/** An account's live purchase of one of these offers. */
export async function soldTo(
  { orm, contactId }: Seller,
  offerId: string,
  forAccountId: string,
  change: (state: PurchaseState) => PurchaseState = (state) => state,
): Promise<string> {
  const em = orm.em.fork();
  const offer = await em.findOneOrFail(Offer, { id: offerId });
  const { quotas, features, quotaFactor, groupName: group } = offer;
  const terms = { quotas, features, quotaFactor, group };
  const id = await aPurchase(orm, { contactId, offerId }, (state) =>
    change({ ...state, forAccountId, terms: { ...state.terms, ...terms } }),
  );
  await em.nativeUpdate(Purchase, { id }, { forAccountId, entitlement: entitlementOf(terms), startedAt: T0 });
  return id;
}

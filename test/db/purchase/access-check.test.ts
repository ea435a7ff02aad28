import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scopeTo } from '../../../db/account-scope.ts';
import { Contact } from '../../../db/entities/contact.ts';
import { PurchaseProduct } from '../../../db/entities/purchase-product.ts';
import { checkAccess } from '../../../db/purchase/access-check.ts';
import { productRows } from '../../../db/purchase/write-read-state.ts';
import { reachOf, reachPerProduct } from '../../../workflows/domain/access.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { aContact, anAccount, anIncompletePurchase, anOffer, aProduct, T0 } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';
import { queriesOf } from '../../ground/plans.ts';
import { anyPurchase } from '../../workflows/any-purchase.ts';

let accountId: string;
let offerId: string;
let productIds: string[];

useOrm();
beforeAll(async () => {
  const em = orm.em.fork();
  ({ accountId } = await anAccount(em));
  productIds = [await aProduct(em, accountId), await aProduct(em, accountId)];
  ({ offerId } = await anOffer(em, accountId, { productIds }));
});

const scoped = () => scopeTo(orm.em.fork(), accountId);

/** The state as that of a purchase in Postgres, with the products' rows that a record makes. */
async function keep(contactId: string, drawn: PurchaseState): Promise<PurchaseState> {
  const em = orm.em.fork();
  const { purchaseId, terms } = await anIncompletePurchase(em, { contactId, offerId });
  const revoked = drawn.revoked.map((block) => ({
    ...block,
    productId: productIds[drawn.terms.productIds.indexOf(block.productId)]!,
  }));
  const state = { ...drawn, purchaseId, accountId, contactId, terms, revoked };
  await em.insertMany(PurchaseProduct, productRows({ state }));
  return state;
}

const INSTANTS: Instant[] = Array.from({ length: 30 }, (_, n) => addDays(T0, 3 * n - 30));

test('rows of any purchases say at every instant what the domain says, by id and by address', async () => {
  const drawn = fc.sample(fc.array(anyPurchase, { minLength: 1, maxLength: 3 }), { numRuns: 60, seed: 13 });
  const people: { contactId: string; email: string; states: PurchaseState[] }[] = [];
  for (const purchases of drawn) {
    const contactId = await aContact(orm.em.fork(), accountId);
    const { email } = await orm.em.fork().findOneOrFail(Contact, contactId);
    const states: PurchaseState[] = [];
    for (const purchase of purchases) states.push(await keep(contactId, purchase));
    people.push({ contactId, email, states });
  }

  for (const now of INSTANTS) {
    const asked = people.flatMap(({ contactId, email, states }) =>
      productIds.flatMap((productId) => [
        { pair: { productId, contactId }, states },
        { pair: { productId, email }, states },
      ]),
    );
    const reaches = await checkAccess(
      scoped(),
      asked.map(({ pair }) => pair),
      now,
    );

    expect(reaches).toEqual(
      asked.map(({ pair, states }) => reachPerProduct(states, now).get(pair.productId) ?? reachOf([], now)),
    );
  }
});

test('a check is one statement, whatever number of pairs, and reads no snapshot', async () => {
  const contactId = await aContact(orm.em.fork(), accountId);
  const pairs = Array.from({ length: 100 }, () => ({ contactId, productId: productIds[0]! }));

  const queries = await queriesOf(orm, () => checkAccess(scoped(), pairs, T0));

  expect(queries).toHaveLength(1);
  expect(queries[0]?.text).not.toContain('snapshot');
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { scopeTo } from '../../../db/account-scope.ts';
import { recordOwn } from '../../../db/people/activity.ts';
import { Contact } from '../../../db/entities/contact.ts';
import { ContactTag } from '../../../db/entities/contact-tag.ts';
import { Payment } from '../../../db/entities/payment.ts';
import { Purchase } from '../../../db/entities/purchase.ts';
import { PurchaseProduct } from '../../../db/entities/purchase-product.ts';
import { openOrm, type Orm } from '../../../db/orm.ts';
import { sqlOf } from '../../../db/page.ts';
import { countContacts } from '../../../db/people/contact-list.ts';
import { conditionOf, conditionOfRule } from '../../../db/people/segments.ts';
import { query, sql } from '../../../db/sql.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import type { SegmentRule } from '../../../workflows/domain/segment.ts';
import {
  aContact,
  aField,
  anAccount,
  anIncompletePurchase,
  anOffer,
  aPaymentRow,
  aSegment,
  T0,
} from '../../builders/rows.ts';
import {
  FIELD_KINDS_BY_KEY,
  isIn,
  meets,
  person,
  ruleOf,
  type Bought,
  type Person,
  type Sold,
} from '../../builders/segments.ts';
import { createDatabase, type TestDatabase } from '../../ground/postgres.ts';

let database: TestDatabase;
let orm: Orm;

beforeAll(async () => {
  database = await createDatabase();
  orm = await openOrm({ url: database.url });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

type Site = Sold & { accountId: string; fieldIds: Record<string, string> };

async function aSite(): Promise<Site> {
  const em = orm.em.fork();
  const { accountId } = await anAccount(em);
  const fieldIds: Record<string, string> = {};
  for (const [key, kind] of Object.entries(FIELD_KINDS_BY_KEY)) fieldIds[key] = await aField(em, accountId, key, kind);
  const sold = [await anOffer(em, accountId), await anOffer(em, accountId)];
  return {
    accountId,
    fieldIds,
    offers: sold.map(({ offerId }) => offerId),
    products: sold.map(({ productIds }) => productIds[0]!),
    segments: [uuid(), uuid()],
  };
}

async function put(site: Site, of: Person): Promise<string> {
  const em = orm.em.fork();
  const { accountId, fieldIds } = site;
  const contactId = await aContact(em, accountId, {
    marketingStatus: of.status,
    unsubscribedReason: of.status === 'unsubscribed' ? 'manual' : null,
    customerSince: of.isCustomer ? T0 : null,
    erasedAt: of.isErased ? T0 : null,
  });
  const fields = Object.fromEntries(Object.entries(of.fields).map(([key, value]) => [fieldIds[key]!, value!]));
  await em.nativeUpdate(Contact, { id: contactId }, { fields });
  for (const tag of of.tags) await em.insert(ContactTag, { contactId, tag, accountId, createdAt: T0 });
  if (of.activeAgo !== null) await recordOwn(em, { id: contactId, accountId }, 'posted', addDays(T0, -of.activeAgo));
  const purchaseId = await bought(site, contactId, { ...UNPAID, offer: 0 });
  for (const one of of.purchases) await bought(site, contactId, one);
  for (const { isPaid, ...money } of of.payments) {
    const paid = isPaid ? {} : { paidAt: null, failedAt: T0 };
    const id = await aPaymentRow(em, { accountId, contactId, purchaseId, ...money, ...paid, refundedMinor: 0 });
    await em.nativeUpdate(Payment, { id }, { refundedMinor: money.refundedMinor });
  }
  return contactId;
}

const UNPAID = {
  isStarted: false,
  billingStatus: 'active',
  accessStatus: 'none',
  isOpen: false,
  startsIn: 0,
  endsIn: 0,
} as const;

async function bought({ accountId, offers, products }: Site, contactId: string, one: Bought): Promise<string> {
  const em = orm.em.fork();
  const { purchaseId } = await anIncompletePurchase(em, { contactId, offerId: offers[one.offer]! });
  const { billingStatus, accessStatus } = one;
  const startedAt = one.isStarted ? T0 : null;
  await em.nativeUpdate(Purchase, { id: purchaseId }, { billingStatus, accessStatus, startedAt });
  const spans = { startsAt: addDays(T0, one.startsIn), until: one.endsIn === null ? null : addDays(T0, one.endsIn) };
  const productId = products[one.offer]!;
  await em.insert(PurchaseProduct, { purchaseId, productId, accountId, contactId, open: one.isOpen, ...spans });
  return purchaseId;
}

async function found(site: Site, condition: Awaited<ReturnType<typeof conditionOf>>): Promise<string[]> {
  const em = scopeTo(orm.em.fork(), site.accountId);
  const rows = await query<{ id: string }>(
    em,
    sql`select r.id from contacts r where r.account_id = ${site.accountId} and ${sqlOf(condition!)} order by r.id`,
  );
  expect((await countContacts(em, { members: condition! })).count).toBe(rows.length);
  return rows.map(({ id }) => id);
}

test('Postgres finds for every rule whom plain data says, segments of segments too', async () => {
  const site = await aSite();
  const others = await aSite();
  const people = new Map<string, Person>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 8, maxLength: 8 }),
      fc.tuple(ruleOf({ ...site, segments: [] }), ruleOf({ ...site, segments: [site.segments[0]!] })),
      fc.array(ruleOf(site), { minLength: 12, maxLength: 12 }),
      async (newcomers, [inner, outer], asked) => {
        for (const one of newcomers) people.set(await put(site, one), one);
        await put(others, newcomers[0]!);
        const rules = new Map<string, SegmentRule>([
          [site.segments[0]!, inner],
          [site.segments[1]!, outer],
        ]);
        const em = scopeTo(orm.em.fork(), site.accountId);
        await em.execute('delete from segments');
        for (const [id, rule] of rules) await aSegment(em, site.accountId, { id, ...rule });
        const world = { ...site, now: T0, rules };
        const whoever = (is: (of: Person) => boolean): string[] =>
          [...people].flatMap(([id, of]) => (!of.isErased && is(of) ? [id] : [])).sort();

        for (const rule of asked)
          expect(await found(site, await conditionOfRule(em, rule, T0))).toEqual(
            whoever((of) => meets(of, rule, world)),
          );
        for (const segment of ['all', 'customers', 'subscribed', ...site.segments])
          expect(await found(site, await conditionOf(em, segment, T0))).toEqual(
            whoever((of) => isIn(of, segment, world)),
          );
      },
    ),
    { numRuns: 12, endOnFailure: true },
  );
}, 120_000);

test('who has spent at most so much is told in one currency as in several, of who never paid too', async () => {
  const site = await aSite();
  const paid = (amountMinor: number, refundedMinor: number, currency = 'usd', isPaid = true): Person => ({
    ...NOBODY,
    payments: [{ amountMinor, refundedMinor, currency, isPaid }],
  });
  const ids: string[] = [];
  for (const one of [NOBODY, paid(2500, 0), paid(1000, 1000), paid(1000, 0), paid(2500, 0, 'usd', false)])
    ids.push(await put(site, one));
  const em = scopeTo(orm.em.fork(), site.accountId);
  const atMost = async (amountMinor: number, currency = 'usd') => {
    const filters = [{ kind: 'spent', bound: 'at_most', amountMinor, currency } as const];
    return found(site, await conditionOfRule(em, { match: 'all', filters }, T0));
  };
  const [never, , refunded, little, failed] = ids;

  const alone = [await atMost(0), await atMost(1000), await atMost(0, 'eur')];
  const other = await put(site, paid(1000, 0, 'eur'));
  const together = [await atMost(0), await atMost(1000), await atMost(0, 'eur')];

  const few = [never!, refunded!, failed!];
  expect(alone).toEqual([few.toSorted(), [...few, little!].toSorted(), ids.toSorted()]);
  expect(together).toEqual([[...few, other].toSorted(), [...few, little!, other].toSorted(), ids.toSorted()]);
});

const NOBODY: Person = {
  status: 'subscribed',
  isCustomer: false,
  isErased: false,
  tags: [],
  fields: {},
  purchases: [],
  activeAgo: null,
  payments: [],
};

test('what is no segment of the account has no condition', async () => {
  const em = orm.em.fork();
  const [site, others] = [await aSite(), await aSite()];
  const segmentId = await aSegment(em, others.accountId);

  const own = scopeTo(orm.em.fork(), site.accountId);

  expect([await conditionOf(own, segmentId, T0), await conditionOf(own, 'everybody', T0)]).toEqual([null, null]);
});

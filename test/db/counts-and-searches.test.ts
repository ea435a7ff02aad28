import { beforeAll, describe, expect, test } from '@jest/globals';
import { scopeTo, type Scoped } from '../../db/account-scope.ts';
import { COUNTED_TO } from '../../db/counts.ts';
import { countInbox } from '../../db/inbox/inbox.ts';
import { poolOf } from '../../db/orm.ts';
import { countContacts, countSegments, listContacts } from '../../db/people/contact-list.ts';
import { countToSee } from '../../db/platform/overview.ts';
import { countPurchases, listPurchases } from '../../db/purchase/purchases.ts';
import { aPurchase } from '../builders/purchase.ts';
import { anAccount, anOffer } from '../builders/rows.ts';
import { orm, useOrm } from '../ground/orm.ts';
import { queriesOf, type Query } from '../ground/plans.ts';

let accountId: string;

/** So many contacts, each with a purchase, two events and a command. */
const PEOPLE = 20_000;

const CONTACTS = `
  insert into contacts (id, account_id, email, name, customer_since, marketing_status, created_at)
  select uuidv7(), ?, 'p' || n || '@mail.test',
    case when n % 20 = 0 then 'Grace Hopper' when n % 500 = 1 then 'Alan Turing' else 'Ada Lovelace' end,
    now(), 'subscribed', now() - n * interval '1 minute'
  from generate_series(1, ${PEOPLE}) n`;

const PURCHASES = `
  insert into purchases (id, account_id, contact_id, offer_id, origin, started_at, snapshot, billing_status, access_status, created_at, updated_at)
  select uuidv7(), account_id, id, ?, 'bought', created_at, ?, case when name like 'A%' then 'active' else 'past_due' end, 'full', created_at, created_at
  from contacts`;

const INBOX = `
  insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, state)
  select uuidv7(), account_id, 'purchase', id, class, kind, started_at, state
  from purchases, (values ('fact', 'invoice.paid', 'applied'), ('fact', 'charge.refunded', 'no_change'), ('command', 'pause', 'applied'))
    ended(class, kind, state)`;

useOrm();
beforeAll(async () => {
  const em = orm.em.fork();
  ({ accountId } = await anAccount(em));
  const { offerId } = await anOffer(em, accountId);
  await em.execute(CONTACTS, [accountId]);
  await em.execute(PURCHASES, [offerId, JSON.stringify(aPurchase())]);
  await em.execute(INBOX);
  await poolOf(orm).query('vacuum (analyze)');
}, 60_000);

type Plan = {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
};

/** How many rows of tables and indexes a plan has looked at. */
function lookedAt(plan: Plan): number {
  const below = (plan.Plans ?? []).reduce((sum, each) => sum + lookedAt(each), 0);
  if (!plan['Node Type'].includes('Scan') || plan.Plans) return below;
  const { 'Rows Removed by Filter': filtered = 0, 'Rows Removed by Index Recheck': rechecked = 0 } = plan;
  return (plan['Actual Rows'] + filtered + rechecked) * plan['Actual Loops'];
}

async function rowsOf({ text, values }: Query): Promise<number> {
  const { rows } = await poolOf(orm).query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (analyze, timing off, format json) ${text}`,
    values,
  );
  return lookedAt(rows[0]!['QUERY PLAN'][0].Plan);
}

/** The most that any statement of `work` looks at. */
async function most(work: (em: Scoped) => Promise<unknown>): Promise<number> {
  const queries = await queriesOf(orm, () => work(scopeTo(orm.em.fork(), accountId)));
  let rows = 0;
  for (const query of queries) rows = Math.max(rows, await rowsOf(query));
  return rows;
}

/** As `conditionOf` says it. */
const ALL = { sql: 'r.erased_at is null', params: [] };
const ofEvents = { class: 'fact' } as const;

describe('a count looks at no more rows than it counts', () => {
  test.each<[string, number, (em: Scoped) => Promise<unknown>]>([
    ['the default segments', 10, (em) => countSegments(em)],
    ['contacts found', 1_000, (em) => countContacts(em, { members: ALL, q: 'hopper' })],
    ['few contacts found', 200, (em) => countContacts(em, { members: ALL, q: 'turing' })],
    ['purchases', COUNTED_TO + 1, (em) => countPurchases(em, {})],
    ['purchases by a status', COUNTED_TO + 1, (em) => countPurchases(em, { billingStatus: 'active' })],
    ['purchases by a rare status', 2_000, (em) => countPurchases(em, { billingStatus: 'past_due' })],
    ['what needs attention', 2_000, (em) => countToSee(em, true)],
    ['events', 2 * (COUNTED_TO + 1), (em) => countInbox(em, { accountId, ...ofEvents })],
    ['events of a kind', COUNTED_TO + 1, (em) => countInbox(em, { accountId, ...ofEvents, kind: 'charge.refunded' })],
    ['events of a kind that never came', 10, (em) => countInbox(em, { accountId, ...ofEvents, kind: 'none' })],
    ['commands', COUNTED_TO + 1, (em) => countInbox(em, { accountId, class: 'command' })],
  ])('%s: %i at most', async (_, rows, work) => {
    expect(await most(work)).toBeLessThanOrEqual(rows);
  });
});

const page = { limit: 50, after: null };

describe('a search looks at a part of the contacts, whether it is of many, some or nobody', () => {
  test.each(['lovelace', 'hopper', 'turing', 'p777@mail.test', '@mail.test', 'nobody', 'ad', 'zq', 'e', 'z'])(
    '%s',
    async (q) => {
      const contacts = await most((em) => listContacts(em, { members: ALL, sort: 'newest', q }, page));
      const purchases = await most((em) => listPurchases(em, { sort: 'newest', q }, page));

      expect(Math.max(contacts, purchases)).toBeLessThan(PEOPLE / 5);
    },
  );
});

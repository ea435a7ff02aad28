import { beforeEach, describe, expect, test } from '@jest/globals';
import { Account } from '../../db/entities/account.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { aContact, anEmail } from '../builders/rows.ts';
import { aPurchase, T0 } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

type Columns = Partial<
  Pick<Purchase, 'nextDueAt' | 'nextChargeAt' | 'cancelAt' | 'billingWithoutAccess' | 'startedAt' | 'billingStatus'>
>;

/** A purchase of a contact of its own, with columns as a record would have left them. */
async function listed(person: { email: string; name?: string }, columns: Columns = {}): Promise<string> {
  const em = api.orm.em.fork();
  const contactId = await aContact(em, world.accountId, { name: null, ...person });
  const purchaseId = await aPurchase(api.orm, { ...world, contactId });
  if (Object.keys(columns).length > 0) await em.nativeUpdate(Purchase, { id: purchaseId }, columns);
  return purchaseId;
}

const ids = async (path: string): Promise<string[]> => (await owner.get(path)).body.data.map(({ id }) => id);
const countOf = async (path: string): Promise<unknown> => (await owner.get(path)).body;

/** Every page of a list, one row each. */
async function pages(path: string): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await owner.get(`${path}&limit=1${cursor && `&cursor=${cursor}`}`);
    seen.push(...body.data.map(({ id }) => id));
    cursor = body.nextCursor;
  }
  return seen;
}

describe('purchases', () => {
  test('carry the names of their contact and offer', async () => {
    await listed({ email: 'grace@example.com', name: 'Grace' });

    const { body } = await owner.get('/v1/purchases');

    expect(body.data).toMatchObject([
      { contact: { email: 'grace@example.com', name: 'Grace' }, offer: { id: world.offerId, name: 'Monthly' } },
    ]);
  });

  test('are found by a part of the address or name of their contact', async () => {
    const grace = await listed({ email: 'grace@example.com', name: 'Grace Hopper' });
    const linus = await listed({ email: 'linus@example.com' });

    expect(await ids('/v1/purchases?q=HOPP')).toEqual([grace]);
    expect(await ids('/v1/purchases?q=us@ex')).toEqual([linus]);
    expect(await ids('/v1/purchases?q=nobody')).toEqual([]);
    expect(await countOf('/v1/purchases/count?q=example')).toEqual({ count: 2, isOver: false });
  });

  test('are found by pending cancellation, and by billing that goes on without access', async () => {
    const leaving = await listed({ email: 'a@example.com' }, { cancelAt: '2027-03-01T00:00:00.000Z' });
    const revoked = await listed({ email: 'b@example.com' }, { billingWithoutAccess: true });

    expect(await ids('/v1/purchases?pendingCancellation=true')).toEqual([leaving]);
    expect(await ids('/v1/purchases?pendingCancellation=false')).toEqual([revoked]);
    expect(await ids('/v1/purchases?billingWithoutAccess=true')).toEqual([revoked]);
    expect(await countOf('/v1/purchases/count?billingWithoutAccess=true')).toEqual({ count: 1, isOver: false });
  });

  test.each([
    ['nextDue', 'nextDueAt'],
    ['nextCharge', 'nextChargeAt'],
  ] as const)('by %s come the earliest first, those without one last, page by page', async (sort, column) => {
    const [march, none, april, alsoNone] = [
      await listed({ email: 'a@example.com' }, { [column]: '2027-03-01T00:00:00.000Z' }),
      await listed({ email: 'b@example.com' }, { [column]: null }),
      await listed({ email: 'c@example.com' }, { [column]: '2027-04-01T00:00:00.000Z' }),
      await listed({ email: 'd@example.com' }, { [column]: null }),
    ];

    expect(await pages(`/v1/purchases?sort=${sort}`)).toEqual([march, april, ...[none, alsoNone].sort()]);
  });

  test('are found within [from, to) of when they were bought, are charged next or end, by instants and by dates of the zone', async () => {
    await api.orm.em.fork().nativeUpdate(Account, world.accountId, { timeZone: 'America/New_York' });
    const early = await listed(
      { email: 'a@example.com' },
      { startedAt: '2027-02-01T04:59:59.000Z', nextChargeAt: '2027-03-01T05:00:00.000Z', cancelAt: null },
    );
    const late = await listed(
      { email: 'b@example.com' },
      { startedAt: '2027-02-01T05:00:00.000Z', nextChargeAt: null, cancelAt: '2027-03-01T05:00:00.000Z' },
    );

    expect(await ids('/v1/purchases?startedAtFrom=2027-02-01')).toEqual([late]);
    expect(await ids('/v1/purchases?startedAtTo=2027-02-01')).toEqual([early]);
    expect(await ids('/v1/purchases?startedAtFrom=2027-02-01T04:00:00Z&startedAtTo=2027-02-01T05:00:00Z')).toEqual([
      early,
    ]);
    expect(await ids('/v1/purchases?nextChargeAtFrom=2027-03-01')).toEqual([early]);
    expect(await ids('/v1/purchases?nextChargeAtTo=2027-03-01&sort=nextCharge')).toEqual([]);
    expect(await ids('/v1/purchases?nextChargeAtTo=2027-03-02&sort=nextCharge')).toEqual([early]);
    expect(await ids('/v1/purchases?cancelAtFrom=2027-03-01&cancelAtTo=2027-03-02')).toEqual([late]);
    expect(await countOf('/v1/purchases/count?cancelAtTo=2027-03-01')).toEqual({ count: 0, isOver: false });
    expect((await owner.get('/v1/purchases?startedAtFrom=May')).body).toMatchObject({ field: 'startedAtFrom' });
  });

  test('are counted by what people look for most, among those that other filters find', async () => {
    await listed({ email: 'a@example.com' }, { cancelAt: '2027-03-01T00:00:00.000Z' });
    await listed({ email: 'b@example.com' }, { billingWithoutAccess: true, billingStatus: 'past_due' });
    await listed({ email: 'c@other.example' }, { billingStatus: 'trialing' });

    const none = { needsAttention: 0, paused: 0, waitsForStripe: 0, refundsPending: 0, refundsFailed: 0, over: [] };
    const found = { all: 2, canceling: 1, billingWithoutAccess: 1, pastDue: 1, trialing: 0 };
    expect(await countOf('/v1/purchases/counts?q=example.com')).toEqual({ ...none, ...found });
    expect(await countOf('/v1/purchases/counts')).toEqual({ ...none, ...found, all: 3, trialing: 1 });
  });

  test('started at one instant are each on one page only', async () => {
    const made = [];
    for (let n = 0; n < 3; n += 1) made.push(await listed({ email: `p${n}@example.com` }));

    expect(await pages('/v1/purchases?billingStatus=active')).toEqual(made.sort().reverse());
  });

  test('refuse the cursor of another order', async () => {
    await listed({ email: 'a@example.com' });
    await listed({ email: 'b@example.com' });
    const { body } = await owner.get('/v1/purchases?limit=1');

    const { status, body: problem } = await owner.get(`/v1/purchases?sort=nextDue&cursor=${body.nextCursor}`);

    expect({ status, field: problem.field }).toEqual({ status: 422, field: 'cursor' });
  });

  test('are counted by the same filters as listed; a checkout that was never paid is none', async () => {
    await listed({ email: 'a@example.com' });
    await listed({ email: 'b@example.com' }, { startedAt: null });

    expect(await countOf('/v1/purchases/count')).toEqual({ count: 1, isOver: false });
    expect(await countOf(`/v1/purchases/count?offerId=${world.offerId}&billingStatus=active`)).toEqual({
      count: 1,
      isOver: false,
    });
    expect(await countOf('/v1/purchases/count?billingStatus=paused')).toEqual({ count: 0, isOver: false });
  });
});

describe('contacts', () => {
  beforeEach(async () => {
    const em = api.orm.em.fork();
    await aContact(em, world.accountId, { name: null, email: 'zoe@example.com', customerSince: T0 });
    await aContact(em, world.accountId, { name: null, email: 'bob@example.com', marketingStatus: 'subscribed' });
  });

  const addresses = async (path: string) => (await owner.get(path)).body.data.map(({ email }) => email);

  test('are counted exactly, by segment [R3.7] and by search', async () => {
    expect(await countOf('/v1/contacts/counts')).toEqual({ all: 3, customers: 1, subscribed: 1 });
    expect(await countOf('/v1/contacts/count?segment=customers')).toEqual({ count: 1, isOver: false });
    expect(await countOf('/v1/contacts/count?q=B@E')).toEqual({ count: 1, isOver: false });
  });

  test('are sorted by address, page by page', async () => {
    expect(await addresses('/v1/contacts?sort=email')).toEqual([
      'ada@example.com',
      'bob@example.com',
      'zoe@example.com',
    ]);
    expect(await pages('/v1/contacts?sort=email')).toEqual(await ids('/v1/contacts?sort=email'));
  });

  test.each([
    ['zo', ['zoe@example.com'], 'the beginning of an address'],
    ['BO', ['bob@example.com'], 'in any case'],
    ['te', ['bob@example.com'], 'of a name'],
    ['ma', ['bob@example.com'], 'of a part of a name'],
    ['ex', ['ada@example.com', 'bob@example.com', 'zoe@example.com'], 'of a domain'],
    ['c', ['ada@example.com', 'bob@example.com', 'zoe@example.com'], 'of a part of a domain'],
    ['oe', [], 'not within a word'],
    ['oe@', ['zoe@example.com'], 'but within one where there are more letters'],
    ['é', ['ada@example.com', 'bob@example.com', 'zoe@example.com'], 'without its accent'],
    ['王', ['bob@example.com'], 'or anywhere where they are not of a to z'],
    ['.c', ['ada@example.com', 'bob@example.com', 'zoe@example.com'], 'or begin otherwise'],
    ['_o', [], 'and mean what they are'],
  ])('are found by one or two letters: "%s" finds %j, %s', async (q, found) => {
    const bob = 'bob@example.com';
    await api.orm.em.fork().nativeUpdate(Contact, { email: bob }, { name: 'Ter-Martirosyan, Renée 小王' });

    expect(await addresses(`/v1/contacts?sort=email&q=${encodeURIComponent(q)}`)).toEqual(found);
  });

  test('are found anew after their address or name has changed', async () => {
    await owner.patch(`/v1/contacts/${world.contactId}`, { email: 'lady@example.com', name: 'Lovelace' });

    expect(await ids('/v1/contacts?q=ada')).toEqual([]);
    expect(await ids('/v1/contacts?q=lady')).toEqual([world.contactId]);
    expect(await ids('/v1/contacts?q=elac')).toEqual([world.contactId]);
  });
});

describe('emails', () => {
  test('are found by kind and recipient, contacts and admins', async () => {
    const em = api.orm.em.fork();
    const [{ id: ownerId }] = await em.execute<[{ id: string }]>('select id from admins where account_id = ?', [
      world.accountId,
    ]);
    const { accountId, contactId } = world;
    const toAda = await anEmail(em, { accountId, recipientId: contactId });
    const owners = { recipientKind: 'admin', recipientId: ownerId, kind: 'payment-failed' } as const;
    const toOwner = await anEmail(em, { accountId, ...owners });

    expect(await ids('/v1/emails?kind=payment-receipt')).toEqual([toAda]);
    expect(await ids('/v1/emails?q=ada@')).toEqual([toAda]);
    expect(await ids('/v1/emails?q=studio')).toEqual([toOwner]);
  });
});

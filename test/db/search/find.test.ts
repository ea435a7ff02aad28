import { beforeAll, describe, expect, test } from '@jest/globals';
import { scopeTo } from '../../../db/account-scope.ts';
import { eraseContact } from '../../../db/people/erase-contact.ts';
import { find } from '../../../db/search/find.ts';
import { SEARCH_KINDS } from '../../../workflows/domain/search.ts';
import { aPurchase } from '../../api/a-world.ts';
import {
  aContact,
  aCustomerAtStripe,
  anAccount,
  anEmail,
  anExpert,
  anOffer,
  aPaymentRow,
  aProduct,
  T0,
} from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';

useOrm();

let accountId: string;
const purchaseOf: Record<string, string> = {};
const ids: Record<string, string> = {};

const PEOPLE: Record<string, { name: string | null; email: string }> = {
  zoe: { name: 'Zoë Müller-Lüdenscheidt', email: 'zoe@mail.test' },
  obrien: { name: "Conan O'Brien", email: 'conan@mail.test' },
  lukasz: { name: 'Łukasz Straße', email: 'luk@mail.test' },
  wang: { name: '王小明', email: 'wang@mail.test' },
  percent: { name: '100% Sure_Thing \\ Co', email: 'sure@mail.test' },
  nameless: { name: null, email: 'jean.luc+news@enterprise.test' },
};

beforeAll(async () => {
  const em = orm.em.fork();
  ({ accountId } = await anAccount(em));
  const productId = await aProduct(em, accountId, 'Aquarelle für Anfänger');
  const { offerId } = await anOffer(em, accountId, { name: 'Gold, jährlich', productIds: [productId] });
  ids.gold = offerId;
  for (const [who, given] of Object.entries(PEOPLE)) {
    const contactId = await aContact(em, accountId, given);
    ids[who] = contactId;
    purchaseOf[who] = await aPurchase(orm, { contactId, offerId });
  }
});

const em = () => scopeTo(orm.em.fork(), accountId);
const every = { kinds: SEARCH_KINDS, most: 5 };
const rowsOf = async (typed: string) => {
  const found = await find(em(), typed, every);
  return SEARCH_KINDS.flatMap((kind) => (found[kind]?.rows ?? []).map(({ id }) => [kind, id] as const));
};
const people = async (typed: string) => (await find(em(), typed, every)).contact?.rows.map(({ id }) => nameOf(id));
const nameOf = (id: string) => Object.keys(ids).find((name) => ids[name] === id);

describe('people are found by words', () => {
  test.each([
    ['in any order', 'müller zoë', ['zoe']],
    ['without accents', 'zoe muller', ['zoe']],
    ['with accents that are written in two characters', 'Zoe\u0308', ['zoe']],
    ['by parts of words', 'denscheidt', ['zoe']],
    ['without the hyphen', 'mullerludenscheidt', ['zoe']],
    ['with a space in place of the hyphen', 'lüdenscheidt müller', ['zoe']],
    ['without the apostrophe', 'obrien', ['obrien']],
    ['with another apostrophe', 'o’brien conan', ['obrien']],
    ['by letters that have no accent to take off', 'lukasz strasse', ['lukasz']],
    ['in another script', '小明', ['wang']],
    ['by one letter that is a word', '王', ['wang']],
    ['by two letters where a word begins', 'ob', ['obrien']],
    ['by none that begins with two letters', 'nn', []],
    ['by an address', 'jean.luc+news@enterprise.test', ['nameless']],
    ['by a piece of an address', 'news@enter', ['nameless']],
    ['by words of an address', 'enterprise luc', ['nameless']],
    ['all of which must be there', 'zoe obrien', []],
  ])('%s', async (_, typed, found) => {
    expect(await people(typed)).toEqual(found);
  });
});

describe('what stands for others in patterns and statements', () => {
  test.each([
    ['100%', ['percent']],
    ['sure_thing', ['percent']],
    ['%', ['percent']],
    ['%%%', []],
    ['___', []],
    [String.raw`\ co`, ['obrien', 'percent']],
    [String.raw`\\`, []],
    [`'; drop table contacts; --`, []],
    [`"' or 1=1 --`, []],
    ['?', []],
    ['$1 ?::uuid', []],
    ['*&^()[]{}|', []],
    ['\u{1F600}', []],
    ['zoe '.repeat(2_500), ['zoe']],
    ['x'.repeat(10_000), []],
    ['ab '.repeat(3_400), []],
  ])('is looked for as it is: %p', async (typed, found) => {
    expect(await people(typed)).toEqual(found);
  });
});

describe('what is theirs comes with people', () => {
  test('purchases, payments, emails and calls, by the name of whoever has them', async () => {
    const whose = { accountId, contactId: ids.zoe!, purchaseId: purchaseOf.zoe! };
    const paymentId = await aPaymentRow(em(), whose);
    const emailId = await anEmail(em(), { accountId, recipientId: ids.zoe! });
    const callId = await aCall(whose);

    expect(await rowsOf('zoë')).toEqual([
      ['contact', ids.zoe],
      ['purchase', purchaseOf.zoe],
      ['payment', paymentId],
      ['email', emailId],
      ['call', callId],
    ]);
    expect(await rowsOf('quinn')).toEqual([['call', callId]]);
  });

  async function aCall(whose: { accountId: string; contactId: string; purchaseId: string }): Promise<string> {
    const expertId = await anExpert(em(), accountId, { name: 'Dr. Quínn' });
    const id = '0198aaaa-0000-7000-8000-000000000001';
    const times = [T0, '2027-01-31T09:45:00Z', '2027-01-31T09:45:00Z'];
    await orm.em.fork().execute(
      `insert into calls (id, account_id, purchase_id, contact_id, expert_id, state, starts_at, ends_at, busy_until, sequence, booked_at)
       values (?, ?, ?, ?, ?, 'booked', ?, ?, ?, 0, ?)`,
      [id, whose.accountId, whose.purchaseId, whose.contactId, expertId, ...times, T0],
    );
    return id;
  }

  test('purchases are found by their offer, by its products, and by both the offer and the buyer', async () => {
    expect(await rowsOf('gold jahrlich lukasz')).toEqual([['purchase', purchaseOf.lukasz]]);
    expect((await rowsOf('anfanger aquarelle')).slice(0, 2)).toEqual([
      ['purchase', purchaseOf.nameless],
      ['purchase', purchaseOf.percent],
    ]);
    expect((await find(em(), 'gold', every)).offer?.rows).toMatchObject([{ id: ids.gold, name: 'Gold, jährlich' }]);
  });

  test('no more of a kind than is asked for, and whether there are more', async () => {
    const { contact, purchase } = await find(em(), 'mail.test', { kinds: ['contact', 'purchase'], most: 2 });

    expect([contact?.rows.length, contact?.hasMore]).toEqual([2, true]);
    expect([purchase?.rows.length, purchase?.hasMore]).toEqual([2, true]);
    expect((await find(em(), 'obrien', every)).purchase?.hasMore).toBe(false);
  });

  test('who is named exactly comes first, and alone with what is theirs', async () => {
    const longer = await aContact(em(), accountId, { name: null, email: 'xzoe@mail.test.example' });

    const found = await rowsOf('zoe@mail.test');

    expect(found.slice(0, 2)).toEqual([
      ['contact', ids.zoe],
      ['contact', longer],
    ]);
    expect(found.filter(([kind]) => kind === 'purchase')).toEqual([['purchase', purchaseOf.zoe]]);
  });

  test('who begins with it comes before who has it within', async () => {
    const within = await aContact(em(), accountId, { name: 'Bernadette Antares', email: 'b1@mail.test' });
    const begins = await aContact(em(), accountId, {
      name: 'Antares Bernadette',
      email: 'b2@mail.test',
      createdAt: '2020-01-01T00:00:00Z',
    });

    expect((await rowsOf('antares')).map(([, id]) => id)).toEqual([begins, within]);
  });
});

describe('ids', () => {
  test('of ours are found whole, in capitals, and by their first eight digits', async () => {
    const id = '0197beef-1234-7000-8000-00000000abcd';
    await aContact(em(), accountId, { id, name: null, email: 'by-id@other.test' });

    for (const typed of [id, id.toUpperCase(), id.replaceAll('-', ''), id.slice(0, 8), id.slice(0, 14)])
      expect(await rowsOf(typed)).toEqual([['contact', id]]);
    expect(await rowsOf(id.slice(0, 7))).toEqual([]);
    expect((await rowsOf(purchaseOf.zoe!))[0]).toEqual(['purchase', purchaseOf.zoe]);
  });

  test('of Stripe are found whole, in their own case', async () => {
    const whose = { accountId, contactId: ids.obrien!, purchaseId: purchaseOf.obrien! };
    const paymentId = await aPaymentRow(em(), { ...whose, id: 'in_1Abc' });
    await orm.em
      .fork()
      .execute(
        `insert into stripe_objects values ('acct_1', 'pi_1Abc', ?, ?, 'in_1Abc'), ('acct_1', 'ch_1Abc', ?, ?, 'in_1Abc')`,
        [accountId, whose.purchaseId, accountId, whose.purchaseId],
      );
    await aCustomerAtStripe(em(), ids.obrien!, { customerId: 'cus_1Abc' });

    for (const typed of ['in_1Abc', 'pi_1Abc', 'ch_1Abc'])
      expect(await rowsOf(typed)).toEqual([
        ['purchase', whose.purchaseId],
        ['payment', paymentId],
      ]);
    expect((await rowsOf(`sub_${whose.purchaseId}`))[0]).toEqual(['purchase', whose.purchaseId]);
    expect(await rowsOf('cus_1Abc')).toEqual([
      ['contact', ids.obrien],
      ['purchase', whose.purchaseId],
      ['payment', paymentId],
    ]);
    expect(await rowsOf('pi_1abc')).toEqual([]);
  });

  test('a card is found by its last four digits', async () => {
    const whose = { accountId, contactId: ids.wang!, purchaseId: purchaseOf.wang! };
    const paymentId = await aPaymentRow(em(), { ...whose, cardBrand: 'visa', cardLast4: '9876', isCardRead: true });

    expect(await rowsOf('9876')).toEqual([
      ['purchase', whose.purchaseId],
      ['payment', paymentId],
    ]);
    expect(await rowsOf('876')).toEqual([]);
  });
});

test('another account finds nothing of it, whatever it is searched by', async () => {
  const { accountId: other } = await anAccount(orm.em.fork());
  const typed = [
    ...Object.values(PEOPLE).map(({ email }) => email),
    'gold',
    'quinn',
    'cus_1Abc',
    'pi_1Abc',
    'in_1Abc',
    '9876',
  ];
  const named = [
    ...Object.values(ids),
    ...Object.values(purchaseOf),
    ...Object.values(purchaseOf).map((id) => `sub_${id}`),
  ];

  for (const one of [...typed, ...named]) {
    const found = await find(scopeTo(orm.em.fork(), other), one, every);
    expect([one, Object.values(found).filter(({ rows }) => rows.length > 0)]).toEqual([one, []]);
  }
});

test('of whoever is erased, nothing they were searched by finds anything', async () => {
  const contactId = await aContact(em(), accountId, { name: 'Ephemera Vânt', email: 'gone@leaving.test' });
  const purchaseId = await aPurchase(orm, { contactId, offerId: ids.gold! });
  await aPaymentRow(em(), { accountId, contactId, purchaseId, cardBrand: 'visa', cardLast4: '5555', isCardRead: true });
  const asked = ['vant', 'ephemera', 'gone@leaving.test', '5555', contactId];
  for (const typed of asked) expect(await rowsOf(typed)).not.toEqual([]);

  await eraseContact(orm.em.fork(), { contactId, accountId });

  for (const typed of asked) expect([typed, await rowsOf(typed)]).toEqual([typed, []]);
  expect((await find(em(), purchaseId, every)).purchase?.rows).toMatchObject([{ id: purchaseId, isErased: true }]);
});

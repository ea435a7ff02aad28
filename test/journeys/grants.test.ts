import { expect, test } from '@jest/globals';
import { aSite, type Offer, type Site } from './a-site.ts';
import { askForFree, take, tokenFor as freeTokenFor } from './take-free.ts';
import { town, useTown } from './use-town.ts';

useTown();

const CONFIRMED = '2027-01-31T09:00Z offer-grant-confirmation to customer';
const WELCOMED = '2027-01-31T09:00Z member-welcome to customer';

async function grant(site: Site, { id: offerId }: Offer, email: string, options: object = {}): Promise<string> {
  const { purchase } = await site.must<{ purchase: { id: string } }>(
    site.clients.support.post('/v1/grants', { offerId, email, ...options }),
  );
  await site.quiet();
  return purchase.id;
}

/** From the one email in the person's mailbox that carries a link. */
async function tokenFor(email: string): Promise<string | undefined> {
  const texts = (await town.mailbox.emails(email)).map(
    ({ text }) => /set-password\?token=([\w-]+)/.exec(text ?? '')?.[1],
  );
  return texts.find((token) => token !== undefined);
}

test('somebody new gets the confirmation, then the welcome with a link that sets a password once', async () => {
  const site = await aSite(town);
  const email = site.newEmail();

  const id = await grant(site, await site.offer(), ` ${email.toUpperCase()} `, { reason: 'Won the raffle' });

  expect(await site.timeline(id)).toEqual(['2027-01-31T09:00Z purchase.granted by api_key (isNewCustomer: true)']);
  expect(await site.emails(id)).toEqual([CONFIRMED, WELCOMED]);
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'none',
    accessStatus: 'full',
    billing: { kind: 'none', status: 'none' },
    payments: [],
    refundWindow: null,
    due: [],
    contact: { email },
  });
  const token = await tokenFor(email);
  const setPassword = () => town.client(null).post('/v1/set-password', { token, password: 'a password of hers' });
  const [first, second] = [await setPassword(), await setPassword()];
  expect([first.status, second.status, second.body.code]).toEqual([200, 422, 'token_invalid']);
});

test('the link is over after seven days', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  await grant(site, await site.offer(), email);
  const token = await tokenFor(email);

  await site.moveTo('2027-02-07T09:00:00.000Z');

  const late = await town.client(null).post('/v1/set-password', { token, password: 'a password of hers' });
  expect([late.status, late.body.code]).toEqual([422, 'token_invalid']);
});

test('a customer already gets the confirmation only; each email can be skipped', async () => {
  const site = await aSite(town);
  const email = site.newEmail();

  const first = await grant(site, await site.offer(), email, { skipWelcome: true });
  const second = await grant(site, await site.offer(), email);
  const third = await grant(site, await site.offer(), email, { skipConfirmation: true });
  const other = await grant(site, await site.offer(), site.newEmail(), { skipConfirmation: true });
  const silent = { skipConfirmation: true, skipWelcome: true };
  const nobody = await grant(site, await site.offer(), site.newEmail(), silent);

  expect(await site.emails(first)).toEqual([CONFIRMED]);
  expect(await site.emails(second)).toEqual([CONFIRMED]);
  expect(await site.emails(third)).toEqual([]);
  expect(await site.emails(other)).toEqual([WELCOMED]);
  expect(await site.emails(nobody)).toEqual([]);
});

test('granting what is live or granted already is refused without an email; revoked, it can be granted again', async () => {
  const site = await aSite(town);
  const [offer, email] = [await site.offer(), site.newEmail()];
  const id = await grant(site, offer, email);

  const again = await site.owner.post('/v1/grants', { offerId: offer.id, email });
  expect([again.status, again.body.code]).toEqual([409, 'already_live']);
  await site.ask(id, 'revoke');
  const second = await grant(site, offer, email);

  expect(await site.read(id)).toMatchObject({ accessStatus: 'none' });
  expect(await site.read(second)).toMatchObject({ accessStatus: 'full' });
  expect(await site.emails(second)).toEqual([CONFIRMED]);
});

test('what was granted can be bought, what was bought cannot be granted while it is live', async () => {
  const site = await aSite(town);
  const [offer, email] = [await site.offer(), site.newEmail()];
  const granted = await grant(site, offer, email);

  const bought = await site.buy(offer, { email });
  await site.ask(granted, 'revoke');
  const refused = await site.owner.post('/v1/grants', { offerId: offer.id, email });
  await site.ask(bought, 'cancel', { when: 'now' });
  const afterwards = await site.owner.post('/v1/grants', { offerId: offer.id, email });

  expect(await site.emails(bought)).toContain('2027-01-31T09:00Z purchase-confirmation to customer');
  expect([refused.status, refused.body.code]).toEqual([409, 'already_live']);
  expect(afterwards.status).toBe(200);
});

test('a grant has no billing to pause, cancel or refund, and its days of access run out', async () => {
  const site = await aSite(town);
  const id = await grant(site, await site.offer({ accessDays: 10 }), site.newEmail());

  for (const verb of ['pause', 'undo-cancel', 'money-back', 'retry-payment'])
    expect(await site.refused(id, verb)).toMatchObject({ status: 409, code: 'wrong_state' });
  await site.moveTo('2027-02-10T09:00:00.000Z');

  expect(await site.read(id)).toMatchObject({ accessStatus: 'none', due: [] });
  expect((await site.timeline(id)).at(-1)).toBe('2027-02-10T09:00Z purchase.access-expired by automation');
});

const FREE = { price: { kind: 'free' } };

async function takeFreely(site: Site, email: string): Promise<string> {
  const offer = await site.offer(FREE);
  await askForFree(offer, email);
  await site.must(take(offer, await freeTokenFor(email)));
  await site.quiet();
  const { data } = await site.must<{ data: { id: string }[] }>(site.owner.get(`/v1/purchases?offerId=${offer.id}`));
  return data[0]?.id ?? '';
}

const granted = (options: object) => async (site: Site, email: string) =>
  grant(site, await site.offer(), email, options);

const BOUGHT = ['purchase-confirmation'];
/** The link to take it is mailed first, and listed last. */
const TAKEN = [...BOUGHT, 'free-offer-link'];
const GRANTED = ['offer-grant-confirmation'];
const WELCOME = ['member-welcome'];

/** Every way to a purchase, and what it mails to somebody new, and to a customer [R13.1, R13.2]. */
const WAYS: [way: string, go: (site: Site, email: string) => Promise<string>, toNew: string[], toOthers: string[]][] = [
  ['a checkout', async (site, email) => site.buy(await site.offer(), { email }), BOUGHT, BOUGHT],
  [
    'a checkout with a trial',
    async (site, email) => site.buy(await site.offer({ trialDays: 7 }), { email }),
    BOUGHT,
    BOUGHT,
  ],
  ['a free offer', takeFreely, TAKEN, TAKEN],
  ['a grant', granted({}), [...GRANTED, ...WELCOME], GRANTED],
  ['a grant without confirmation', granted({ skipConfirmation: true }), WELCOME, []],
  ['a grant without welcome', granted({ skipWelcome: true }), GRANTED, GRANTED],
  ['a grant without either', granted({ skipConfirmation: true, skipWelcome: true }), [], []],
];

test('each way to a purchase mails what it should to whoever is new, and to whoever is a customer', async () => {
  const site = await aSite(town);
  const kinds = async (id: string) => (await site.emails(id)).map((line) => line.split(' ')[1]);
  const mailed = [];
  for (const [way, go] of WAYS) {
    const [isNew, isCustomer] = [site.newEmail(), site.newEmail()];
    await grant(site, await site.offer(), isCustomer, { skipConfirmation: true, skipWelcome: true });
    mailed.push([way, await kinds(await go(site, isNew)), await kinds(await go(site, isCustomer))]);
  }

  expect(mailed).toEqual(WAYS.map(([way, , toNew, toOthers]) => [way, toNew, toOthers]));
});

import { expect, test } from '@jest/globals';
import { endCheckouts } from '../../activities/purchase/end-checkouts.ts';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Site } from './a-site.ts';
import { giveCard } from './give-card.ts';
import { town, useTown } from './use-town.ts';

useTown();

const VISA = '4242424242424242';
const DECLINED = '4000000000000002';
const DECLINES_LATER = 'pm_card_chargeCustomerFail';
const ASKS_BANK = '4000002500003155';

type Kept = { id: string; purchaseId: string; state: string; reason: string | null; endedAt: string | null } & Record<
  string,
  unknown
>;

const kept = async (site: Site, query = ''): Promise<Kept[]> =>
  (await site.must<{ data: Kept[] }>(site.owner.get(`/v1/checkouts?${query}`))).data;

const shown = async (site: Site, query = '') =>
  (await kept(site, query)).map(({ state, reason, endedAt }) => [state, reason, endedAt]);

const tryCard = (sessionId: string, card: string, how: object = {}) =>
  control(town.sandbox, 'POST', `/checkout/${sessionId}/pay`, { card, ...how });

test('checkouts end with why, at the instant at which their time was over, under the clock', async () => {
  const site = await aSite(town);
  const [left, declined, unfinished, paid] = await Promise.all([1, 2, 3, 4].map(() => site.offer()));
  await site.checkOut(left!);
  const second = await site.checkOut(declined!);
  const third = await site.checkOut(unfinished!);
  await tryCard(second.sessionId, DECLINED);
  await tryCard(third.sessionId, ASKS_BANK);
  await site.buy(paid!);
  expect((await shown(site)).map(([state]) => state)).toEqual(['completed', 'open', 'open', 'open']);

  await site.moveTo('2027-02-01T08:59:59.000Z');
  expect(await kept(site, 'state=ended')).toEqual([]);
  await site.moveTo('2027-02-03T09:00:00.000Z');

  const end = '2027-02-01T09:00:00.000Z';
  expect(await shown(site)).toEqual([
    ['completed', null, null],
    ['ended', 'expired', end],
    ['ended', 'declined', end],
    ['ended', 'left', end],
  ]);
  expect(await kept(site, 'state=ended&reason=declined')).toEqual([
    expect.objectContaining({
      purchaseId: second.purchaseId,
      amountMinor: 2900,
      currency: 'usd',
      url: null,
      recoveredBy: null,
      recoveredAt: null,
      contact: expect.objectContaining({ name: 'Ada' }),
      offer: { id: declined!.id, name: 'Studio' },
    }),
  ]);
  const { status } = await site.clients.assistant.get('/v1/checkouts');
  expect(status).toBe(403);
});

test('of what is free at first, a card that is refused is a decline; a renewal that fails is none', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const running = await site.buy(await site.offer(), { email });
  const trial = await site.offer({ trialDays: 14 });
  const asked = await site.checkOut(trial);
  await tryCard(asked.sessionId, '4000000000000069');
  await site.moveTo('2027-02-27T12:00:00.000Z');
  await giveCard(site, running, DECLINES_LATER);
  const other = await site.checkOut(await site.offer(), email);
  await site.moveTo('2027-03-02T09:00:00.000Z');

  expect(await shown(site, `offerId=${trial.id}`)).toEqual([['ended', 'declined', '2027-02-01T09:00:00.000Z']]);
  const [mine] = (await kept(site)).filter(({ purchaseId }) => purchaseId === other.purchaseId);
  expect(mine).toMatchObject({ state: 'ended', reason: 'left' });
});

test('another checkout takes the place of an open one; what is bought after all is told on each', async () => {
  const site = await aSite(town);
  const offer = await site.offer();
  const email = site.newEmail();
  const first = await site.checkOut(offer, email);
  await tryCard(first.sessionId, DECLINED);
  const second = await site.checkOut(offer, email);
  await endCheckouts(town.deps, null);
  expect(await shown(site)).toEqual([
    ['open', null, null],
    ['ended', 'declined', '2027-01-31T09:00:00.000Z'],
  ]);

  await site.pay(second.sessionId);
  await eventually(() => site.must(site.owner.get(`/v1/purchases/${second.purchaseId}`)));
  await site.quiet();
  const [paid, recovered] = await kept(site);
  expect(paid).toMatchObject({ state: 'completed', recoveredBy: null });
  expect(recovered).toMatchObject({
    state: 'ended',
    reason: 'declined',
    recoveredBy: second.purchaseId,
    recoveredAt: '2027-01-31T09:00:00.000Z',
  });
});

test('a bank debit that fails days later is a decline', async () => {
  const site = await aSite(town);
  const { sessionId } = await site.checkOut(
    await site.offer({ price: { kind: 'one_time', amountMinor: 4900, currency: 'usd' } }),
  );
  await tryCard(sessionId, VISA, { later: true });
  await control(town.sandbox, 'POST', `/checkout/${sessionId}/fail`);
  await eventually(async () => (await kept(site, 'state=ended')).length);
  expect(await shown(site)).toEqual([['ended', 'declined', '2027-01-31T09:00:00.000Z']]);
});

test('where the event is lost, the session is looked at when its time is over', async () => {
  const site = await aSite(town);
  await control(town.sandbox, 'POST', '/faults', { kind: 'drop', types: ['checkout.session.expired'] });
  const { purchaseId, sessionId } = await site.checkOut(await site.offer());
  await town.sandbox.stripe.checkout.sessions.expire(sessionId);
  const late = `update checkouts set expires_at = '2027-01-31T08:00:00Z' where purchase_id = ?`;
  await town.deps.orm.em.fork().execute(late, [purchaseId]);
  expect(await shown(site)).toEqual([['open', null, null]]);

  await endCheckouts(town.deps, null);
  await endCheckouts(town.deps, null);

  expect(await shown(site)).toEqual([['ended', 'left', '2027-01-31T08:00:00.000Z']]);
});

type Sent = { kind: string; state: string; reason: string | null; dueAt: string };

const recoveries = async (site: Site): Promise<Sent[]> =>
  (await site.must<{ data: Sent[] }>(site.owner.get('/v1/emails?kind=checkout-recovery'))).data;

const subscribe = (site: Site, email: string) =>
  town.deps.orm.em
    .fork()
    .execute(`update contacts set marketing_status = 'subscribed' where account_id = ? and email = ?`, [
      site.accountId,
      email,
    ]);

/** Opens the link that Stripe made for a session, as whoever gets the email does. */
async function beginAnew(sessionId: string): Promise<string> {
  const { after_expiration: after } = await town.sandbox.stripe.checkout.sessions.retrieve(sessionId);
  const answer = await fetch(after?.recovery?.url ?? '', { redirect: 'manual' });
  return (answer.headers.get('location') ?? '').split('/').at(-1)!;
}

test('who subscribed is mailed the link once, in its order; everybody else is not, and it says why', async () => {
  const site = await aSite(town);
  const [ada, eve] = [site.newEmail(), site.newEmail()];
  await site.checkOut(await site.offer(), ada);
  await site.checkOut(await site.offer(), eve);
  await subscribe(site, ada);

  await site.moveTo('2027-02-03T09:00:00.000Z');
  await endCheckouts(town.deps, null);

  const at = '2027-02-01T09:00:00.000Z';
  const sent = await recoveries(site);
  expect(sent.map(({ state, reason, dueAt }) => [state, reason, dueAt]).sort()).toEqual([
    ['sent', null, at],
    ['suppressed', 'never_subscribed', at],
  ]);
  const [mail] = (await town.mailbox.emails()).filter(({ to }) => [to].flat().includes(ada)).slice(-1);
  expect(mail?.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
});

test.each([
  ['a subscription', {}],
  ['what is paid once', { price: { kind: 'one_time', amountMinor: 4_900, currency: 'usd' } }],
])('%s that is bought by the link is told on the checkout that was left', async (_what, wish) => {
  const site = await aSite(town);
  const { purchaseId, sessionId } = await site.checkOut(await site.offer(wish));
  await tryCard(sessionId, DECLINED);
  await site.moveTo('2027-02-02T09:00:00.000Z');

  await site.pay(await beginAnew(sessionId));
  await eventually(() => site.must(site.owner.get(`/v1/purchases/${purchaseId}`)));
  await site.quiet();

  expect(await kept(site)).toEqual([
    expect.objectContaining({
      state: 'ended',
      reason: 'declined',
      recoveredBy: purchaseId,
      recoveredAt: '2027-02-02T09:00:00.000Z',
    }),
  ]);
});

test('no email where the site has switched it off, and none where another checkout took its place', async () => {
  const [quiet, site] = [await aSite(town), await aSite(town)];
  await quiet.must(quiet.owner.patch('/v1/settings', { emailsOff: ['checkout-recovery'] }));
  await quiet.checkOut(await quiet.offer());
  const offer = await site.offer();
  const email = site.newEmail();
  await site.checkOut(offer, email);
  await site.checkOut(offer, email);

  await quiet.moveTo('2027-02-03T09:00:00.000Z');
  await site.moveTo('2027-02-03T09:00:00.000Z');

  expect(await recoveries(quiet)).toEqual([]);
  expect(await recoveries(site)).toHaveLength(1);
});

import { v7 as uuid } from 'uuid';
import { DifferenceRow } from '../../db/entities/difference-row.ts';
import { Offer } from '../../db/entities/offer.ts';
import { StripeConnection } from '../../db/entities/stripe-connection.ts';
import { unsubscribeToken } from '../../db/people/unsubscribe-link.ts';
import { anAddOn } from '../api/an-add-on.ts';
import { aBroadcast, aSentBroadcast } from '../builders/broadcasts.ts';
import { aBlock, aField, aForm, anExpert, aPlatformAccount, aSegment } from '../builders/rows.ts';
import { aSuppression } from '../builders/suppressions.ts';
import type { SegmentFilter } from '../../workflows/domain/segment.ts';
import { asCustomer } from '../journeys/as-customer.ts';
import type { BuyWish, OfferWish, Site } from '../journeys/a-site.ts';

/** A call has begun at a quarter to, and is still on. */
const NOW = '2027-02-02T09:00:00.000Z';
const ADA = { email: 'ada@filled.example' };
const LONG = 'Bartholomew-Maximilian of the very long and never broken name';

const ONCE = { kind: 'one_time', amountMinor: 9_900, currency: 'usd' };
const PLAN = { kind: 'payment_plan', amountMinor: 4_900, currency: 'usd', instalments: 3 };
const CREDITS = { perYear: 6, issue: { everyMonths: 2 }, validMonths: 12, callMinutes: 45 };
const GROUP = { group: 'plans' };

const SEGMENT_FILTERS: SegmentFilter[] = [
  { kind: 'marketing_status', status: 'subscribed' },
  { kind: 'tag', tag: 'vip', isNot: true },
  { kind: 'field', field: 'birthday', test: 'before', value: '2000-01-01' },
  { kind: 'purchase', billingStatus: 'past_due' },
  { kind: 'active', days: 30 },
  { kind: 'spent', bound: 'at_least', amountMinor: 10_000, currency: 'eur' },
  { kind: 'segment', segment: 'customers' },
];

type Sold = { wish?: OfferWish; by?: BuyWish; then?: [verb: string, body: object] };

/** One of each kind, and one for each state that a page wants; Ada has those of her own pages. */
const SOLD = {
  live: { wish: { ...GROUP, credits: CREDITS, officeHours: true, products: 2 }, by: ADA },
  plan: { wish: { price: PLAN }, by: ADA },
  once: { wish: { price: ONCE, accessDays: 60 }, by: ADA },
  asking: { wish: { cancelBy: 'request' }, by: ADA },
  mayAsk: { wish: { cancelBy: 'request' }, by: ADA },
  leaving: { by: { ...ADA, promotionCode: 'SPRING' } },
  changing: { wish: GROUP },
  paused: { then: ['pause', { reason: 'Abroad' }] },
  revoked: { then: ['revoke', { reason: 'Shared the login' }] },
  returned: { then: ['money-back', { reason: 'Not what was hoped for' }] },
  trial: { wish: { trialDays: 14 } },
  overdue: { wish: { trialDays: 1, amountMinor: 29_000 }, by: { card: '4000000000000341' } },
  failing: { by: { card: '4000000000005126' } },
  disputed: { by: { card: '4000000000000259' } },
} satisfies Record<string, Sold>;

type Name = keyof typeof SOLD;
type Bought = { offerId: string; purchaseId: string };

export type Filled = Awaited<ReturnType<typeof fillAccount>>;

/** An account in which everything has happened once. */
export async function fillAccount(site: Site) {
  const { owner, must } = site;
  await aPlatformAccount(site.town.deps.orm.em.fork());
  const { removalId: removalRequestId } = await anAddOn({ orm: site.town.deps.orm }, site.accountId);
  const code = { code: 'SPRING', percentOff: 50, duration: { months: 3 } };
  const { id: promotionCodeId } = await must(owner.post('/v1/promotion-codes', code), 201);
  await must(
    owner.patch('/v1/settings', { selfChange: 'all', selfPause: { isOn: true }, retention: { offer: 'pause' } }),
  );
  const freeOfferId = (await site.offer({ name: 'First steps', price: { kind: 'free' } })).id;
  await site.town.deps.orm.em.fork().nativeUpdate(Offer, { id: freeOfferId }, { activationSince: NOW });
  const goldId = (await site.offer({ name: 'Gold', ...GROUP, amountMinor: 9_900 })).id;
  const bought = await buyAll(site, goldId);
  const calls = await bookCalls(site, bought.live.purchaseId);
  await site.moveTo(NOW);
  const ada = await asCustomer(site, bought.live.purchaseId);
  const ofAda = (name: Name, verb: string): string => `/v1/me/purchases/${bought[name].purchaseId}/${verb}`;
  const request = { reason: 'We are moving away', refundWanted: true };
  await must(ada.post(ofAda('asking', 'cancellation-request'), request));
  await must(ada.post(ofAda('leaving', 'cancel'), {}));
  await site.quiet();
  const { slug } = (await owner.get('/v1/settings')).body;
  const newest = await newestOf(site);
  await aSuppression(site.town.deps.orm.em.fork(), { accountId: site.accountId, contactId: newest.contactId });
  return {
    ...bought,
    ...calls,
    removalRequestId,
    differenceId: await aDifference(site, bought.live.purchaseId),
    stripeAccount: await aConnection(site),
    ...newest,
    fieldId: await aField(site.town.deps.orm.em.fork(), site.accountId, 'birthday'),
    segmentId: await aSegment(site.town.deps.orm.em.fork(), site.accountId, {
      name: 'Lost and missed',
      filters: SEGMENT_FILTERS,
    }),
    formId: await aForm(site.town.deps.orm.em.fork(), site.accountId),
    broadcastId: await aBroadcast(site.town.deps.orm.em.fork(), site.accountId),
    sentBroadcastId: (await aSentBroadcast(site.town.deps.orm.em.fork(), site.accountId)).broadcastId,
    unsubscribeToken: unsubscribeToken(newest.contactId, site.town.environment.SECRET_KEY ?? ''),
    adminId: (await must(owner.post('/v1/admins', { email: 'grace@filled.example', role: 'support' }), 201)).id,
    promotionCodeId,
    freeOfferId,
    goldId,
    invoiceId: (await site.read(bought.live.purchaseId)).payments[0]?.id ?? '',
    strayId: await aStray(site, bought.live.purchaseId),
    accountId: site.accountId,
    slug: String(slug),
    checkout: await checkoutTokenOf(site, bought.plan.offerId),
  };
}

/** A Stripe account of earlier sales. */
async function aConnection({ town, accountId }: Site): Promise<string> {
  const stripeAccount = `acct_${uuid().slice(-12)}`;
  const kept = { sealedKey: null, keyEnding: null, stripeEndpointId: null, sealedSecrets: null, disconnectedAt: null };
  const by = { actor: { kind: 'admin' as const, id: null }, connectedAt: NOW };
  const of = { stripeAccount, accountId, kind: 'oauth', isLivemode: false } as const;
  await town.deps.orm.em.fork().insert(StripeConnection, { ...of, ...kept, ...by });
  return stripeAccount;
}

async function buyAll(site: Site, goldId: string): Promise<Record<Name, Bought>> {
  const buy = async ([name, { wish, by, then }]: [string, Sold]): Promise<[string, Bought]> => {
    const offer = await site.offer({ name: `Membership ${name}`, ...wish });
    const purchaseId = await site.buy(offer, by);
    if (then) await site.ask(purchaseId, ...then);
    return [name, { offerId: offer.id, purchaseId }];
  };
  const bought = Object.fromEntries(await Promise.all(Object.entries<Sold>(SOLD).map(buy))) as Record<Name, Bought>;
  await site.ask(bought.changing.purchaseId, 'change-offer', { offerId: goldId, when: 'period_end' });
  const { contactId, payments } = await site.read(bought.failing.purchaseId);
  await site.must(site.owner.patch(`/v1/contacts/${contactId}`, { name: LONG }));
  const refund = { paymentId: payments[0]?.id, amountMinor: 900 };
  await site.ask(bought.failing.purchaseId, 'refund', refund);
  return bought;
}

/** Two experts and office hours; a call to come, one of an expert who falls ill, and a seat. */
async function bookCalls(site: Site, purchaseId: string) {
  const { accountId, owner, must, town } = site;
  const em = town.deps.orm.em.fork();
  const expertId = await anExpert(em, accountId);
  const away = await anExpert(em, accountId, { name: 'Jo Park', timeZone: 'America/Los_Angeles' });
  const blockId = await aBlock(em, { accountId, expertId });
  const issue = { count: 2, reason: 'A present' };
  await site.ask(purchaseId, 'issue-credit', issue);
  const book = async (of: string, startsAt: string): Promise<string> =>
    (await must(owner.post('/v1/calls', { purchaseId, expertId: of, startsAt }))).id;
  const [callId, begunId] = [
    await book(expertId, '2027-02-10T08:00:00.000Z'),
    await book(expertId, '2027-02-02T08:45:00.000Z'),
    await book(away, '2027-02-09T17:00:00.000Z'),
  ];
  const date = '2027-02-03';
  const seat = await must(owner.post(`/v1/office-hours/${blockId}/seats`, { purchaseId, date }));
  const days = { from: '2027-02-09', to: '2027-02-09', reason: 'Ill' };
  const job = await must(owner.post(`/v1/experts/${away}/cancel-bookings`, days), 202);
  const { url } = await must<{ url: string }>(owner.get(`/v1/experts/${expertId}/link`));
  await site.quiet();
  const expertToken = url.split('/').at(-1) ?? '';
  return { expertId, blockId, date, callId, begunId, seatId: seat.id, jobId: job.id, expertToken };
}

/** The newest of what nobody has named. */
async function newestOf(site: Site) {
  const newest = async (list: string): Promise<string> =>
    (await site.must<{ data: { id: string }[] }>(site.owner.get(`/v1/${list}`))).data[0]?.id ?? '';
  return {
    productId: await newest('products'),
    contactId: await newest('contacts'),
    emailId: await newest('emails'),
    commandId: await newest('commands'),
    entryId: await newest('audit-log?kind=settings.changed'),
    webhookId: await newest('webhooks'),
    kind: 'purchase-confirmation',
    requestId: await newest('cancellation-requests?state=open'),
  };
}

/** A webhook whose purchase nobody finds. */
async function aStray({ town }: Site, pointsAt: string): Promise<string> {
  const object = { object: 'subscription', id: `sub_${uuid()}`, metadata: {} };
  const event = { id: `evt_${uuid()}`, object: 'event', type: 'customer.subscription.updated', data: { object } };
  const { rowId } = await town.deps.events.store({
    source: 'acct_stranger',
    externalId: event.id,
    kind: event.type,
    at: '2027-01-31T10:00:00.000Z',
    body: Buffer.from(JSON.stringify({ ...event, created: 1_801_389_600, livemode: false })),
    isLivemode: false,
    refs: [object.id],
    pointsAt,
    customerId: null,
    names: [],
  });
  return rowId;
}

/** What the address carries to which Stripe leads back. */
async function checkoutTokenOf(site: Site, offerId: string): Promise<string> {
  const asked = { email: site.newEmail(), name: null };
  const { body } = await site.town.client(null).post(`/v1/public/offers/${offerId}/checkout`, asked);
  const sessionId = new URL(body.url).pathname.split('/').at(-1) ?? '';
  const { success_url } = await site.town.sandbox.stripe.checkout.sessions.retrieve(sessionId);
  return new URL(success_url ?? '').searchParams.get('checkout') ?? '';
}

/** One that was found: its end is another at Stripe than here. */
async function aDifference(site: Site, purchaseId: string): Promise<string> {
  const id = uuid();
  const subscriptionId = await site.subscriptionOf(purchaseId);
  const seen = { createdAt: NOW, lookedAt: NOW, endedAt: null, actor: null, note: null, cause: null };
  const sides = { here: { cancelAt: null }, there: { cancelAt: '2027-02-28T09:00:00.000Z' } };
  const found = {
    kind: 'cancellation',
    severity: 'medium',
    state: 'open',
    objectId: subscriptionId,
    ...sides,
  } as const;
  const { accountId } = site;
  await site.town.deps.orm.em.fork().insert(DifferenceRow, { ...seen, ...found, id, accountId, purchaseId });
  return id;
}

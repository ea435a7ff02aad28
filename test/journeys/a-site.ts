import { v7 as uuid } from 'uuid';
import { createAccount } from '../../db/create-account.ts';
import { ROLES, type Role } from '../../workflows/domain/verb.ts';
import { aKey } from '../api/a-world.ts';
import type { Answer, Body, Client } from '../api/a-client.ts';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import type { Town } from './a-town.ts';
import { checkDue, linesOfDue, linesOfEmails, linesOfTimeline } from './lines.ts';

/** A month's end on purpose. */
export const T0 = '2027-01-31T09:00:00.000Z';
export const VISA = '4242424242424242';

export type PriceWish = Partial<{
  amountMinor: number;
  currency: string;
  interval: 'week' | 'month' | 'year';
  trialDays: number;
  setupFeeMinor: number;
}>;
export type OfferWish = PriceWish & Record<string, unknown> & { products?: number };
export type Offer = { id: string; productIds: string[] };
export type BuyWish = { card?: string; email?: string; at?: string };

export type SiteWish = { at?: string; timeZone?: string };

/** A creator's site in test mode, whose clock stands at `at`; from here on everything is asked over HTTP. */
export async function aSite(town: Town, { at = T0, timeZone = 'UTC' }: SiteWish = {}) {
  const em = town.deps.orm.em.fork();
  const label = uuid().slice(-8);
  const { accountId } = await createAccount(em, {
    ...{ name: 'Willow', mode: 'test', timeZone, supportEmail: 'help@willow.example', passwordHash: null, now: at },
    ownerEmail: `owner-${label}@willow.example`,
  });
  const clients = {} as Record<Role, Client>;
  for (const role of ROLES) {
    const headers: Record<string, string> = role === 'operator' ? { 'perennial-account': accountId } : {};
    clients[role] = town.client(await aKey(em, role === 'operator' ? null : accountId, role), headers);
  }
  const { owner } = clients;
  const purchases: string[] = [];

  const must = async (answer: Promise<Answer>, status = 200): Promise<Body> => {
    const { status: is, body } = await answer;
    if (is !== status) throw new Error(`${is} instead of ${status}: ${JSON.stringify(body)}`);
    return body;
  };

  async function offer({ products = 1, ...wish }: OfferWish = {}): Promise<Offer> {
    const { amountMinor = 2_900, currency = 'usd', interval = 'month', trialDays = 0, ...more } = wish;
    const { setupFeeMinor = 0, ...rest } = more;
    const productIds: string[] = [];
    for (let n = 1; n <= products; n += 1)
      productIds.push((await must(owner.post('/v1/products', { name: `Course ${n}` }), 201)).id as string);
    const price = { kind: 'subscription', amountMinor, currency, interval, trialDays, setupFeeMinor };
    const made = await must(owner.post('/v1/offers', { name: 'Studio', productIds, price, ...rest }), 201);
    return { id: made.id as string, productIds };
  }

  const newEmail = (): string => `ada-${uuid().slice(-12)}@example.com`;

  async function checkOut(ofOffer: Offer, email = newEmail()): Promise<{ purchaseId: string; sessionId: string }> {
    const body = await must(owner.post('/v1/checkouts', { offerId: ofOffer.id, email, name: 'Ada' }), 201);
    return {
      purchaseId: body.purchaseId as string,
      sessionId: new URL(body.url as string).pathname.split('/').at(-1)!,
    };
  }

  const pay = (sessionId: string, card = VISA) => control(town.sandbox, 'POST', `/checkout/${sessionId}/pay`, { card });

  /** Buys as a person does; resolves once the purchase is one, with what its birth must bring. */
  async function buy(ofOffer: Offer, { card, email }: BuyWish = {}): Promise<string> {
    const { purchaseId, sessionId } = await checkOut(ofOffer, email);
    await pay(sessionId, card);
    await eventually(() => must(owner.get(`/v1/purchases/${purchaseId}`)));
    await quiet();
    purchases.push(purchaseId);
    return purchaseId;
  }

  const read = (purchaseId: string): Promise<Body> => must(owner.get(`/v1/purchases/${purchaseId}`));
  const timelineOf = (purchaseId: string): Promise<Body> => must(owner.get(`/v1/purchases/${purchaseId}/timeline`));

  /** A verb that is carried out at once. */
  async function ask(purchaseId: string, verb: string, body: unknown = {}, by: Client = owner): Promise<Body> {
    const done = await must(by.post(`/v1/purchases/${purchaseId}/${verb}`, body));
    await quiet();
    return done;
  }

  /** What a verb that is not done is answered. */
  async function refused(purchaseId: string, verb: string, body: unknown = {}, by: Client = owner) {
    const { status, body: problem } = await by.post(`/v1/purchases/${purchaseId}/${verb}`, body);
    if (status < 400) throw new Error(`${verb} was done`);
    return { status, code: problem.code as string, field: (problem.field ?? null) as string | null };
  }

  /** Everything that was sent or caused has had its effect: no open rows, no verb under way, no unsent email. */
  async function quiet(): Promise<void> {
    const sql = town.deps.orm.em.fork();
    await eventually(async () => {
      const [left] = await sql.execute<{ count: string }[]>(LEFT, [accountId, accountId, accountId]);
      return left?.count === '0';
    });
  }

  /** Moves the clock, and checks that what was due is what then happened [R23.1]. */
  async function moveTo(to: string): Promise<void> {
    const before = await Promise.all(purchases.map(timelineOf));
    const clock = await must(owner.post('/v1/test-clock/advance', { to }));
    if (clock.isMoving) throw new Error('the clock is still moving');
    await quiet();
    for (const [index, purchaseId] of purchases.entries())
      checkDue(before[index].due, to, (await timelineOf(purchaseId)).data, await read(purchaseId));
  }

  const emailsOf = async (purchaseId: string): Promise<Body[]> =>
    (await must(owner.get(`/v1/emails?purchaseId=${purchaseId}&limit=200`))).data.reverse();

  return {
    ...{ town, accountId, clients, owner, purchases, must, offer, newEmail, checkOut, pay, buy, read, ask, refused },
    ...{ quiet, moveTo, emailsOf, timelineOf },
    timeline: async (purchaseId: string) => linesOfTimeline((await timelineOf(purchaseId)).data),
    due: async (purchaseId: string) => linesOfDue((await timelineOf(purchaseId)).due),
    emails: async (purchaseId: string) => linesOfEmails(await emailsOf(purchaseId)),
  };
}

export type Site = Awaited<ReturnType<typeof aSite>>;

const LEFT = `
  select (select count(*) from inbox where account_id = ? and state = 'open')
    + (select count(*) from purchases where account_id = ? and has_pending and not needs_attention)
    + (select count(*) from emails where account_id = ? and state = 'queued') as count`;

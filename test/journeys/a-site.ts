import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { doneSchema, previewSchema } from '../../api/inbox/command-schema.ts';
import { anAccount, T0 } from '../builders/rows.ts';
import { ROLES, type Role } from '../../workflows/domain/verb.ts';
import { aKey } from '../api/a-world.ts';
import type { Answer, Body, Client } from '../api/a-client.ts';
import { purchaseWorkflowId } from '../../workflows/ids.ts';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import type { Town } from './a-town.ts';
import {
  checkDue,
  linesOfDue,
  linesOfEmails,
  linesOfTimeline,
  type ApiPurchase,
  type ApiTimeline,
  type ListedEmail,
} from './lines.ts';

const VISA = '4242424242424242';

export type PriceWish = Partial<{
  amountMinor: number;
  currency: string;
  interval: 'week' | 'month' | 'year';
  trialDays: number;
  setupFeeMinor: number;
}>;
export type OfferWish = PriceWish & Record<string, unknown> & { products?: number };
export type Offer = { id: string; productIds: string[] };
export type BuyWish = { card?: string | undefined; email?: string; at?: string; promotionCode?: string };

type OpenCheckout = { purchaseId: string; sessionId: string };
type Done = z.output<typeof doneSchema>;
type Preview = z.output<typeof previewSchema>;

export type SiteWish = { at?: string; timeZone?: string; isPlatform?: boolean };

/**
 * A creator's site in test mode, whose clock stands at `at`; from here on everything is asked over
 * HTTP.
 */
export async function aSite(town: Town, { at = T0, timeZone = 'UTC', isPlatform = false }: SiteWish = {}) {
  const em = town.deps.orm.em.fork();
  const label = uuid().slice(-8);
  const ownerEmail = `owner-${label}@willow.example`;
  const { accountId } = await anAccount(em, { timeZone, now: at, ownerEmail, isPlatform });
  const clients = {} as Record<Role, Client>;
  for (const role of ROLES) {
    const headers: Record<string, string> = role === 'operator' ? { 'perennial-account': accountId } : {};
    clients[role] = town.client(await aKey(em, role === 'operator' ? null : accountId, role), headers);
  }
  const { owner } = clients;
  const purchases: string[] = [];

  const must = async <T = Body>(answer: Promise<Answer>, status = 200): Promise<T> => {
    const { status: is, body } = await answer;
    if (is !== status) throw new Error(`${is} instead of ${status}: ${JSON.stringify(body)}`);
    return body as T;
  };

  async function offer({ products = 1, ...wish }: OfferWish = {}): Promise<Offer> {
    const { amountMinor = 2_900, currency = 'usd', interval = 'month', trialDays = 0, ...more } = wish;
    const { setupFeeMinor = 0, ...rest } = more;
    const productIds: string[] = [];
    for (let n = 1; n <= products; n += 1)
      productIds.push((await must(owner.post('/v1/products', { name: `Course ${n}` }), 201)).id);
    const price = { kind: 'subscription', amountMinor, currency, interval, trialDays, setupFeeMinor };
    const made = await must(owner.post('/v1/offers', { name: 'Studio', productIds, price, ...rest }), 201);
    return { id: made.id, productIds };
  }

  /** Another offer of products that are there already. */
  const offerOf = async (productIds: string[]): Promise<Offer> => {
    const price = { kind: 'subscription', amountMinor: 1_000, currency: 'usd', interval: 'month' };
    const { id } = await must(owner.post('/v1/offers', { name: 'Bundle', productIds, price }), 201);
    return { id, productIds };
  };

  const newEmail = (): string => `ada-${uuid().slice(-12)}@example.com`;

  async function checkOut(ofOffer: Offer, email = newEmail(), promotionCode?: string): Promise<OpenCheckout> {
    const asked = { offerId: ofOffer.id, email, name: 'Ada', promotionCode };
    const body = await must(owner.post('/v1/checkouts', asked), 201);
    return {
      purchaseId: body.purchaseId,
      sessionId: new URL(body.url).pathname.split('/').at(-1)!,
    };
  }

  const pay = (sessionId: string, card = VISA) => control(town.sandbox, 'POST', `/checkout/${sessionId}/pay`, { card });

  /** Buys as a person does; resolves once the purchase is one, with what its birth must bring. */
  async function buy(ofOffer: Offer, { card, email, promotionCode }: BuyWish = {}): Promise<string> {
    const { purchaseId, sessionId } = await checkOut(ofOffer, email, promotionCode);
    await pay(sessionId, card);
    await eventually(() => must(owner.get(`/v1/purchases/${purchaseId}`)));
    await quiet();
    purchases.push(purchaseId);
    return purchaseId;
  }

  /** What was bought on pages, with what its birth must bring; `more`: filters of the list. */
  async function boughtBy(email: string, more: Record<string, string> = {}): Promise<string> {
    const list = `/v1/purchases?${new URLSearchParams({ q: email, ...more }).toString()}`;
    const id = await eventually(async () => (await must<{ data: { id: string }[] }>(owner.get(list))).data[0]?.id);
    await quiet();
    return id;
  }

  const read = (purchaseId: string): Promise<ApiPurchase> => must(owner.get(`/v1/purchases/${purchaseId}`));
  const subscriptionOf = async (purchaseId: string): Promise<string> =>
    (await read(purchaseId)).billing?.subscriptionId ?? '';
  const timelineOf = (purchaseId: string): Promise<ApiTimeline> =>
    must(owner.get(`/v1/purchases/${purchaseId}/timeline`));

  /** A verb that is carried out at once. */
  async function ask(purchaseId: string, verb: string, body: unknown = {}, by: Client = owner): Promise<Done> {
    const done = await must<Done>(by.post(`/v1/purchases/${purchaseId}/${verb}`, body));
    await quiet();
    return done;
  }

  const preview = (purchaseId: string, verb: string, body: object = {}): Promise<Preview> =>
    must(owner.post(`/v1/purchases/${purchaseId}/${verb}`, { ...body, dryRun: true }));

  /** What a verb that is not done is answered. */
  async function refused(purchaseId: string, verb: string, body: unknown = {}, by: Client = owner) {
    const { status, body: problem } = await by.post(`/v1/purchases/${purchaseId}/${verb}`, body);
    if (status < 400) throw new Error(`${verb} was done`);
    return { status, code: problem.code, field: problem.field };
  }

  /**
   * Everything that was sent or caused has had its effect: no open rows, no verb under way, no
   * unsent email.
   */
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
      checkDue(before[index]?.due ?? [], to, (await timelineOf(purchaseId)).data, await read(purchaseId));
  }

  /** Presses `retry` or `abandon`, as an operator does in the Temporal UI. */
  async function press(purchaseId: string, button: 'retry' | 'abandon'): Promise<void> {
    await town.deps.temporal.client.workflow.getHandle(purchaseWorkflowId(purchaseId)).executeUpdate(button);
    await quiet();
  }

  /** Stripe's charge of a purchase's n-th payment. */
  async function chargeOf(purchaseId: string, index = 0): Promise<string> {
    const paymentId = (await read(purchaseId)).payments[index]?.id ?? '';
    const { data } = await town.sandbox.stripe.invoicePayments.list({ invoice: paymentId, limit: 1 });
    const intent = data[0]?.payment.payment_intent;
    const { latest_charge } = await town.sandbox.stripe.paymentIntents.retrieve(intent as string);
    return latest_charge as string;
  }

  const emailsOf = async (purchaseId: string): Promise<ListedEmail[]> => {
    const { data } = await must<{ data: ListedEmail[] }>(owner.get(`/v1/emails?purchaseId=${purchaseId}&limit=200`));
    return data.reverse();
  };

  return {
    town,
    accountId,
    clients,
    owner,
    purchases,
    must,
    offer,
    offerOf,
    newEmail,
    checkOut,
    pay,
    buy,
    boughtBy,
    read,
    ask,
    preview,
    refused,
    quiet,
    moveTo,
    emailsOf,
    timelineOf,
    subscriptionOf,
    press,
    chargeOf,
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

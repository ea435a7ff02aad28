import { v7 as uuid } from 'uuid';
import { acceptCommandOnce, type AskedCommand } from '../../db/inbox/accept-command.ts';
import { toInstant } from '../../db/instants.ts';
import { keepRoutes } from '../../db/inbox/match-events.ts';
import { keepOwnStripeAccount } from '../../db/money/own-stripe-account.ts';
import { pullEvents } from '../../activities/clock/pull-events.ts';
import { purchaseWorkflowId } from '../../workflows/ids.ts';
import type { RowEnd } from '../../workflows/inbox/inbox.ts';
import { isCharged, paidOnce, trialDaysOf, type Price } from '../../workflows/domain/price.ts';
import type { CreditRule } from '../../workflows/domain/credits/rule.ts';
import type { Quotas } from '../../workflows/domain/quotas.ts';
import type { CancelBy } from '../../workflows/domain/offer.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import {
  aContact,
  aCustomerAtStripe,
  anAccount,
  anIncompletePurchase,
  anOffer,
  MONTHLY,
  T0,
} from '../builders/rows.ts';
import { eventually } from './eventually.ts';
import type { Stack } from './stack.ts';

export { T0 };

/** What a shop needs of a stack. */
export type ShopStack = Pick<Stack, 'deps'> & { sandbox: Pick<Stack['sandbox'], 'url'> };
export type ShopOptions = { mode?: 'test' | 'live' };
export type OfferWish = {
  price?: Price;
  refundWindowDays?: number;
  accessDays?: number | null;
  accessStartsAt?: string | null;
  requires?: string[];
  cancelBy?: CancelBy;
  credits?: CreditRule;
  quotas?: Quotas;
  quotaFactor?: number;
  /** The account that it is bought for; for the contact itself, unless it is said. */
  forAccountId?: string;
  /** Who buys; somebody new, unless it is said. */
  person?: Person;
};
type Person = { contactId: string; customerId: string };
export type End = { state: RowEnd['state'] | 'open'; answer: Pick<RowEnd, 'refusal' | 'effects'> | null };
type Row = Record<string, unknown>;

export const OPERATOR = '018f2f6e-0000-7000-8000-00000000000f';

/**
 * An account with an owner on a stack, of which people buy; in test mode its clock stands at T0.
 * Everything goes to the inbox directly, without the API.
 */
export async function aShop(stack: ShopStack, { mode = 'test' }: ShopOptions = {}) {
  const { deps } = stack;
  const startedAt = new Date(Date.now() - 1_000).toISOString();
  const sql = <T extends Row = Row>(text: string, values: unknown[] = []): Promise<T[]> =>
    deps.orm.em.fork().execute<T[]>(text, values);
  const startsAt = mode === 'test' ? T0 : new Date().toISOString();
  const { accountId } = await anAccount(deps.orm.em.fork(), { mode, now: startsAt });

  const now = async (): Promise<string> => {
    const [account] = await sql<{ clock_at: Date | null }>('select clock_at from accounts where id = ?', [accountId]);
    return account?.clock_at ? toInstant(account.clock_at) : new Date().toISOString();
  };

  async function write(purchaseId: string, name: CommandName, input: unknown, changes: Partial<AskedCommand> = {}) {
    const command: AskedCommand = {
      commandId: uuid(),
      accountId,
      purchaseId,
      name,
      input,
      askedAt: await now(),
      actor: { kind: 'operator', id: OPERATOR, role: 'operator' },
      planHash: null,
      expectedVersion: null,
      reason: null,
      feedback: null,
      ...changes,
    };
    const accepted = await acceptCommandOnce(deps.orm.em.fork(), command, null);
    return { commandId: command.commandId, ahead: accepted.kind === 'new' ? accepted.ahead : null };
  }

  /** Accepts a command without waking anybody. */
  const accept = async (...asked: Parameters<typeof write>): Promise<string> => (await write(...asked)).commandId;

  async function endOf(commandId: string): Promise<End> {
    const [row] = await sql<End & Row>('select state, answer from inbox where id = ?', [commandId]);
    if (!row) throw new Error(`no command ${commandId}`);
    return row;
  }

  const untilEnded = (commandId: string, withinMs?: number): Promise<End> =>
    eventually(async () => {
      const end = await endOf(commandId);
      return end.state === 'open' ? null : end;
    }, withinMs);

  async function ask(purchaseId: string, name: CommandName, input: unknown, changes: Partial<AskedCommand> = {}) {
    const { commandId, ahead } = await write(purchaseId, name, input, changes);
    await deps.wakes.look(purchaseId, { kind: name, rowId: commandId, ahead });
    return untilEnded(commandId);
  }

  /** Moves the account's clock, and with it Stripe's, and waits until it has arrived. */
  async function moveTo(at: string): Promise<void> {
    await sql('update accounts set clock_target = ? where id = ?', [at, accountId]);
    await deps.wakes.moveClock(accountId, at);
    await eventually(async () => {
      const [account] = await sql('select 1 from accounts where id = ? and clock_target is null', [accountId]);
      return account;
    }, 60_000);
  }

  /**
   * What webhooks would have brought by now, for accounts without a clock: fetched from Stripe's
   * list, and everybody woken.
   */
  async function deliver(): Promise<void> {
    await pullEvents(deps, { since: startedAt, until: null }, null);
    const rows = await sql<{ id: string }>(
      `select distinct subject_id as id from inbox where account_id = ? and state = 'open'`,
      [accountId],
    );
    await Promise.all(rows.map(({ id }) => deps.wakes.wake(id, { kind: 'delivered', rowId: null })));
  }

  async function offer({
    price = MONTHLY,
    refundWindowDays = 30,
    accessDays = null,
    accessStartsAt = null,
    requires = [],
    cancelBy = 'self',
    credits,
    quotas,
    quotaFactor,
  }: OfferWish = {}) {
    const terms = {
      name: 'Studio Membership',
      price,
      refundWindowDays,
      accessDays,
      accessStartsAt,
      requires,
      cancelBy,
      ...(credits && { credits }),
      ...(quotas && { quotas }),
      ...(quotaFactor !== undefined && { quotaFactor }),
    };
    const { offerId, productIds } = await anOffer(deps.orm.em.fork(), accountId, terms);
    return { offerId, productId: productIds[0]!, price };
  }

  async function contact() {
    const contactId = uuid();
    const person = { contactId, email: `ada-${contactId}@example.com`, name: 'Ada Lovelace' };
    const ids = { accountId, contactId };
    const clock =
      mode === 'test' ? await deps.gateway.createClock({ ...ids, frozenAt: await now() }, uuid(), null) : null;
    const clockId = clock?.clockId ?? null;
    const { customerId } = await deps.gateway.createCustomer({ ...person, clockId }, uuid(), null);
    const { email, name } = person;
    await aContact(deps.orm.em.fork(), accountId, { id: contactId, email, name });
    await aCustomerAtStripe(deps.orm.em.fork(), contactId, { customerId, clockId });
    return { contactId, customerId };
  }

  /** The row of a purchase that has not begun. */
  async function incompletePurchase(
    offerId: string,
    contactId: string,
    origin: PurchaseState['origin'],
    forAccountId?: string,
  ): Promise<string> {
    const bought = forAccountId === undefined ? {} : { forAccountId };
    const asked = { contactId, offerId, origin, now: await now(), ...bought };
    return (await anIncompletePurchase(deps.orm.em.fork(), asked)).purchaseId;
  }

  /**
   * Somebody goes through Stripe's checkout; the purchase begins with the events that come of
   * it.
   */
  async function checkOut(wish: OfferWish = {}, card = '4242424242424242'): Promise<string> {
    const { offerId, price } = await offer(wish);
    const { contactId, customerId } = wish.person ?? (await contact());
    const purchaseId = await incompletePurchase(offerId, contactId, 'bought', wish.forAccountId);
    if (!isCharged(price)) throw new Error('nobody checks out what is free');
    const prices = await deps.gateway.createPrice({ offerId, name: 'Studio Membership', price }, uuid(), null);
    const urls = { successUrl: 'https://willow.example/thanks', cancelUrl: 'https://willow.example' };
    const session = await deps.gateway.createCheckout(
      {
        purchaseId,
        accountId,
        offerId,
        contactId,
        customerId,
        ...urls,
        mode: paidOnce(price) ? 'payment' : 'subscription',
        trialDays: trialDaysOf(price),
        priceId: prices.stripePriceId,
        feePriceId: prices.stripeFeePriceId,
        expiresAt: null,
      },
      uuid(),
      null,
    );
    const stripeAccount = await deps.gateway.ownAccount();
    await keepOwnStripeAccount(deps.orm.em.fork(), stripeAccount);
    await sql('update purchases set stripe_account = ? where id = ?', [stripeAccount, purchaseId]);
    await keepRoutes(deps.orm.em.fork(), { purchaseId, stripeAccount, objectIds: [session.sessionId] });
    await control(stack.sandbox, 'POST', `/checkout/${session.sessionId}/pay`, { card });
    return purchaseId;
  }

  /**
   * Somebody buys, and the purchase has begun. In a test account its clock goes on by a minute.
   */
  async function buy(wish: OfferWish = {}, card?: string): Promise<string> {
    const purchaseId = await checkOut(wish, card);
    if (mode === 'test') await moveTo(new Date(Date.parse(await now()) + 60_000).toISOString());
    else await deliver();
    await eventually(async () => (await state(purchaseId)).startedAt);
    return purchaseId;
  }

  async function state(purchaseId: string): Promise<PurchaseState> {
    const [row] = await sql<{ snapshot: PurchaseState }>('select snapshot from purchases where id = ?', [purchaseId]);
    if (!row) throw new Error(`no purchase ${purchaseId}`);
    return row.snapshot;
  }

  /** Types of the timeline, oldest first, with the instants as of which they hold. */
  async function timeline(purchaseId: string): Promise<[type: string, at: string][]> {
    const rows = await sql<{ type: string; at: Date }>(
      'select type, at from timeline where purchase_id = ? order by revision, position',
      [purchaseId],
    );
    return rows.map(({ type, at }) => [type, toInstant(at)]);
  }

  /** Kinds of the emails that a purchase has caused, in their order. */
  async function emails(purchaseId: string): Promise<string[]> {
    const rows = await sql<{ kind: string }>(
      'select kind from emails where purchase_id = ? order by due_at, position',
      [purchaseId],
    );
    return rows.map(({ kind }) => kind);
  }

  const workflow = (purchaseId: string) => deps.temporal.client.workflow.getHandle(purchaseWorkflowId(purchaseId));

  return {
    accountId,
    sql,
    now,
    write,
    accept,
    ask,
    endOf,
    untilEnded,
    moveTo,
    deliver,
    offer,
    contact,
    incompletePurchase,
    checkOut,
    buy,
    state,
    timeline,
    emails,
    workflow,
  };
}

export type Shop = Awaited<ReturnType<typeof aShop>>;

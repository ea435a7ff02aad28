import type Stripe from 'stripe';
import type { Orm } from '../../db/orm.ts';
import { rivalOf } from '../../db/purchase/rivals.ts';
import { asksForSlots, slotsOfCommand } from '../../db/calls/asked-slots.ts';
import { shutSlots } from '../../db/calls/shut-slots.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import type { ShutSlot } from '../../workflows/domain/calls/bookings.ts';
import { readPayments } from '../../db/money/recalled-payments.ts';
import type { Payment } from '../../workflows/domain/payments.ts';
import type { Command } from '../../workflows/domain/pending.ts';
import { namedPayment } from '../../workflows/domain/named-payment.ts';
import { keepStripeComment } from '../../db/inbox/command-texts.ts';
import { lookIntoInbox, MOST_ROWS, type OpenRow } from '../../db/inbox/open-rows.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import type { Fact } from '../../workflows/domain/facts.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';
import type { InboxRow, Taken } from '../../workflows/inbox/inbox.ts';
import { log } from '../../log.ts';
import type { StripeGateway } from '../gateways/stripe/gateway.ts';
import { fromStripeEvent } from '../gateways/stripe/normalise.ts';

type Deps = { orm: Orm; gateway: Pick<StripeGateway, 'failureOf' | 'cardEnd'> };

/**
 * The open rows of a purchase, read as commands and facts. While a test clock moves, people's
 * commands wait until it has arrived. While Stripe is moving to the next step nothing is taken, so
 * that both sides of that instant are taken in order.
 */
export const createTakeInbox =
  (deps: Deps) =>
  async (purchaseId: string): Promise<Taken | null> => {
    const look = await lookIntoInbox(deps.orm.em.fork(), purchaseId);
    if (!look) return null;
    const { rows } = look;
    const { isMoving, isBetweenSteps, hasEarlierPayments, knownCard, ...around } = look.around;
    const taken = rows.filter((row) => !isBetweenSteps && !(isMoving && waitsForClock(row)));
    const rowsRead = await Promise.all(taken.map((row) => readRow(deps, { purchaseId, knownCard }, row)));
    for (const row of rowsRead)
      if (row.command) {
        row.shut = await shutOf(deps.orm, purchaseId, row.command);
        row.rival = await rivalOf(deps.orm.em.fork(), purchaseId, row.command);
      }
    const recalled = hasEarlierPayments ? await recalledBy(deps.orm, purchaseId, rowsRead) : [];
    return { ...around, rows: rowsRead, isMore: rows.length === MOST_ROWS, ...(recalled.length > 0 && { recalled }) };
  };

/** What the rows name of payments, since the snapshot keeps the latest ones only. */
async function recalledBy(orm: Orm, purchaseId: string, rows: InboxRow[]): Promise<Payment[]> {
  const ids = rows.flatMap((row) => namedPayment(row) ?? []);
  return ids.length === 0 ? [] : readPayments(orm.em.fork(), purchaseId, ids);
}

/** Which of the slots that a command asks for cannot be had; undefined = it asks for none. */
async function shutOf(orm: Orm, purchaseId: string, command: Command): Promise<ShutSlot[] | undefined> {
  if (!asksForSlots(command)) return undefined;
  const em = orm.em.fork();
  const { accountId, contactId } = await em.findOneOrFail(Purchase, purchaseId, { fields: ['accountId', 'contactId'] });
  const asked = slotsOfCommand(command, { accountId, contactId });
  return asked ? shutSlots(em, asked) : undefined;
}

const waitsForClock = (row: OpenRow): boolean => row.isCommand && row.actor.kind !== 'system';

type Whose = { purchaseId: string; knownCard: string | null };

async function readRow(deps: Deps, whose: Whose, row: OpenRow): Promise<InboxRow> {
  const { rowId, seq, at, kind } = row;
  if (!row.isCommand) {
    const event = eventOf(row);
    await keepComment(deps.orm, row, event);
    const read: InboxRow = { rowId, seq, at, kind, ...factOf(row, event) };
    return withCardEnd(deps, whose, await withReason(deps, whose.purchaseId, read));
  }
  const { input, actor, planHash, expectedVersion } = row;
  const command = { commandId: rowId, name: kind as CommandName, input, actor, askedAt: at, planHash, expectedVersion };
  return { rowId, seq, at, kind, command };
}

/** The event as it arrived; null if the body is gone or cannot be read. */
function eventOf({ body }: OpenRow): Stripe.Event | null {
  if (body === null) return null;
  try {
    return JSON.parse(body.toString('utf8')) as Stripe.Event | null;
  } catch {
    return null;
  }
}

/**
 * A row whose body was deleted has nothing to say; one that cannot be read must not hold up the
 * others.
 */
function factOf(
  { rowId, body, link }: OpenRow,
  event: Stripe.Event | null,
): { fact: Fact | null; isUnreadable: boolean } {
  if (body === null) return { fact: null, isUnreadable: false };
  try {
    if (event === null) throw new SyntaxError('its body is no JSON object');
    return { fact: fromStripeEvent(event, link === null ? null : { paymentId: link }), isUnreadable: false };
  } catch (error) {
    log.error({ rowId, error }, 'event.unreadable');
    return { fact: null, isUnreadable: true };
  }
}

/**
 * Text that somebody wrote in Stripe's portal stays in Postgres, since facts go into histories
 * [R24.4].
 */
async function keepComment(orm: Orm, { rowId, kind }: OpenRow, event: Stripe.Event | null): Promise<void> {
  if (!kind.startsWith('customer.subscription.')) return;
  const subscription = event?.data?.object as Partial<Stripe.Subscription> | null | undefined;
  const comment: unknown = subscription?.cancellation_details?.comment;
  const written = typeof comment === 'string' ? comment.trim().slice(0, MOST_LETTERS) : '';
  if (written !== '') await keepStripeComment(orm.em.fork(), rowId, written);
}

/** The same limit as for text written here. */
const MOST_LETTERS = 2_000;

/**
 * The event of a failed attempt says neither why it failed nor with which card. If Stripe does not
 * answer in time, it is taken without that.
 */
async function withReason({ orm, gateway }: Deps, purchaseId: string, row: InboxRow): Promise<InboxRow> {
  if (row.command) return row;
  const { fact } = row;
  if (fact?.object.type !== 'invoice' || fact.object.trouble === null) return row;
  const { object } = fact;
  try {
    const account = await stripeAccountOf(orm.em.fork(), purchaseId);
    const failure = await gateway.failureOf(object, account);
    return { ...row, fact: { ...fact, object: { ...object, ...(failure ?? { declineCode: null }) } } };
  } catch (error) {
    log.warn({ rowId: row.rowId, error }, 'stripe.reason_unread');
    return row;
  }
}

/**
 * The event of a subscription names its card, and not until when that is valid. Where that is not
 * known yet, Stripe is asked; if it does not answer in time, the event is taken without.
 */
async function withCardEnd({ orm, gateway }: Deps, { purchaseId, knownCard }: Whose, row: InboxRow): Promise<InboxRow> {
  const object = row.command ? undefined : row.fact?.object;
  if (row.command || object?.type !== 'subscription' || !row.fact) return row;
  const { methodId, cardEndsAt: known, endedAt } = object;
  if (methodId == null || known !== undefined || methodId === knownCard || endedAt !== null) return row;
  try {
    const cardEndsAt = await gateway.cardEnd(methodId, await stripeAccountOf(orm.em.fork(), purchaseId));
    return { ...row, fact: { ...row.fact, object: { ...object, cardEndsAt } } };
  } catch (error) {
    log.warn({ rowId: row.rowId, error }, 'stripe.card_unread');
    return row;
  }
}

import type Stripe from 'stripe';
import type { Orm } from '../../db/orm.ts';
import { keepStripeComment } from '../../db/command-texts.ts';
import { lookIntoInbox, MOST_ROWS, type OpenRow } from '../../db/open-rows.ts';
import { stripeAccountOf } from '../../db/stripe-account.ts';
import type { Fact } from '../../workflows/domain/facts.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';
import type { InboxRow, Taken } from '../../workflows/inbox.ts';
import { log } from '../../log.ts';
import type { StripeGateway } from '../gateways/stripe/gateway.ts';
import { fromStripeEvent } from '../gateways/stripe/normalise.ts';

type Deps = { orm: Orm; gateway: Pick<StripeGateway, 'declineCodeOf'> };

/**
 * The open rows of a purchase, read as commands and facts. While a test clock moves, people's commands wait until it has arrived;
 * and while Stripe is being moved to the next step nothing is taken, so that both sides of that instant are taken in order.
 */
export const createTakeInbox =
  (deps: Deps) =>
  async (purchaseId: string): Promise<Taken | null> => {
    const look = await lookIntoInbox(deps.orm.em.fork(), purchaseId);
    if (!look) return null;
    const { rows } = look;
    const { isMoving, isBetweenSteps, ...around } = look.around;
    const taken = rows.filter((row) => !isBetweenSteps && !(isMoving && waitsForClock(row)));
    await keepComments(deps.orm, taken);
    const rowsRead = await Promise.all(taken.map(read).map((row) => withReason(deps, purchaseId, row)));
    return { ...around, rows: rowsRead, isMore: rows.length === MOST_ROWS };
  };

const waitsForClock = (row: OpenRow): boolean => row.isCommand && row.actor.kind !== 'system';

function read(row: OpenRow): InboxRow {
  const { rowId, seq, at, kind } = row;
  if (!row.isCommand) return { rowId, seq, at, kind, ...factOf(row) };
  const { input, actor, planHash, expectedVersion } = row;
  const command = { commandId: rowId, name: kind as CommandName, input, actor, askedAt: at, planHash, expectedVersion };
  return { rowId, seq, at, kind, command };
}

/** A row whose body is gone has nothing more to say; one that nobody can read must not hold up the others. */
function factOf({ rowId, body, link }: OpenRow): { fact: Fact | null; isUnreadable: boolean } {
  if (body === null) return { fact: null, isUnreadable: false };
  try {
    const event = JSON.parse(body.toString('utf8')) as Stripe.Event;
    return { fact: fromStripeEvent(event, link === null ? null : { paymentId: link }), isUnreadable: false };
  } catch (error) {
    log.error({ rowId, error }, 'event.unreadable');
    return { fact: null, isUnreadable: true };
  }
}

/** What somebody wrote in Stripe's portal stays in Postgres: facts go into histories [R24.4]. */
async function keepComments(orm: Orm, rows: OpenRow[]): Promise<void> {
  for (const row of rows) {
    const comment = row.isCommand ? null : commentIn(row);
    if (comment) await keepStripeComment(orm.em.fork(), row.rowId, comment.slice(0, MOST_LETTERS));
  }
}

/** As much as may be written here. */
const MOST_LETTERS = 2_000;

function commentIn({ kind, body }: OpenRow): string | null {
  if (!kind.startsWith('customer.subscription.') || !body?.includes('"comment"')) return null;
  try {
    const { data } = JSON.parse(body.toString('utf8')) as { data: { object: Stripe.Subscription } };
    const comment: unknown = data.object.cancellation_details?.comment;
    return typeof comment === 'string' ? comment.trim() || null : null;
  } catch {
    return null; // told of as unreadable
  }
}

/** The event of a failed try does not say why it failed. Where Stripe does not tell in time, it is taken without that. */
async function withReason({ orm, gateway }: Deps, purchaseId: string, row: InboxRow): Promise<InboxRow> {
  if (row.command) return row;
  const { fact } = row;
  if (fact?.object.type !== 'invoice' || fact.object.trouble !== 'failed') return row;
  const { object } = fact;
  try {
    const account = await stripeAccountOf(orm.em.fork(), purchaseId);
    const declineCode = await gateway.declineCodeOf(object, account);
    return { ...row, fact: { ...fact, object: { ...object, declineCode } } };
  } catch (error) {
    log.warn({ rowId: row.rowId, error }, 'stripe.reason_unread');
    return row;
  }
}

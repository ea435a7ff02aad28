import type Stripe from 'stripe';
import type { Orm } from '../../db/orm.ts';
import { openRows, surroundings, type OpenRow } from '../../db/open-rows.ts';
import type { Fact } from '../../workflows/domain/facts.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';
import type { InboxRow, Taken } from '../../workflows/inbox.ts';
import { fromStripeEvent } from '../gateways/stripe/normalise.ts';

/**
 * The open rows of a purchase, read as commands and facts. While a test clock moves, people's commands wait until it has arrived;
 * and while Stripe is being moved to the next step nothing is taken, so that both sides of that instant are taken in order.
 */
export const createTakeInbox =
  (orm: Orm) =>
  async (purchaseId: string): Promise<Taken> => {
    const em = orm.em.fork();
    const { isMoving, isBetweenSteps, ...around } = await surroundings(em, purchaseId);
    const rows = await openRows(em, purchaseId);
    return { ...around, rows: rows.filter((row) => !isBetweenSteps && !(isMoving && waitsForClock(row))).map(read) };
  };

const waitsForClock = (row: OpenRow): boolean => row.isCommand && row.actor.kind !== 'system';

function read(row: OpenRow): InboxRow {
  const { rowId, seq, at, kind } = row;
  if (!row.isCommand) return { rowId, seq, at, kind, fact: factOf(row) };
  const { input, actor, planHash, expectedVersion } = row;
  const command = { commandId: rowId, name: kind as CommandName, input, actor, askedAt: at, planHash, expectedVersion };
  return { rowId, seq, at, kind, command };
}

/** A row whose body is gone was done long ago; it has nothing more to say. */
function factOf({ body, link }: OpenRow): Fact | null {
  if (body === null) return null;
  const event = JSON.parse(body.toString('utf8')) as Stripe.Event;
  return fromStripeEvent(event, link === null ? null : { paymentId: link });
}

import type Stripe from 'stripe';
import { fromStripeEvent } from '../../activities/gateways/stripe.ts';
import { endHeard, readRecorded } from '../../db/inbox/end-heard.ts';
import { lookIntoInbox, type OpenRow } from '../../db/inbox/open-rows.ts';
import type { Orm } from '../../db/orm.ts';
import type { Fact } from '../../workflows/domain/facts.ts';
import { heardOnly, heardUpTo } from '../../workflows/domain/heard.ts';

/**
 * `ended`: nothing in it was news. `later`: a verb is not recorded yet, and it may be its echo.
 * `news`: the purchase has to look itself, as it does when in doubt.
 */
export type Judgement = 'ended' | 'later' | 'news';

/**
 * Ends what Stripe has told of a purchase, if by the rules of the purchase itself none of it
 * changes anything: then no workflow is woken for it. What its metadata say proves nothing.
 */
export async function endIfKnown(orm: Orm, purchaseId: string): Promise<Judgement> {
  const em = orm.em.fork();
  const recorded = await readRecorded(em, purchaseId);
  if (!recorded?.state.startedAt) return 'news';
  if (recorded.state.pending) return 'later';
  const look = await lookIntoInbox(em, purchaseId);
  if (!look || look.around.isMoving || look.rows.length === 0) return 'news';
  const { epoch, revision, settings, clock, duplicateOf, heardAt } = look.around;
  if (epoch !== recorded.epoch || revision !== recorded.revision) return 'news';
  const facts = look.rows.map(factOf);
  if (!facts.every((fact) => fact !== null)) return 'news';
  const now = clock ?? new Date().toISOString();
  const heard = heardOnly(heardUpTo(recorded.state, heardAt), facts, { now, settings, duplicateOf });
  if (heard === undefined) return 'news';
  const rowIds = look.rows.map(({ rowId }) => rowId);
  return (await endHeard(em, { purchaseId, epoch, revision, rowIds, heardAt: heard, now })) ? 'ended' : 'news';
}

/** null = a command, or an event of which more is kept or asked than the purchase itself knows. */
function factOf({ isCommand, body, link }: OpenRow): Fact | null {
  if (isCommand || body === null) return null;
  try {
    const event = JSON.parse(body.toString('utf8')) as Stripe.Event;
    const fact = fromStripeEvent(event, link === null ? null : { paymentId: link });
    return fact && !isCommented(event) && !isFailure(fact) ? fact : null;
  } catch {
    return null;
  }
}

/** What somebody wrote in Stripe's portal is kept with the row. */
const isCommented = ({ data: { object } }: Stripe.Event): boolean =>
  'cancellation_details' in object && Boolean(object.cancellation_details?.comment);

/** Stripe is asked why a payment has failed. */
const isFailure = ({ object }: Fact): boolean => object.type === 'invoice' && object.trouble !== null;

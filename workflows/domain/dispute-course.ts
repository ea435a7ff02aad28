import type { DisputeFact, Fact } from './facts.ts';
import { STRIPE_DISPUTE_STATUSES, type Dispute } from './payments.ts';

/** What bars a refund of the payment [R10.5]. */
export const isBarring = ({ status }: Pick<Dispute, 'status'>): boolean => status === 'open' || status === 'lost';

/** It is over, and the money stayed. */
export const isSettled = ({ status }: Pick<Dispute, 'status'>): boolean => status === 'won' || status === 'closed';

/** It is decided, so that nobody has to respond. */
export const isDecided = (dispute: Pick<Dispute, 'status'>): boolean => isSettled(dispute) || dispute.status === 'lost';

/**
 * Whether a fact says of a known dispute what was not known. An inquiry may become a dispute, and a
 * dispute is decided, whenever that is heard; for what may go either way, such as a lost dispute
 * that is claimed back and won, the later word holds, and of one second what comes later in its
 * course.
 */
export function isNews(known: Dispute, { object, occurredAt }: Fact & { object: DisputeFact }): boolean {
  if (isSame(known, object)) return false;
  const [before, after] = [phaseOf(known), phaseOf(object)];
  if (before !== after && Math.min(before, after) < DECIDED) return after > before;
  const { heardAt = known.since } = known;
  return occurredAt === heardAt ? placeOf(object) > placeOf(known) : occurredAt > heardAt;
}

type Said = Pick<Dispute, 'status' | 'stripeStatus'>;

const DECIDED = 2;

function phaseOf(said: Said): number {
  if (said.stripeStatus?.startsWith('appeal_')) return 3;
  if (isDecided(said)) return DECIDED;
  return said.status === 'open' ? 1 : 0;
}

const placeOf = ({ status, stripeStatus }: Said): number =>
  STRIPE_DISPUTE_STATUSES.findIndex((one) => one === (stripeStatus ?? status));

/** What a fact does not say is no difference. */
const isSame = (known: Dispute, { status, stripeStatus, evidenceDueAt, amountMinor }: DisputeFact): boolean =>
  status === known.status &&
  amountMinor === known.amountMinor &&
  (stripeStatus === undefined || stripeStatus === known.stripeStatus) &&
  (evidenceDueAt === undefined || evidenceDueAt === (known.evidenceDueAt ?? null));

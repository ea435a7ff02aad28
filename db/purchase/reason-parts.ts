import { cancellationOf, endOf } from '../../workflows/domain/billing-parts.ts';
import type { CancelFeedback } from '../../workflows/domain/billing.ts';
import { FEEDBACK_REASONS } from '../../workflows/domain/cancel-reasons.ts';
import type { TimelineEntry } from '../../workflows/domain/outcome.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { sql, type Sql } from '../sql.ts';
import { rowsOf } from './write-read-state.ts';

/** Of a record, with the ids that its entries get. */
type Told = { state: PurchaseState; entries: TimelineEntry[]; entryIds: string[] };

/**
 * Who has canceled and why follows from the timeline, in the transaction that writes it. A purchase
 * has one cancellation at a time: a date that is moved, and the end itself, are no further one.
 */
export function reasonParts(records: Told[]): Sql[] {
  return [...undoneParts(records), ...madeParts(records), ...laterParts(records), ...offerParts(records)];
}

const UNDONE = 'purchase.cancellation-undone';
const MADE = ['purchase.cancellation-scheduled', 'purchase.canceled'];
/** By the customer, or by whoever it was at Stripe. */
const CAUSES: unknown[] = ['voluntary', 'external'];

function undoneParts(records: Told[]): Sql[] {
  const rows = records.flatMap(({ state: { purchaseId }, entries }) =>
    entries.filter(({ type }) => type === UNDONE).map(({ at }) => ({ purchaseId, at })),
  );
  if (rows.length === 0) return [];
  return [
    sql`
      update cancellation_reasons c set undone_at = e.at
      from advanced a join ${rowsOf(rows, 'at timestamptz')} on e."purchaseId" = a.id
      where c.purchase_id = a.id and c.undone_at is null`,
  ];
}

function madeParts(records: Told[]): Sql[] {
  const rows = records.flatMap(({ state, entries, entryIds }) => {
    const undone = entries.findLastIndex(({ type }) => type === UNDONE);
    const made = entries.findIndex(({ type, data }, index) => index > undone && MADE.includes(type) && isTold(data));
    if (made === -1) return [];
    const { at, data } = entries[made]!;
    const { purchaseId, terms } = state;
    // A statement does not see what another part of it changes.
    const isAfresh = undone !== -1;
    return [
      {
        purchaseId,
        id: entryIds[made],
        offerId: terms.offerId,
        at,
        cause: data.cause,
        reason: reasonIn(data),
        isAfresh,
      },
    ];
  });
  if (rows.length === 0) return [];
  const columns = 'id uuid, "offerId" uuid, at timestamptz, cause text, reason text, "isAfresh" boolean';
  return [
    sql`
      insert into cancellation_reasons (id, account_id, purchase_id, offer_id, at, cause, reason)
      select e.id, a.account_id, a.id, e."offerId", e.at, e.cause, e.reason
      from advanced a join ${rowsOf(rows, columns)} on e."purchaseId" = a.id
      where e."isAfresh" or not exists (select from cancellation_reasons c where c.purchase_id = a.id and c.undone_at is null)`,
  ];
}

const isTold = ({ cause, reason }: TimelineEntry['data']): boolean => CAUSES.includes(cause) || reason !== undefined;

function reasonIn({ reason, feedback }: TimelineEntry['data']): string | null {
  if (typeof reason === 'string') return reason;
  return typeof feedback === 'string' ? (FEEDBACK_REASONS[feedback as CancelFeedback] ?? feedback) : null;
}

/** Stripe may tell the reason after the cancellation. */
function laterParts(records: Told[]): Sql[] {
  const rows = records.flatMap(({ state: { purchaseId, billing } }) => {
    const feedback = (endOf(billing) ?? cancellationOf(billing))?.feedback;
    return feedback ? [{ purchaseId, reason: FEEDBACK_REASONS[feedback] }] : [];
  });
  if (rows.length === 0) return [];
  return [
    sql`
      update cancellation_reasons c set reason = e.reason
      from advanced a join ${rowsOf(rows, 'reason text')} on e."purchaseId" = a.id
      where c.purchase_id = a.id and c.reason is null and c.undone_at is null and c.cause = 'external'`,
  ];
}

/** What was offered in place of a cancellation: taken, or canceled all the same [R9.4]. */
function offerParts(records: Told[]): Sql[] {
  const rows = records.flatMap(({ state: { purchaseId, terms }, entries, entryIds }) =>
    entries.flatMap(({ at, data: { offered, retention, promotionCodeId = null } }, index) => {
      const kind = retention ?? offered;
      const isTaken = retention !== undefined;
      return kind === undefined
        ? []
        : [{ purchaseId, id: entryIds[index], offerId: terms.offerId, at, kind, isTaken, promotionCodeId }];
    }),
  );
  if (rows.length === 0) return [];
  const columns = 'id uuid, "offerId" uuid, at timestamptz, kind text, "isTaken" boolean, "promotionCodeId" uuid';
  return [
    sql`
      insert into retention_offers (id, account_id, purchase_id, offer_id, at, kind, is_taken, promotion_code_id)
      select e.id, a.account_id, a.id, e."offerId", e.at, e.kind, e."isTaken", e."promotionCodeId"
      from advanced a join ${rowsOf(rows, columns)} on e."purchaseId" = a.id`,
  ];
}

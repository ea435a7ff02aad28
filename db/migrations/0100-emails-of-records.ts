import { Migration } from '@mikro-orm/migrations';

/**
 * An email names its purchase's record and the entry of the timeline that it tells of. Those of 0.1 had the record in their key alone, which is read
 * here for the last time, and their entry was found by what both say: of the right type, contradicting the email in nothing, agreeing in most.
 */
export class EmailsOfRecords extends Migration {
  override up(): void {
    this.addSql('alter table emails add column revision int');
    this.addSql(REVISIONS);
    this.addSql(ENTRIES);
  }
}

/** Login links were keyed as of revision 0: no record caused them. */
const REVISIONS = `
  update emails set revision = split_part(record_key, ':', 2)::int
  where purchase_id is not null and record_key ~ '^[0-9a-f-]{36}:[1-9][0-9]{0,8}:'`;

const TELLS_OF = `
  (values
    ('purchase-confirmation', array['purchase.bought']), ('offer-grant-confirmation', array['purchase.granted']),
    ('member-welcome', array['purchase.granted']), ('payment-receipt', array['payment.succeeded']),
    ('refund-receipt', array['purchase.refunded', 'refund.succeeded', 'refund.pending', 'purchase.attention-ended']),
    ('refund-failed', array['refund.failed']), ('payment-failed', array['payment.failed']),
    ('payment-action-required', array['payment.action-required']), ('purchase-paused', array['purchase.paused']),
    ('purchase-resumed', array['purchase.resumed']), ('resume-date-changed', array['purchase.resume-date-changed']),
    ('cancellation-scheduled', array['purchase.cancellation-scheduled', 'purchase.refunded']),
    ('cancellation-undone', array['purchase.cancellation-undone']),
    ('purchase-canceled', array['purchase.canceled', 'purchase.refunded']), ('money-back', array['purchase.money-back']),
    ('duplicate-purchase-refunded', array['purchase.duplicate-returned']), ('admin-purchase-paused', array['purchase.paused']),
    ('admin-purchase-resumed', array['purchase.resumed']), ('admin-resume-date-changed', array['purchase.resume-date-changed']),
    ('admin-cancellation-scheduled', array['purchase.cancellation-scheduled', 'purchase.refunded']),
    ('admin-cancellation-undone', array['purchase.cancellation-undone']),
    ('admin-purchase-canceled', array['purchase.canceled', 'purchase.refunded']),
    ('admin-refund', array['purchase.refunded', 'refund.succeeded', 'refund.pending', 'purchase.attention-ended']),
    ('admin-refund-failed', array['refund.failed']), ('admin-payment-failed', array['payment.failed']),
    ('admin-money-back', array['purchase.money-back']), ('admin-dispute', array['dispute.opened', 'dispute.closed']),
    ('admin-duplicate-purchase', array['purchase.duplicate-returned'])
  ) as told(kind, types)`;

const COMMON = `from jsonb_each(e.data) said join jsonb_each(t.data) known using (key)`;

/** Where one record says the same twice, the n-th email tells of the n-th entry. */
const RANK = `
  (select count(*) from emails o where o.purchase_id = e.purchase_id and o.revision = e.revision and o.kind = e.kind
    and o.recipient_id = e.recipient_id and o.resend_of is null and o.data = e.data and o.position < e.position)`;

const ENTRIES = `
  update emails e set timeline_id = (
    select t.id from timeline t
    where t.purchase_id = e.purchase_id and t.revision = e.revision and t.type = any(told.types)
      and not exists (select 1 ${COMMON} where said.value <> known.value)
    order by (select count(*) ${COMMON}) desc, array_position(told.types, t.type), t.position
    limit 1 offset ${RANK})
  from ${TELLS_OF} where told.kind = e.kind and e.revision is not null`;

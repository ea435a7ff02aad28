import { Migration } from '@mikro-orm/migrations';

/**
 * Invoices whose payment failed stand beside the payments, each with its state. An invoice that was paid later keeps what is
 * known of the tries before. What timelines say of older ones is taken over.
 */
export class PaymentStates extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const COLUMNS = `
  alter table payments
    alter column paid_at drop not null,
    add column failed_at timestamptz, add column attempts int, add column next_try_at timestamptz, add column decline_code text,
    add column needs_confirmation boolean not null default false, add column canceled_at timestamptz,
    add column disputes jsonb not null default '[]',
    add column at timestamptz not null generated always as (coalesce(paid_at, failed_at)) stored,
    add column state text not null generated always as (case
      when paid_at is null and canceled_at is not null then 'canceled'
      when paid_at is null and needs_confirmation then 'requires_action'
      when paid_at is null then 'failed'
      when disputed_at is not null then 'disputed'
      when refunded_minor >= amount_minor then 'refunded'
      when refunded_minor > 0 then 'partially_refunded'
      else 'succeeded' end) stored`;

const DISPUTES = `
  update payments m set disputes = d.payment -> 'disputes'
  from (select p.account_id, jsonb_path_query(p.snapshot, '$.payments[*] ? (exists(@.disputes[*]))') as payment from purchases p) d
  where m.account_id = d.account_id and m.id = d.payment ->> 'paymentId'`;

/** The latest try of each invoice says the most; one that is neither paid nor open any more was given up. */
const TRIES = `
  with tries as (
    select t.account_id, t.purchase_id, p.contact_id, t.data ->> 'invoiceId' as id, t.at, t.type, t.data, p.snapshot, t.revision, t.position
    from timeline t join purchases p on p.id = t.purchase_id
    where t.type in ('payment.failed', 'payment.action-required') and t.data ? 'invoiceId' and t.data ? 'amountMinor' and t.data ? 'currency'
  ), latest as (
    select distinct on (account_id, id) *, min(at) over (partition by account_id, id) as since
    from tries order by account_id, id, revision desc, position desc
  )
  insert into payments (account_id, id, purchase_id, contact_id, amount_minor, currency, refunded_minor, failed_at, attempts,
    next_try_at, decline_code, needs_confirmation, canceled_at)
  select account_id, id, purchase_id, contact_id, (data ->> 'amountMinor')::bigint, data ->> 'currency', 0, since,
    (data ->> 'attempts')::int, (data ->> 'nextTryAt')::timestamptz, data ->> 'declineCode', type = 'payment.action-required',
    case when jsonb_path_exists(snapshot, '$.billing.overdue[*] ? (@.invoiceId == $id)', jsonb_build_object('id', id)) then null else at end
  from latest
  on conflict (account_id, id) do update set failed_at = excluded.failed_at, attempts = excluded.attempts,
    decline_code = excluded.decline_code`;

/** In any of them, the other filters are answered from the index alone. */
const FILTERS = 'include (state, currency, amount_minor, purchase_id, contact_id)';

const STATEMENTS = [
  COLUMNS,
  DISPUTES,
  TRIES,
  'drop index payments_by_purchase, payments_list, payments_by_contact',
  `create index payments_list on payments (account_id, at desc, id desc) ${FILTERS}`,
  `create index payments_by_purchase on payments (purchase_id, at desc, id desc)`,
  `create index payments_by_contact on payments (account_id, contact_id, at desc, id desc)`,
  `create index payments_by_currency on payments (account_id, currency, at desc, id desc)`,
  `create index payments_by_amount on payments (account_id, amount_minor, at desc, id desc)`,
  // Nearly all have succeeded: those are found in the list as soon.
  `create index payments_by_state on payments (account_id, state, at desc, id desc) where state <> 'succeeded'`,
  `create index payments_open on payments (purchase_id) where paid_at is null and canceled_at is null`,
];

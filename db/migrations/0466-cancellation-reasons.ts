import { Migration } from '@mikro-orm/migrations';

/** Cancellations by customers and at Stripe with their reasons, and those that are known by now. */
export class CancellationReasons extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** As they are kept from now on. */
const IN_WORDS = `case data->>'feedback'
  when 'too_expensive' then 'It is too expensive' when 'unused' then 'I do not use it enough'
  when 'missing_features' then 'Something is missing' when 'low_quality' then 'The quality is not as expected'
  when 'too_complex' then 'It is too complicated' when 'customer_service' then 'I am not happy with the support'
  when 'switched_service' then 'I have found something else' when 'other' then 'Another reason' end`;

const STATEMENTS = [
  `create table cancellation_reasons (
     id uuid primary key, account_id uuid not null references accounts, purchase_id uuid not null references purchases,
     offer_id uuid not null references offers, at timestamptz not null, cause text not null, reason text, undone_at timestamptz)`,
  'create index cancellation_reasons_list on cancellation_reasons (account_id, at)',
  'create index cancellation_reasons_of_purchase on cancellation_reasons (purchase_id, at)',
  // A date that was moved, and the end itself, are no second cancellation.
  `insert into cancellation_reasons (id, account_id, purchase_id, offer_id, at, cause, reason, undone_at)
     select s.id, s.account_id, s.purchase_id, p.offer_id, s.at, s.cause, s.reason, s.undone_at from (
       select t.*, data->>'cause' as cause, ${IN_WORDS} as reason,
         lag(type) over steps as previous,
         (select min(u.at) from timeline u where u.purchase_id = t.purchase_id and u.type = 'purchase.cancellation-undone'
            and (u.revision, u.position) > (t.revision, t.position)) as undone_at
       from timeline t
       where type in ('purchase.cancellation-scheduled', 'purchase.cancellation-undone', 'purchase.canceled')
       window steps as (partition by purchase_id order by revision, position)) s
     join purchases p on p.id = s.purchase_id
     where s.type <> 'purchase.cancellation-undone' and s.cause in ('voluntary', 'external')
       and (s.previous is null or s.previous = 'purchase.cancellation-undone')`,
];

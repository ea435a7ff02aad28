import { Migration } from '@mikro-orm/migrations';

/** Disputes as records of their own, with those that payments have. */
export class Disputes extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table disputes (
     account_id uuid not null references accounts, id text not null, purchase_id uuid not null references purchases,
     payment_id text not null, state text not null, stripe_status text, amount_minor bigint not null, currency text not null,
     reason text, evidence_due_at timestamptz, opened_at timestamptz not null, closed_at timestamptz,
     primary key (account_id, id),
     foreign key (account_id, payment_id) references payments (account_id, id),
     check (state in ('inquiry', 'open', 'won', 'lost', 'closed')))`,
  'create index disputes_list on disputes (account_id, opened_at desc, id desc) include (state)',
  `create index disputes_that_wait on disputes (account_id, opened_at desc, id desc) where state in ('open', 'inquiry')`,
  'create index disputes_of_purchase on disputes (purchase_id, opened_at desc, id desc)',
  // What a later version adds to a payment's own list is not known of these.
  `insert into disputes (account_id, id, purchase_id, payment_id, state, amount_minor, currency, reason, evidence_due_at,
       opened_at, closed_at)
     select p.account_id, d->>'disputeId', p.purchase_id, p.id, d->>'status', (d->>'amountMinor')::bigint, p.currency,
       d->>'reason', (d->>'evidenceDueAt')::timestamptz, (d->>'since')::timestamptz,
       case when d->>'status' in ('won', 'lost', 'closed') then
         (select max(t.at) from timeline t where t.purchase_id = p.purchase_id and t.type = 'dispute.closed'
            and t.data->>'disputeId' = d->>'disputeId') end
     from payments p cross join lateral jsonb_array_elements(p.disputes) d
     on conflict do nothing`,
];

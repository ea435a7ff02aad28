import { Migration } from '@mikro-orm/migrations';

/** What needs attention becomes a list: a row for each, as queues read it. Written by records from the snapshot's own list. */
export class Attentions extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table attentions (
    purchase_id uuid not null references purchases, id text not null, account_id uuid not null,
    reason text not null, since timestamptz not null, command_id text, primary key (purchase_id, id)
  )`,
  'create index attentions_list on attentions (account_id, since, purchase_id, id)',
  // Snapshots of 0.1.0 hold one at most, with the writes of one command: the same rows that reading them as of today gives.
  `insert into attentions (purchase_id, id, account_id, reason, since, command_id)
   select p.id, case when a.reason = 'stripe_unreachable' then a.command_id else a.command_id || ':' || i end,
     p.account_id, a.reason, a.since, a.command_id
   from purchases p
   cross join lateral (select p.snapshot #>> '{attention,reason}' as reason,
     (p.snapshot #>> '{attention,since}')::timestamptz as since,
     p.snapshot #>> '{attention,command,command,commandId}' as command_id,
     (p.snapshot #>> '{attention,command,isAnswered}')::boolean as is_answered,
     jsonb_array_length(p.snapshot #> '{attention,command,writes}') as writes) a
   cross join lateral generate_series(0,
     case when a.is_answered and a.reason <> 'stripe_unreachable' then a.writes - 1 else 0 end) i
   where p.snapshot -> 'attention' <> 'null'::jsonb`,
];

import { Migration } from '@mikro-orm/migrations';

/** What customers ask for and admins decide on, as a queue. */
export class CancellationRequests extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table cancellation_requests (
    id uuid primary key, account_id uuid not null references accounts, purchase_id uuid not null references purchases,
    state text not null, refund_wanted boolean not null, asked_at timestamptz not null, decided_at timestamptz, decided_by uuid)`,
  `create index cancellation_requests_queue on cancellation_requests (account_id, asked_at, id) include (state)`,
  `create unique index cancellation_requests_open on cancellation_requests (purchase_id) where state = 'open'`,
  `create index cancellation_requests_of_purchase on cancellation_requests (purchase_id, asked_at desc)`,
];

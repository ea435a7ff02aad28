import { Migration } from '@mikro-orm/migrations';

/** What is asked for many at once: a job, and the commands that it has put into inboxes. */
export class Jobs extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table jobs (
     id uuid primary key, account_id uuid not null references accounts, kind text not null, input jsonb not null, actor jsonb not null,
     reason text, created_at timestamptz not null)`,
  'create index jobs_list on jobs (account_id, created_at desc, id desc)',
  'alter table inbox add column job_id uuid references jobs',
  'create index inbox_of_job on inbox (job_id, seq) where job_id is not null',
];

import { Migration } from '@mikro-orm/migrations';

/**
 * Broadcasts, and the jobs that send them: such a job has a state of its own, and its lines are
 * emails.
 */
export class Broadcasts extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table bulk_jobs (
     job_id uuid primary key references jobs, account_id uuid not null references accounts,
     state text not null check (state in ('scheduled', 'running', 'paused', 'canceled', 'done')),
     starts_at timestamptz not null, ended_at timestamptz, changed_by jsonb, total int, position uuid, stuck_reason text,
     wake_at timestamptz)`,
  'create index bulk_jobs_to_wake on bulk_jobs (wake_at) where wake_at is not null',
  `create index bulk_jobs_to_come on bulk_jobs (account_id, starts_at) where state in ('scheduled', 'running')`,
  `create table broadcasts (
     id uuid primary key, account_id uuid not null references accounts, name text not null, segment text not null,
     words jsonb not null, button_url text, job_id uuid references jobs, created_at timestamptz not null, actor jsonb not null)`,
  'create index broadcasts_listed on broadcasts (account_id, created_at desc, id desc)',
  'create unique index broadcasts_of_jobs on broadcasts (job_id) where job_id is not null',
  'alter table emails add column job_id uuid references jobs, add column batch_id uuid',
  'create index emails_of_jobs on emails (job_id, state, id) where job_id is not null',
  `create index emails_under_way on emails (job_id) where batch_id is not null and state = 'queued'`,
  'create index consents_of_emails on consents (email_id) where email_id is not null',
];

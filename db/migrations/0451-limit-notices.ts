import { Migration } from '@mikro-orm/migrations';

/**
 * What an account was told of when its use came near a limit of its plan or over it; over one, an
 * operator is to write to its owner.
 */
export class LimitNotices extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table limit_notices (
     id uuid primary key,
     account_id uuid not null references accounts,
     quota text not null,
     level text not null check (level in ('near', 'over')),
     used integer not null,
     quota_limit integer not null,
     created_at timestamptz not null,
     ended_at timestamptz,
     done_at timestamptz,
     done_by jsonb,
     note text)`,
  `create unique index limit_notices_standing on limit_notices (account_id, quota, level) where ended_at is null`,
  `create index limit_notices_of_account on limit_notices (account_id, created_at desc, id desc)`,
  `create index limit_notices_outreach on limit_notices (created_at desc, id desc) where level = 'over'`,
];

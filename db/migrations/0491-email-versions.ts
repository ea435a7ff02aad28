import { Migration } from '@mikro-orm/migrations';

/** Accounts write their emails in words of their own, and every version is kept. */
export class EmailVersions extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table email_versions (
     id uuid primary key,
     account_id uuid not null references accounts,
     kind text not null,
     version integer not null,
     words jsonb,
     created_at timestamptz not null,
     actor jsonb not null,
     unique (account_id, kind, version))`,
  'create index email_versions_listed on email_versions (account_id, kind, created_at desc, id desc)',
];

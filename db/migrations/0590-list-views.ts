import { Migration } from '@mikro-orm/migrations';

/** Names for what lists show: somebody's own, or everybody's in the account. */
export class ListViews extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table list_views (
     id uuid primary key, account_id uuid not null references accounts, owner_id text, list text not null,
     name text not null, query jsonb not null, created_at timestamptz not null)`,
  `create unique index list_views_by_name on list_views (account_id, list, coalesce(owner_id, ''), lower(name))`,
];

import { Migration } from '@mikro-orm/migrations';

/** Segments of contacts that an account makes of its own. */
export class Segments extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table segments (
     id uuid primary key, account_id uuid not null references accounts, name text not null,
     match text not null check (match in ('all', 'any')), filters jsonb not null, created_at timestamptz not null)`,
  'create unique index segments_by_name on segments (account_id, lower(name))',
];

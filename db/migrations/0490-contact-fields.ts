import { Migration } from '@mikro-orm/migrations';

/** Fields of contacts that an account defines, and their values by the field's id. */
export class ContactFields extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table contact_fields (
     id uuid primary key, account_id uuid not null references accounts, key text not null, label text not null,
     kind text not null check (kind in ('text', 'number', 'date', 'yes_no')), created_at timestamptz not null,
     unique (account_id, key))`,
  `alter table contacts add column fields jsonb not null default '{}'`,
];

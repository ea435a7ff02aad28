import { Migration } from '@mikro-orm/migrations';

/** What an account wishes to keep when its plan has less room, until an operator has confirmed it. */
export class KeptContent extends Migration {
  override up(): void {
    this.addSql(TABLE);
  }
}

const TABLE = `
  create table kept_content (
    account_id uuid primary key references accounts, items jsonb not null, listed_at timestamptz not null, listed_by jsonb not null,
    confirmed_at timestamptz, confirmed_by jsonb, used_at timestamptz)`;

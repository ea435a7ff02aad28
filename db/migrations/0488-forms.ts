import { Migration } from '@mikro-orm/migrations';

/** Forms by which people subscribe, and links by which they confirm that. */
export class Forms extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table forms (
     id uuid primary key, account_id uuid not null references accounts, name text not null,
     opt_in text not null check (opt_in in ('single', 'double')), heading text not null, wording text not null, button text not null,
     submissions int not null default 0, created_at timestamptz not null, deleted_at timestamptz)`,
  'create index forms_list on forms (account_id, created_at desc, id desc) where deleted_at is null',
  `alter table login_tokens drop constraint login_tokens_kind_check,
     add constraint login_tokens_kind_check
       check (kind in ('set_password', 'login', 'take_free', 'confirm_admin', 'confirm_opt_in'))`,
];

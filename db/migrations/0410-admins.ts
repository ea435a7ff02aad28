import { Migration } from '@mikro-orm/migrations';

/**
 * Admins are invited, removed and made owner: who has gone keeps a name in what they did, and an
 * account has one owner.
 */
export class Admins extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const NOBODYS = '00000000-0000-0000-0000-000000000000';

const STATEMENTS = [
  'alter table admins add column invited_by jsonb, add column removed_at timestamptz',
  'drop index admins_email',
  `create unique index admins_email on admins (coalesce(account_id, '${NOBODYS}'), email) where removed_at is null`,
  `create unique index admins_owner on admins (account_id) where role = 'owner' and removed_at is null`,
  `alter table login_tokens alter column contact_id drop not null, add column admin_id uuid references admins on delete cascade,
     add constraint login_tokens_owner check ((contact_id is null) <> (admin_id is null)),
     drop constraint login_tokens_kind_check,
     add constraint login_tokens_kind_check check (kind in ('set_password', 'login', 'take_free', 'confirm_admin'))`,
  'create index login_tokens_of_admin on login_tokens (admin_id) where used_at is null',
];

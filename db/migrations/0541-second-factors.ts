import { Migration } from '@mikro-orm/migrations';

/**
 * A second factor of admins: codes of an app, and recovery codes; logins that wait for one; what
 * has changed in how somebody logs in. Sessions are listed, so that each has an id to name it by.
 */
export class SecondFactors extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  'alter table sessions add column if not exists id uuid not null default gen_random_uuid()',
  'create unique index if not exists sessions_by_id on sessions (id)',
  `create table totp_secrets (
     admin_id uuid primary key references admins on delete cascade, sealed text not null, last_step int,
     created_at timestamptz not null, confirmed_at timestamptz)`,
  `create table recovery_codes (
     code_hash text primary key, admin_id uuid not null references admins on delete cascade)`,
  'create index recovery_codes_of_admin on recovery_codes (admin_id)',
  `create table half_logins (
     token_hash text primary key, admin_id uuid not null references admins on delete cascade, expires_at timestamptz not null)`,
  'create index half_logins_of_admin on half_logins (admin_id)',
  'create index half_logins_over on half_logins (expires_at)',
  `create table security_changes (
     id uuid primary key, account_id uuid references accounts, admin_id uuid not null references admins on delete cascade,
     kind text not null, passkey_name text, reason text, actor jsonb not null, created_at timestamptz not null)`,
  'create index security_changes_of_admin on security_changes (admin_id, created_at desc, id desc)',
];

import { Migration } from '@mikro-orm/migrations';

/** Passkeys of admins (WebAuthn), and the challenges that wait minutes for their answer. */
export class Passkeys extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table passkeys (
     id uuid primary key, admin_id uuid not null references admins on delete cascade, credential_id text not null,
     public_key text not null, counter bigint not null, name text not null, created_at timestamptz not null,
     last_used_at timestamptz)`,
  'create unique index passkeys_credential on passkeys (credential_id)',
  'create index passkeys_of_admin on passkeys (admin_id)',
  `create table passkey_challenges (
     challenge text primary key, admin_id uuid references admins on delete cascade, expires_at timestamptz not null)`,
  'create index passkey_challenges_over on passkey_challenges (expires_at)',
];

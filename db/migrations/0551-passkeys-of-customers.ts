import { Migration } from '@mikro-orm/migrations';

/** Passkeys of customers beside those of admins, and the sessions that began with one. */
export class PasskeysOfCustomers extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table passkeys alter column admin_id drop not null, add column contact_id uuid references contacts on delete cascade,
     add constraint passkeys_owner check ((contact_id is null) <> (admin_id is null))`,
  'create index passkeys_of_contact on passkeys (contact_id)',
  `alter table passkey_challenges add column contact_id uuid references contacts on delete cascade,
     add constraint passkey_challenges_owner check (contact_id is null or admin_id is null)`,
  'alter table sessions add column by_passkey boolean not null default false',
];

import { Migration } from '@mikro-orm/migrations';

/**
 * Sessions are rows, by real time; a contact's address counts as proven once a link that was mailed to it was opened [R14.1].
 * What may be done so often within some time is counted in rows too, for all processes together [R14.3].
 */
export class Sessions extends Migration {
  override up(): void {
    this.addSql(`
      create table sessions (
        token_hash text primary key,
        admin_id uuid references admins on delete cascade, contact_id uuid references contacts on delete cascade,
        by_link boolean not null, created_at timestamptz not null, expires_at timestamptz not null,
        check (num_nonnulls(admin_id, contact_id) = 1)
      );
      create index sessions_of_admin on sessions (admin_id) where admin_id is not null;
      create index sessions_of_contact on sessions (contact_id) where contact_id is not null;
      create index sessions_over on sessions (expires_at);
      create index login_tokens_of_contact on login_tokens (contact_id) where used_at is null;
      create table rate_limits (subject text primary key, hits int not null, window_ends_at timestamptz not null);
      create index rate_limits_over on rate_limits (window_ends_at);
      alter table contacts add address_proven_at timestamptz;
      update contacts set address_proven_at = t.used_at
        from (select contact_id, min(used_at) as used_at from login_tokens where used_at is not null group by contact_id) t
        where t.contact_id = contacts.id;`);
  }
}

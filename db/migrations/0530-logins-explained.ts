import { Migration } from '@mikro-orm/migrations';

/**
 * Links that reset a password, and what says why somebody cannot log in: when a link was sent,
 * opened and tried in vain, when a password was dropped, when an email was held up [R14].
 */
export class LoginsExplained extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table login_tokens add column email_id uuid, add column created_at timestamptz not null default now(),
     add column opened_at timestamptz, add column refused_at timestamptz`,
  `update login_tokens set created_at = expires_at - case kind
     when 'login' then interval '15 minutes' when 'confirm_admin' then interval '24 hours' when 'reset_admin' then interval '6 hours' else interval '168 hours' end`,
  'alter table contacts add column password_dropped_at timestamptz',
  'alter table emails add column delayed_at timestamptz',
  'alter table sessions add column id uuid not null default gen_random_uuid()',
  'create unique index sessions_by_id on sessions (id)',
  'drop index login_tokens_of_contact',
  'create index login_tokens_of_contact on login_tokens (contact_id, created_at desc) where contact_id is not null',
];

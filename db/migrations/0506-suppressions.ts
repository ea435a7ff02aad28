import { Migration } from '@mikro-orm/migrations';

/**
 * Which contacts' addresses the provider sends nothing to any more: what it reported of an email,
 * until an owner has had it lifted.
 */
export class Suppressions extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table suppression_lifts (
     id uuid primary key, account_id uuid not null references accounts, contact_id uuid not null references contacts,
     reason text, actor jsonb not null, created_at timestamptz not null)`,
  'create index suppression_lifts_listed on suppression_lifts (account_id, created_at desc, id desc)',
  'create index suppression_lifts_of_contact on suppression_lifts (contact_id, created_at desc, id desc)',
  'alter table delivery_reports drop constraint delivery_reports_kind_check',
  `alter table delivery_reports add constraint delivery_reports_kind_check
     check (kind in ('hard_bounced', 'complained', 'suppressed'))`,
  `alter table delivery_reports add column reported_at timestamptz not null default now(),
     add column lift_id uuid references suppression_lifts`,
  'update delivery_reports set reported_at = sent_at',
  `insert into delivery_reports (email_id, kind, account_id, contact_id, sent_at, reported_at)
     select id, 'suppressed', account_id, recipient_id, coalesce(sent_at, due_at), coalesce(sent_at, due_at) from emails
     where state = 'suppressed' and provider_id is not null and recipient_kind = 'contact'`,
  'create index delivery_reports_open on delivery_reports (account_id, contact_id) where lift_id is null',
];

import { Migration } from '@mikro-orm/migrations';

/**
 * Which emails to contacts have bounced for good or were complained of, each once; and since when a
 * contact has its address, since what an earlier one has done is not the new one's.
 */
export class DeliveryReports extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  'alter table contacts add column address_since timestamptz',
  `create table delivery_reports (
     email_id uuid not null references emails, kind text not null check (kind in ('hard_bounced', 'complained')),
     account_id uuid not null references accounts, contact_id uuid not null references contacts, sent_at timestamptz not null,
     primary key (email_id, kind))`,
  'create index delivery_reports_of_contact on delivery_reports (contact_id, kind, sent_at)',
];

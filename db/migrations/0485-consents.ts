import { Migration } from '@mikro-orm/migrations';

/** Each change of a marketing status and each consent, with its source; rows are only added. */
export class Consents extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table consents (
     id uuid primary key, account_id uuid not null references accounts, contact_id uuid not null references contacts,
     kind text not null, from_status text not null, from_reason text, to_status text not null, to_reason text,
     source text not null check (source in ('form', 'import', 'admin', 'checkout', 'link', 'provider')),
     form_id uuid, email_id uuid, wording text, email text not null, at timestamptz not null, actor jsonb not null)`,
  'create index consents_of_contact on consents (contact_id, at desc, id desc)',
];

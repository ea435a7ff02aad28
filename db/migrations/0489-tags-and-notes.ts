import { Migration } from '@mikro-orm/migrations';

/** What the account's people say of a contact: tags and notes; and contacts by their status. */
export class TagsAndNotes extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table contact_tags (
     contact_id uuid not null references contacts, tag text not null, account_id uuid not null references accounts,
     created_at timestamptz not null, primary key (contact_id, tag))`,
  'create index contact_tags_by_tag on contact_tags (account_id, tag, contact_id)',
  `create table contact_notes (
     id uuid primary key, account_id uuid not null references accounts, contact_id uuid not null references contacts,
     text text not null, actor jsonb not null, created_at timestamptz not null)`,
  'create index contact_notes_list on contact_notes (contact_id, created_at desc, id desc)',
  'create index contacts_by_status on contacts (account_id, marketing_status, created_at desc, id desc) include (search)',
];

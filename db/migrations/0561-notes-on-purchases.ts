import { Migration } from '@mikro-orm/migrations';

/** A note about a person may be about one purchase of theirs. */
export class NotesOnPurchases extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  'alter table contact_notes add column purchase_id uuid references purchases',
  `create index contact_notes_of_purchase on contact_notes (purchase_id, created_at desc, id desc)
     where purchase_id is not null`,
];

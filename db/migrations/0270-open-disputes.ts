import { Migration } from '@mikro-orm/migrations';

/** Payments that a bank asks about or claims, of the many that nobody does. */
export class OpenDisputes extends Migration {
  override up(): void {
    this.addSql(`create index payments_in_dispute on payments (account_id, at desc, id desc)
      where (disputes @> '[{"status": "open"}]' or disputes @> '[{"status": "inquiry"}]')`);
  }
}

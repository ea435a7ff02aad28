import { Migration } from '@mikro-orm/migrations';

/** Up to when Stripe was heard by events that changed nothing, and so were no record. */
export class HeardAt extends Migration {
  override up(): void {
    this.addSql('alter table purchases add column heard_at timestamptz');
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Whoever carries a row out goes on with the trace in which it arrived. */
export class Traces extends Migration {
  override up(): void {
    this.addSql('alter table inbox add column traceparent text');
  }
}

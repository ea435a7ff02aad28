import { Migration } from '@mikro-orm/migrations';

/** What ended well is counted by state and kind in an index of its own; `inbox_trouble` and `inbox_open_account` have the rest. */
export class InboxEnded extends Migration {
  override up(): void {
    this.addSql(
      `create index inbox_ended on inbox (account_id, class, state, kind) where state in ('applied', 'no_change')`,
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/**
 * One open request a purchase, tested at the end of each statement: one record may withdraw a
 * request and make another.
 */
export class OpenRequests extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  'drop index cancellation_requests_open',
  `alter table cancellation_requests add constraint cancellation_requests_open
     exclude using btree (purchase_id with =) where (state = 'open') deferrable`,
];

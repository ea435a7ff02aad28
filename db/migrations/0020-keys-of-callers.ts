import { Migration } from '@mikro-orm/migrations';

/**
 * An Idempotency-Key is its caller's: `space` keeps those of an account's own people apart from each customer's, `caller` says who used it (null:
 * kept before this). An answer is kept as the text that it was, which `jsonb` would put in another order.
 */
export class KeysOfCallers extends Migration {
  override up(): void {
    this.addSql(
      `alter table idempotent_requests
         add column space text not null default 'account',
         add column caller text,
         alter column body type json using body::json,
         drop constraint idempotent_requests_pkey,
         add primary key (account_id, space, key)`,
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** The mailed link by which a free offer is taken is a one-time link as well. */
export class FreeOffers extends Migration {
  override up(): void {
    this.addSql(`alter table login_tokens drop constraint login_tokens_kind_check,
      add constraint login_tokens_kind_check check (kind in ('set_password', 'login', 'take_free'))`);
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Links by which somebody chooses another password: an admin, or a customer. */
export class AdminPasswords extends Migration {
  override up(): void {
    this.addSql(`
      alter table login_tokens drop constraint login_tokens_kind_check,
        add constraint login_tokens_kind_check check (kind in
          ('set_password', 'login', 'take_free', 'confirm_admin', 'confirm_opt_in', 'reset_admin', 'reset_password'));`);
  }
}

import { Migration } from '@mikro-orm/migrations';

/** Tries to log in with an address, counted until one is right [R14.3]; the address is kept as a hash. By real time. */
export class LoginTries extends Migration {
  override up(): void {
    this.addSql(
      'create table login_tries (subject text primary key, tries int not null, last_at timestamptz not null)',
    );
  }
}

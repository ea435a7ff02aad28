import { Migration } from '@mikro-orm/migrations';

/** The add-on that was signed up for with a plan, until it has begun or cannot; null = none. */
export class AddOnsOfSignUps extends Migration {
  override up(): void {
    this.addSql('alter table checkouts add column add_on_at timestamptz');
    this.addSql(
      `create index checkouts_add_on on checkouts (add_on_at) where add_on_at is not null and state = 'completed'`,
    );
  }
}

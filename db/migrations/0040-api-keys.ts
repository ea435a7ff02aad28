import { Migration } from '@mikro-orm/migrations';

/** What is shown of a key (null: made before this), who made it, when it was last used, and from when on it is refused. By real time. */
export class ApiKeys extends Migration {
  override up(): void {
    this.addSql(
      `alter table api_keys
         add column prefix text, add column last_four text, add column created_by jsonb,
         add column last_used_at timestamptz, add column expires_at timestamptz`,
    );
  }
}

import { Migration } from '@mikro-orm/migrations';

/** From when on the next email may be sent at once, over all workers, and how many the last who asked might send; one row. By real time. */
export class MailPace extends Migration {
  override up(): void {
    this.addSql(
      `create table mail_pace (only_row boolean primary key default true check (only_row), free_at timestamptz not null,
         granted int not null)`,
    );
  }
}

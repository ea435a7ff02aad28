import { Migration } from '@mikro-orm/migrations';

/** Experts get emails too, and the file for calendars that an email carries is kept as its other bytes are. */
export class CalendarFiles extends Migration {
  override up(): void {
    this.addSql('alter table emails add column calendar text');
    this.addSql('alter table emails drop constraint emails_recipient_kind_check');
    this.addSql(
      `alter table emails add constraint emails_recipient_kind_check check (recipient_kind in ('contact', 'admin', 'expert'))`,
    );
  }
}

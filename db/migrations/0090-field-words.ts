import { Migration } from '@mikro-orm/migrations';

/** A purchase starts, and subjects are woken: the columns say so in the words of the code. */
export class FieldWords extends Migration {
  override up(): void {
    this.addSql('alter table purchases rename column born_at to started_at');
    for (const table of ['inbox', 'emails']) {
      this.addSql(`alter table ${table} rename column poke_at to wake_at`);
      this.addSql(`alter table ${table} rename column pokes to wakes`);
    }
    this.addSql('alter index inbox_open_poke rename to inbox_open_wake');
  }
}

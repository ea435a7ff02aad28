import { Migration } from '@mikro-orm/migrations';

/** The emails of one broadcast, as lists have them. */
export class EmailsOfBroadcasts extends Migration {
  override up(): void {
    this.addSql('create index emails_of_jobs_list on emails (job_id, due_at desc, id desc) where job_id is not null');
  }
}

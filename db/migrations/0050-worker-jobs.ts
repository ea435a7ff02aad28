import { Migration } from '@mikro-orm/migrations';

/** What workers do in turns, which kinds of events came and how, and the indexes by which purchases without a run are found. */
export class WorkerJobs extends Migration {
  override up(): void {
    this.addSql('create table worker_jobs (name text primary key, due_at timestamptz not null, position text)');
    this.addSql('create table event_types (kind text primary key, delivered_at timestamptz, missed_at timestamptz)');
    this.addSql(
      `insert into event_types (kind, delivered_at) select kind, max(arrived_at) from inbox
       where class = 'fact' and external_id is not null group by kind`,
    );
    this.addSql(
      'create index purchases_alive on purchases (id) where own_due_at is not null or has_pending or needs_attention',
    );
    this.addSql('create index purchases_overdue on purchases (own_due_at) where own_due_at is not null');
  }
}

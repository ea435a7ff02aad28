import { Migration } from '@mikro-orm/migrations';

/** Who gives calls and office hours: when they work, when they are away, and when their own calendar is busy. */
export class Experts extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table experts (
     id uuid primary key, account_id uuid not null references accounts, name text not null, email text not null,
     time_zone text not null, meeting_url text not null, working_hours jsonb not null, buffer_minutes int not null,
     notice_minutes int not null, max_calls_per_day int, link_number int not null, archived_at timestamptz, created_at timestamptz not null)`,
  'create index experts_list on experts (account_id, created_at desc, id desc) include (archived_at)',
  `create table expert_time_off (
     id uuid primary key, account_id uuid not null references accounts, expert_id uuid not null references experts,
     starts_at timestamptz not null, ends_at timestamptz not null, created_at timestamptz not null, check (ends_at > starts_at))`,
  'create index expert_time_off_list on expert_time_off (account_id, expert_id, starts_at, id) include (ends_at)',
  `create table expert_calendars (
     expert_id uuid primary key references experts, account_id uuid not null references accounts, url text not null,
     fetch_at timestamptz not null, fetched_at timestamptz, failed_at timestamptz, failure text)`,
  'create index expert_calendars_due on expert_calendars (fetch_at)',
  `create table expert_busy_times (
     expert_id uuid not null references experts, account_id uuid not null references accounts,
     starts_at timestamptz not null, ends_at timestamptz not null, primary key (expert_id, starts_at), check (ends_at > starts_at))`,
  `create table office_hours (
     id uuid primary key, account_id uuid not null references accounts, expert_id uuid not null references experts,
     weekday text not null, starts text not null, ends text not null, time_zone text not null, seats int not null check (seats > 0),
     meeting_url text, archived_at timestamptz, created_at timestamptz not null)`,
  'create index office_hours_list on office_hours (account_id, created_at desc, id desc) include (archived_at)',
  'create index office_hours_of_expert on office_hours (expert_id) where archived_at is null',
];

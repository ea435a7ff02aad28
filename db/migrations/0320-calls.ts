import { Migration } from '@mikro-orm/migrations';

/**
 * Calls and seats, each written by its purchase's records. A slot cannot be taken twice: constraints say so, and are checked at the end of each
 * statement, in which another call may just have left it.
 */
export class Calls extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  'create extension if not exists btree_gist',
  `create table calls (
     id uuid primary key, account_id uuid not null references accounts, purchase_id uuid not null references purchases,
     contact_id uuid not null, expert_id uuid not null references experts, state text not null,
     starts_at timestamptz not null, ends_at timestamptz not null, busy_until timestamptz not null, sequence int not null,
     credit text, booked_at timestamptz not null, ended_at timestamptz, ended_by uuid, check (ends_at > starts_at),
     constraint calls_one_at_a_time exclude using gist (expert_id with =, tstzrange(starts_at, busy_until) with &&)
       where (state = 'booked') deferrable initially immediate)`,
  'create index calls_list on calls (account_id, starts_at, id) include (state, purchase_id, expert_id, contact_id)',
  'create index calls_of_purchase on calls (purchase_id, starts_at)',
  'create index calls_of_contact on calls (contact_id, starts_at)',
  'create index calls_of_expert on calls (expert_id, starts_at)',
  `create table seats (
     id uuid primary key, account_id uuid not null references accounts, purchase_id uuid not null references purchases,
     contact_id uuid not null, block_id uuid not null references office_hours, expert_id uuid not null references experts, date date not null,
     seat int not null check (seat > 0), state text not null, starts_at timestamptz not null, ends_at timestamptz not null,
     booked_at timestamptz not null, ended_at timestamptz, ended_by uuid,
     constraint seats_one_each exclude using gist (block_id with =, date with =, seat with =)
       where (state = 'booked') deferrable initially immediate,
     constraint seats_one_per_person exclude using gist (block_id with =, date with =, contact_id with =)
       where (state = 'booked') deferrable initially immediate)`,
  'create index seats_list on seats (account_id, starts_at, id) include (state, purchase_id, expert_id, contact_id)',
  'create index seats_of_purchase on seats (purchase_id, starts_at)',
  'create index seats_of_contact on seats (contact_id, starts_at)',
];

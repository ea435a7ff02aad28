import { Migration } from '@mikro-orm/migrations';

/**
 * Two contacts become one. `merged_into`: whoever is asked for by the address or the id is that one
 * from then on. What was sold to the one that goes is charged to its customer at Stripe as before
 * (`sold_to`), and what was sent to its address says so (`merged_from`).
 */
export class Merges extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  'alter table contacts add column merged_into uuid references contacts',
  'create index contacts_merged on contacts (id) include (merged_into) where merged_into is not null',
  'create index contacts_merged_into on contacts (merged_into) where merged_into is not null',
  'alter table purchases add column sold_to uuid',
  'create index purchases_sold_to on purchases (sold_to) where sold_to is not null',
  'alter table emails add column merged_from uuid',
  `create table merges (
     contact_id uuid primary key references contacts,
     into_contact_id uuid not null references contacts,
     account_id uuid not null references accounts,
     job_id uuid not null references jobs,
     state text not null check (state in ('moving', 'returning', 'done', 'refused')),
     created_at timestamptz not null,
     asked_at timestamptz not null default now(),
     ended_at timestamptz)`,
  `create index merges_going_on on merges (asked_at) where state in ('moving', 'returning')`,
  'create index merges_into on merges (into_contact_id)',
];

import { Migration } from '@mikro-orm/migrations';

/** What an offer requires, what it excludes, and how its customers cancel. */
export class OffersThatDepend extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table offers add column requires uuid[] not null default '{}', add column group_name text,
    add column cancel_by text not null default 'self', add column repeatable boolean not null default false`,
  `alter table purchases add column requires uuid[] not null default '{}', add column group_name text`,
  `create unique index purchases_one_live_of_group on purchases (contact_id, group_name)
    where is_live and duplicate_of is null and origin = 'bought' and group_name is not null`,
  `create index purchases_depending on purchases (contact_id) where requires <> '{}'`,
];

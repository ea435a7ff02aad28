import { Migration } from '@mikro-orm/migrations';

/** Each account's site has an address of its own, a look, and what its pages say of its products and offers. */
export class Sites extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const FROM_NAME = `trim(both '-' from left(trim(both '-' from regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g')), 24))`;

const STATEMENTS = [
  `alter table accounts add column slug text, add column site jsonb not null default '{}'`,
  // Of several of one name the oldest gets it; the others, and names that are no address, get a number with it.
  `with named as (select id, ${FROM_NAME} as slug from accounts),
     ranked as (select id, slug, row_number() over (partition by slug order by id) as place from named)
   update accounts a set slug = case when r.place = 1 and length(r.slug) >= 3
       and r.slug not in ('account', 'admin', 'api', 'assets', 'docs', 'help', 'login', 'perennial', 'platform', 'security', 'status',
         'support', 'system', 'webhooks', 'www')
     then r.slug else concat_ws('-', nullif(r.slug, ''), right(replace(a.id::text, '-', ''), 12)) end
   from ranked r where r.id = a.id`,
  'alter table accounts alter column slug set not null, alter column site drop default',
  `create table site_slugs (
     slug text primary key, account_id uuid not null references accounts on delete cascade, created_at timestamptz not null
   )`,
  'create index site_slugs_of_account on site_slugs (account_id)',
  'insert into site_slugs (slug, account_id, created_at) select slug, id, created_at from accounts',
  'alter table products add column url text, add column description text, add column image_url text',
  'alter table offers add column description text, add column image_url text',
];

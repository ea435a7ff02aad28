import { Migration } from '@mikro-orm/migrations';

/**
 * What is searched: names as they stand, and where they have more than plain letters also without
 * accents, with signs as spaces and without signs. Queries go through `search_words` as well.
 */
export class Search extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const ACCENTS = String.raw`[\u0300-\u036f]`;
const SIGNS = String.raw`[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff\u3000-\u303f]+`;
/** Signs that stand within a word, which people leave out. */
const WITHIN = String.raw`[\u0027.\u002d\u0060\u00b4\u02bc\u2010-\u2015\u2018\u2019]`;
/** Letters that have no accent to take off; also large ones, which some locales leave large. */
const ALIKE = { letters: 'øØđĐðÐłŁħĦıŧŦŋŊ', written: 'ooddddllhhittnn' };
const TWO_LETTERS = [
  ['[ßẞ]', 'ss'],
  ['[æÆ]', 'ae'],
  ['[œŒ]', 'oe'],
] as const;

const without = (text: string, [letter, written]: readonly [string, string]): string =>
  `regexp_replace(${text}, '${letter}', '${written}', 'g')`;

const UNACCENTED = TWO_LETTERS.reduce(
  without,
  `translate(lower(${without('normalize(given, NFKD)', [ACCENTS, ''])}), '${ALIKE.letters}', '${ALIKE.written}')`,
);

const PLAIN = '^[A-Za-z0-9 ]*$';

const LIVING = 'where erased_at is null';

const STATEMENTS = [
  `create function search_words(given text) returns text language sql immutable strict parallel safe
   return btrim(${without(UNACCENTED, [SIGNS, ' '])})`,
  `create function search_of(name text) returns text language sql immutable strict parallel safe
   return lower(name) || case when name ~ '${PLAIN}' then '' else
     E'\\n' || search_words(name) || E'\\n' || search_words(${without('name', [WITHIN, ''])}) end`,
  'alter table contacts drop column search',
  `alter table contacts add column search text not null
     generated always as (lower(email) || E'\\n' || search_of(coalesce(name, ''))) stored`,
  'create index contacts_search on contacts using gin (account_id, search gin_trgm_ops)',
  `create index contacts_list on contacts (account_id, created_at desc, id desc)
     include (search, customer_since, marketing_status) ${LIVING}`,
  `create index contacts_customers on contacts (account_id, created_at desc, id desc) include (search)
     ${LIVING} and customer_since is not null`,
  `create index contacts_subscribed on contacts (account_id, created_at desc, id desc) include (search, customer_since)
     ${LIVING} and marketing_status = 'subscribed'`,
  `create index contacts_by_status on contacts (account_id, marketing_status, created_at desc, id desc)
     include (search, customer_since) ${LIVING}`,
  ...['offers', 'products', 'experts'].map(
    (table) => `alter table ${table} add column search text not null generated always as (search_of(name)) stored`,
  ),
  'create index stripe_objects_by_id on stripe_objects (object_id)',
  `create index stripe_customers_by_id on stripe_customers (stripe_customer_id) where stripe_customer_id is not null`,
  `create index payments_by_card on payments (account_id, card_last4, at desc, id desc) include (purchase_id)
     where card_last4 is not null`,
];

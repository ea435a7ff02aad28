import type { FieldValue } from '../../workflows/domain/contact-field.ts';
import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import {
  isDefaultSegment,
  type DefaultSegment,
  type FieldTest,
  type SegmentFilter,
  type SegmentFilterKind,
  type SegmentFilterOf,
  type SegmentMatch,
  type SegmentRule,
  type SpentBound,
} from '../../workflows/domain/segment.ts';
import type { Condition } from '../page.ts';

/**
 * What filters are read with: `rules`: the account's segments by their ids, `fieldIds`: by key,
 * `currencies`: in which its contacts have paid, where that is asked for.
 */
export type Around = {
  accountId: string;
  now: Instant;
  rules: ReadonlyMap<string, SegmentRule>;
  fieldIds: ReadonlyMap<string, string>;
  currencies: readonly string[];
};

const part = (sql: string, ...params: unknown[]): Condition => ({ sql, params });

const NOBODY = part('false');

/** The default segments [R3.7]. */
const DEFAULTS = {
  all: part('true'),
  customers: part('r.customer_since is not null'),
  subscribed: part(`r.marketing_status = 'subscribed'`),
} as const satisfies Record<DefaultSegment, Condition>;

const JOINED: Record<SegmentMatch, string> = { all: ' and ', any: ' or ' };

/** Which contacts, as `r`, are in a segment, by its id or the name of a default one. */
export function inSegment(segment: string, around: Around): Condition {
  if (isDefaultSegment(segment)) return DEFAULTS[segment];
  const rule = around.rules.get(segment);
  return rule ? byRule(rule, around) : NOBODY;
}

/** Which contacts, as `r`, meet a rule. How deep rules nest is checked when they are saved. */
export function byRule({ match, filters }: SegmentRule, around: Around): Condition {
  const conditions = filters.map((filter) => ofFilter(filter, around));
  return part(
    `(${conditions.map(({ sql }) => sql).join(JOINED[match])})`,
    ...conditions.flatMap(({ params }) => params),
  );
}

function ofFilter(filter: SegmentFilter, around: Around): Condition {
  const condition = (ASKED[filter.kind] as (of: SegmentFilter, around: Around) => Condition)(filter, around);
  return filter.isNot ? { ...condition, sql: `not ${condition.sql}` } : condition;
}

type Asked = { [Kind in SegmentFilterKind]: (filter: SegmentFilterOf<Kind>, around: Around) => Condition };

/** None of them is ever null, so that `not` means everybody else. */
const ASKED: Asked = {
  marketing_status: ({ status }) => part('(r.marketing_status = ?)', status),
  tag: ({ tag }, { accountId }) =>
    part(
      'exists (select from contact_tags t where t.account_id = ? and t.tag = ? and t.contact_id = r.id)',
      accountId,
      tag,
    ),
  field: ({ field, test, value }, { fieldIds }) => {
    const fieldId = fieldIds.get(field);
    if (fieldId === undefined) return NOBODY;
    const of = FIELDS[test](value);
    const asked = 'exists (select from contact_field_values v where v.contact_id = r.id and v.field_id = ?';
    return part(`${asked} and ${of.sql})`, fieldId, ...of.params);
  },
  purchase: ofPurchase,
  access: ({ productId }, { accountId, now }) =>
    part(
      `exists (select from purchase_products x where x.account_id = ? and x.product_id = ? and x.contact_id = r.id
         and x.open and (x.starts_at is null or x.starts_at <= ?) and (x.until is null or x.until > ?))`,
      accountId,
      productId,
      now,
      now,
    ),
  active: ({ days }, { accountId, now }) =>
    part(
      'exists (select from contact_activity a where a.account_id = ? and a.last_at >= ? and a.contact_id = r.id)',
      accountId,
      addDays(now, -days),
    ),
  spent: ({ bound, ...of }, around) => SPENT[bound](of, around),
  segment: ({ segment }, around) => inSegment(segment, around),
};

const column = (value: FieldValue | undefined): string => (typeof value === 'number' ? 'v.number' : 'v.folded');
const compared = (operator: string) => (value: FieldValue | undefined) =>
  typeof value === 'number'
    ? part(`${column(value)} ${operator} ?`, value)
    : part(`${column(value)} ${operator} lower(?)`, String(value));

const FIELDS: Record<FieldTest, (value: FieldValue | undefined) => Condition> = {
  equals: compared('='),
  contains: (value) => part('v.folded like lower(?)', `%${String(value).replaceAll(/[\\%_]/g, '\\$&')}%`),
  more_than: compared('>'),
  less_than: compared('<'),
  before: compared('<'),
  after: compared('>'),
  filled: () => part('true'),
};

/** One purchase is all that is said; a checkout that was never paid is none [R5.2]. */
function ofPurchase({ offerId, productId, billingStatus, accessStatus }: SegmentFilterOf<'purchase'>): Condition {
  const said: Condition[] = [
    part('exists (select from purchases p where p.contact_id = r.id and p.started_at is not null'),
    ...(offerId ? [part('p.offer_id = ?', offerId)] : []),
    ...(billingStatus ? [part('p.billing_status = ?', billingStatus)] : []),
    ...(accessStatus ? [part('p.access_status = ?', accessStatus)] : []),
    ...(productId
      ? [part('exists (select from purchase_products x where x.purchase_id = p.id and x.product_id = ?)', productId)]
      : []),
  ];
  return part(`${said.map(({ sql }) => sql).join(' and ')})`, ...said.flatMap(({ params }) => params));
}

type Spent = Pick<SegmentFilterOf<'spent'>, 'currency' | 'amountMinor'>;

/**
 * Whoever never paid in this currency has spent nothing. Where all pay in one, they are found by
 * their rows without a currency, and not as those whom nothing is found of.
 */
const SPENT: Record<SpentBound, (of: Spent, around: Around) => Condition> = {
  at_least: (of, around) =>
    of.amountMinor === 0 ? part('true') : spentWith('s.currency = ? and s.minor >= ?', of, around),
  at_most(of, around) {
    if (around.currencies.every((currency) => currency === of.currency))
      return spentWith(`s.currency in ('', ?) and s.minor <= ?`, of, around);
    const { sql, params } = spentWith('s.currency = ? and s.minor > ?', of, around);
    return part(`(not ${sql})`, ...params);
  },
};

const spentWith = (asked: string, { currency, amountMinor }: Spent, { accountId }: Around): Condition =>
  part(
    `exists (select from contact_spent s where s.account_id = ? and ${asked} and s.contact_id = r.id)`,
    accountId,
    currency,
    amountMinor,
  );

import type { z } from 'zod';
import type { Results, RowOf } from '../../db/search/find.ts';
import { toInstant } from '../../db/instants.ts';
import type { Who } from '../../db/search/who.ts';
import { isCharged, type Price } from '../../workflows/domain/price.ts';
import { SEARCH_KINDS, type SearchKind } from '../../workflows/domain/search.ts';
import type { searchAnswer } from './search-schema.ts';

type Answer = z.input<typeof searchAnswer>;
type Shown = Omit<Answer['data'][number], 'kind' | 'id' | 'at'>;

export function toApiResults(found: Results, asked: { q: string }): Answer {
  const data = SEARCH_KINDS.flatMap((kind) =>
    (found[kind]?.rows ?? []).map((row) => ({ kind, id: row.id, at: toInstant(row.at), ...shown(kind, row) })),
  );
  const more = SEARCH_KINDS.filter((kind) => found[kind]?.hasMore);
  return { data, more: more.map((kind) => ({ kind, href: hrefOfMore(kind, asked.q) })) };
}

/** So many people are found by words alone, as their list finds them; the rest not only so. */
const hrefOfMore = (kind: SearchKind, q: string): string =>
  kind === 'contact' ? `/contacts?${query({ q, includeTest: 'true' })}` : `/search?${query({ q, kind })}`;

const query = (asked: Record<string, string>): string => new URLSearchParams(asked).toString();

const shown = (kind: SearchKind, row: RowOf[SearchKind]): Shown =>
  (VIEWS[kind] as (row: RowOf[SearchKind]) => Shown)(row);

const NO_AMOUNT = { amountMinor: null, currency: null };

const VIEWS: { [Kind in SearchKind]: (row: RowOf[Kind]) => Shown } = {
  contact: ({ id, email, name, marketingStatus, isTest }) => ({
    title: name ?? email,
    subtitle: name === null ? null : email,
    state: marketingStatus,
    ...NO_AMOUNT,
    isTest,
    href: `/contacts/${id}`,
  }),
  purchase: (row) => ({
    title: titleOf(row),
    subtitle: row.offerName,
    state: row.billingStatus,
    ...amountOf(row.price),
    isTest: row.isTest,
    href: `/purchases/${row.id}`,
  }),
  payment: (row) => ({
    title: titleOf(row),
    subtitle: [row.offerName, cardOf(row)].filter(Boolean).join(', '),
    state: row.state,
    amountMinor: row.amountMinor,
    currency: row.currency,
    isTest: row.isTest,
    href: `/payments?purchaseId=${row.purchaseId}`,
  }),
  offer: ({ id, name, products, price, isArchived }) => ({
    title: name,
    subtitle: products.length === 0 ? null : products.join(', '),
    state: isArchived ? 'archived' : 'offered',
    ...amountOf(price),
    isTest: false,
    href: `/offers/${id}`,
  }),
  email: (row) => ({
    title: row.subject ?? row.kind,
    subtitle: row.isErased ? null : row.email,
    state: row.state,
    ...NO_AMOUNT,
    isTest: row.isTest,
    href: `/emails/${row.id}`,
  }),
  call: (row) => ({
    title: titleOf(row),
    subtitle: `with ${row.expertName}`,
    state: row.state,
    ...NO_AMOUNT,
    isTest: row.isTest,
    href: `/calls/${row.id}`,
  }),
};

const titleOf = ({ isErased, name, email }: Who): string => (isErased ? 'A deleted contact' : (name ?? email));

const amountOf = (price: Price): Pick<Shown, 'amountMinor' | 'currency'> =>
  isCharged(price) ? { amountMinor: price.amountMinor, currency: price.currency } : NO_AMOUNT;

const cardOf = ({ cardBrand, cardLast4 }: RowOf['payment']): string =>
  cardLast4 === null ? '' : `${cardBrand ?? 'card'} •••• ${cardLast4}`;

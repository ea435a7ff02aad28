import { reachOf, type Reach, type Span } from '../../workflows/domain/access.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { toInstant, toInstantOrNull } from '../instants.ts';
import { query, sql } from '../sql.ts';

/** Whom and what a check is about: a contact's id, or an address. */
export type Pair = { productId: string; contactId?: string | undefined; email?: string | undefined };

type Row = { place: string; starts_at: string; until: string | null };

/**
 * Whether each contact reaches the product, in the order asked: one statement over the rows of
 * products, from their index alone. Whoever or whatever is unknown has no row, and reaches nothing
 * [R27.8]; whoever is being merged has what either of both has.
 */
export async function checkAccess(em: Scoped, pairs: readonly Pair[], now: Instant): Promise<Reach[]> {
  const accountId = accountIdOf(em);
  const rows = await query<Row>(
    em,
    sql`select a.place, x.starts_at, x.until
     from unnest(${pairs.map(({ contactId }) => contactId ?? null)}::uuid[], ${pairs.map(({ email }) => email ?? null)}::text[],
       ${pairs.map(({ productId }) => productId)}::uuid[]) with ordinality a(contact_id, email, product_id, place)
     left join contacts c on c.account_id = ${accountId} and c.email = a.email
     left join contacts m on m.id = a.contact_id and m.merged_into is not null
     join purchase_products x on x.account_id = ${accountId}
       and x.contact_id = any(array[coalesce(a.contact_id, c.id), coalesce(m.merged_into, c.merged_into)])
       and x.product_id = a.product_id and x.open`,
  );
  const spans = pairs.map((): Span[] => []);
  for (const { place, starts_at, until } of rows)
    spans[Number(place) - 1]?.push({ from: toInstant(starts_at), until: toInstantOrNull(until) });
  return spans.map((of) => reachOf(of, now));
}

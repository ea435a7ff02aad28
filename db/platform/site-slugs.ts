import type { EntityManager } from '@mikro-orm/postgresql';
import type { Unscoped } from '../account-scope.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { Account } from '../entities/account.ts';
import { SiteSlug } from '../entities/site-slug.ts';
import { query, sql } from '../sql.ts';

/** What would read as the service's own address, and not as a site's. */
const RESERVED = new Set(
  'account admin api assets docs help login perennial platform security status support system webhooks www'.split(' '),
);

export const isReservedSlug = (slug: string): boolean => RESERVED.has(slug);

const LEAST = 3;
const MOST_OF_NAME = 24;

/** Letters, digits, and single hyphens between them. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A new account's address, after its name as far as that is free. */
export async function firstSlug(
  tx: EntityManager,
  account: Pick<Account, 'id' | 'name' | 'isPlatform'>,
): Promise<string> {
  const named = slugOf(account.name);
  const isFit = named.length >= LEAST && (account.isPlatform || !isReservedSlug(named));
  const numbered = [named, account.id.replaceAll('-', '').slice(-12)].filter((part) => part !== '').join('-');
  return isFit && (await isFree(tx, named)) ? named : numbered;
}

const isFree = async (tx: EntityManager, slug: string): Promise<boolean> => (await tx.count(SiteSlug, { slug })) === 0;

/** A name as a part of an address. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, MOST_OF_NAME)
    .replaceAll(/-$/g, '');

/** So many addresses one site may hold, old ones with it. */
const MOST = 10;

/**
 * Takes an address for a site, which keeps those that it had. `taken`: another site has or had it.
 * `too_many`: the site holds as many as it may.
 */
export async function takeSlug(
  tx: EntityManager,
  { slug, accountId, now }: { slug: string; accountId: string; now: Instant },
): Promise<'done' | 'taken' | 'too_many'> {
  const [row] = await query<{ account_id: string; held: string }>(tx, taking(slug, accountId, now));
  if (row?.account_id !== accountId) return 'taken';
  return Number(row.held) > MOST ? 'too_many' : 'done';
}

const taking = (slug: string, accountId: string, now: Instant) => sql`
  with made as (insert into site_slugs (slug, account_id, created_at) values (${slug}, ${accountId}, ${now})
    on conflict do nothing returning account_id)
  select coalesce(m.account_id, s.account_id) as account_id,
    (select count(*) from site_slugs where account_id = ${accountId}) + count(m.account_id) over () as held
  from (select 1) one left join made m on true left join site_slugs s on s.slug = ${slug}`;

/** The site that has or had an address. */
export async function accountAt(em: Unscoped, slug: string): Promise<Account | null> {
  if (!SLUG.test(slug)) return null;
  const held = await em.findOne(SiteSlug, { slug });
  return held && em.findOne(Account, { id: held.accountId });
}

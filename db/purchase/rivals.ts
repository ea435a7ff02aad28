import type { EntityManager } from '@mikro-orm/postgresql';
import type { Command } from '../../workflows/domain/pending.ts';
import type { Rival } from '../../workflows/domain/rival.ts';
import type { ChangeContactInput } from '../../workflows/verbs/change-contact.ts';
import { query, sql, type Sql } from '../sql.ts';

/** What is in the way of one purchase, by its id. */
export type RivalOf = Rival & { of: string };

/** What is in the way of handing a purchase over; undefined = nothing, or that is not asked. */
export async function rivalOf(
  em: EntityManager,
  purchaseId: string,
  { name, input }: Command,
): Promise<Rival | undefined> {
  if (name !== 'change-contact') return undefined;
  const { contactId } = input as ChangeContactInput;
  const [found] = await query<RivalOf>(em, rivals(sql`p.id = ${purchaseId}`, contactId));
  return found && { kind: found.kind, purchaseId: found.purchaseId };
}

/** What is in the way of handing over all that a contact has to another one. */
export const rivalsBetween = (em: EntityManager, fromId: string, toId: string): Promise<RivalOf[]> =>
  query<RivalOf>(em, rivals(sql`p.contact_id = ${fromId} and p.contact_id <> ${toId}::uuid`, toId));

/** As the indexes of purchases and seats have it, that let a person have such a thing once. */
const rivals = (which: Sql, contactId: string): Sql => sql`
  select p.id as "of", x.kind, x.id as "purchaseId" from purchases p join lateral (
    select 'already_live' as kind, r.id from purchases r
      where ${isLive('p')} and ${isLive('r')} and ${isTheirs(contactId)} and p.offer_changed_at is null
        and r.offer_changed_at is null and r.offer_id = p.offer_id
    union all
    select 'group_taken', r.id from purchases r
      where ${isLive('p')} and ${isLive('r')} and ${isTheirs(contactId)} and r.group_name = p.group_name
    union all
    select 'already_booked', r.purchase_id from seats s join seats r on r.block_id = s.block_id and r.date = s.date
      where s.purchase_id = p.id and s.state = 'booked' and r.state = 'booked' and r.contact_id = ${contactId} and r.id <> s.id
    order by 1, 2) x on true
  where ${which} order by p.id`;

const isLive = (of: 'p' | 'r'): Sql =>
  sql.raw(`${of}.is_live and ${of}.duplicate_of is null and ${of}.origin = 'bought'`);

/** What is for an account stays its. */
const isTheirs = (contactId: string): Sql =>
  sql`p.for_account_id is null and r.holder_id = ${contactId} and r.id <> p.id`;

import { DEFAULT_SETTINGS } from '../../workflows/domain/settings.ts';
import type { PurchaseRecord } from '../purchase/purchase-record.ts';
import { rowsOf } from '../purchase/write-read-state.ts';
import { json, sql, type Sql } from '../sql.ts';

/** Whether a record is the one in which an account may be made: its plan has been bought. */
export const makesAccount = ({ state, entries }: Pick<PurchaseRecord, 'state' | 'entries'>): boolean =>
  state.forAccountId !== undefined && entries.some(({ type }) => type === 'purchase.bought');

/**
 * An account with its owner, made in the record in which its plan begins: one is not there without
 * the other, whatever is cut off. One that is there already stays as it is.
 */
export function signUpParts(records: readonly PurchaseRecord[]): Sql[] {
  const rows = records
    .filter(makesAccount)
    .map(({ state: { purchaseId, startedAt }, now }) => ({ purchaseId, at: startedAt ?? now }));
  if (rows.length === 0) return [];
  const made = sql`(${newAccounts(rows)}) n`;
  return [
    sql`
      insert into accounts (id, name, slug, mode, time_zone, support_email, settings, site, clock_at, created_at, needs_own_stripe)
      select n.id, n.name, n.slug, n.mode, n.time_zone, n.email, ${json(DEFAULT_SETTINGS)}, '{}',
        case when n.mode = 'test' then n.at end, n.at, true from ${made}`,
    sql`insert into site_slugs (slug, account_id, created_at) select n.slug, n.id, n.at from ${made}`,
    sql`
      insert into admins (id, account_id, email, role, created_at)
      select n.owner_id, n.id, n.email, 'owner', n.real_at from ${made}`,
    sql`
      insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, data, is_welcome, due_at)
      select n.email_id, n.id, 'admin-confirmation', n.owner_id, 0, 'admin', n.owner_id,
        jsonb_build_object('offerName', n.offer_name), false, n.at from ${made}`,
  ];
}

/**
 * A test account's clock begins in whole seconds, as Stripe's clocks do. An address that another
 * site has taken since it was chosen is numbered.
 */
const newAccounts = (rows: object[]): Sql => sql`
  select s.for_account_id as id, s.sign_up ->> 'accountName' as name, p.mode, s.sign_up ->> 'timeZone' as time_zone, c.email,
    case when exists (select from site_slugs where slug = s.sign_up ->> 'slug')
      then left(s.sign_up ->> 'slug', 24) || '-' || right(s.for_account_id::text, 12) else s.sign_up ->> 'slug' end as slug,
    (s.sign_up ->> 'ownerId')::uuid as owner_id, (s.sign_up ->> 'emailId')::uuid as email_id, o.name as offer_name,
    date_trunc('second', e.at) as at, now() as real_at
  from advanced a join ${rowsOf(rows, 'at timestamptz')} on e."purchaseId" = a.id
    join checkouts s on s.purchase_id = a.id and s.sign_up is not null
    join accounts p on p.id = a.account_id join contacts c on c.id = a.contact_id join offers o on o.id = s.offer_id
  where not exists (select from accounts where id = s.for_account_id)`;

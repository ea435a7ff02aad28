import { cancellationOf, endOf, pauseOf } from './billing-parts.ts';
import { type Billing, billingStatus, overdueOf } from './billing.ts';
import { earliest, type Instant } from './instant.ts';
import type { PurchaseState } from './purchase.ts';
import type { AccessStatus, Standing } from './standing.ts';
import type { Actor } from './verb.ts';

export const BLOCK_SOURCES = [
  'not_started',
  'revoked',
  'suspended_by_pause',
  'suspended_by_overdue',
  'expired',
  'ended',
] as const;
export type BlockSource = (typeof BLOCK_SOURCES)[number];

/** One reason why a product is closed; each lifts on its own [R5.3]. */
export type Block = { source: BlockSource; since: Instant; by: Actor | null };

/** Access to one product: open unless a block holds; `until` = when it is known to end. */
export type ProductAccess = { productId: string; open: boolean; blocks: Block[]; until: Instant | null };

/** Blocks that hold for every product of the purchase at `now`. */
function commonBlocks(state: PurchaseState, now: Instant): Block[] {
  const blocks: Block[] = [];
  const add = (source: BlockSource, since: Instant, by: Actor | null = null) => blocks.push({ source, since, by });
  const { access, billing } = state;
  if (access && now < access.startsAt) add('not_started', state.startedAt ?? now);
  if (access?.endsAt && access.endsAt <= now) add('expired', access.endsAt);
  const pause = pauseOf(billing);
  if (pause?.access === 'suspend') add('suspended_by_pause', pause.since);
  const suspending = overdueOf(billing).find(({ suspendsAccess }) => suspendsAccess);
  if (suspending) add('suspended_by_overdue', suspending.since);
  const ended = endOf(billing);
  const cancellation = cancellationOf(billing);
  if (ended?.endsAccess) add('ended', ended.at, ended.by);
  // A due cancellation ends access at its instant, even before Stripe has confirmed it [R1.5].
  else if (!ended && cancellation && cancellation.at <= now) add('ended', cancellation.at);
  return blocks;
}

/**
 * Access per product at `now` [R5.3]. Nothing is open before the purchase has begun, or if it is a
 * duplicate that is refunded.
 */
export function productAccess(state: PurchaseState, now: Instant): ProductAccess[] {
  const common = commonBlocks(state, now);
  const begun = state.startedAt !== null && state.duplicateOf === null;
  return state.terms.productIds.map((productId) => {
    const revoked = state.revoked.filter((block) => block.productId === productId);
    const blocks = [...revoked.map(({ since, by }) => ({ source: 'revoked' as const, since, by })), ...common];
    return { productId, open: begun && blocks.length === 0, blocks, until: accessUntil(state) };
  });
}

/**
 * When access ends as things stand: days of access over, or billing canceled; null = not known to
 * end.
 */
export const accessUntil = (state: PurchaseState): Instant | null =>
  earliest(state.access?.endsAt, billingEndsAccessAt(state.billing));

function billingEndsAccessAt(billing: Billing): Instant | null {
  const ended = endOf(billing);
  if (ended) return ended.endsAccess ? ended.at : null;
  return cancellationOf(billing)?.at ?? null;
}

/** Both axes of a purchase at `now` [R5.1]. */
export const standing = (state: PurchaseState, now: Instant): Standing => ({
  billingStatus: billingStatus(state.billing),
  accessStatus: accessStatus(state, now),
});

export function accessStatus(state: PurchaseState, now: Instant): AccessStatus {
  const products = productAccess(state, now);
  const open = products.filter((product) => product.open).length;
  if (open === 0) return 'none';
  return open === products.length ? 'full' : 'partial';
}

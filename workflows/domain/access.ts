import { cancellationOf, endOf, hasEndedAccess, pauseOf } from './billing-parts.ts';
import { type Billing, billingStatus, overdueOf } from './billing.ts';
import { earliest, latest, type Instant } from './instant.ts';
import { isDecidingPause } from './pending.ts';
import type { PurchaseState } from './purchase.ts';
import type { AccessStatus, Standing } from './standing.ts';
import { isSuspended, suspendedSince, suspendsNextAt } from './suspension.ts';
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
  const pause = suspendingPause(state);
  // A due resume opens access at its instant, however late it is recorded [R1.5].
  if (pause && (pause.until === null || now < pause.until)) add('suspended_by_pause', pause.since, pause.by);
  const suspended = suspendedSince(overdueOf(billing), now);
  if (suspended !== null) add('suspended_by_overdue', suspended);
  const ended = endOf(billing);
  const cancellation = cancellationOf(billing);
  if (ended?.endsAccess) add('ended', ended.at, ended.by);
  // A due cancellation ends access at its instant, even before Stripe has confirmed it [R1.5].
  else if (!ended && cancellation && cancellation.at <= now) add('ended', cancellation.at);
  return blocks;
}

/** A pause that closes access; `until` = its known end, which a pending verb may be changing. */
function suspendingPause(state: PurchaseState) {
  const pause = pauseOf(state.billing);
  if (pause?.access !== 'suspend') return null;
  const { since, resumeAt, by = null } = pause;
  return { since, by, until: isDecidingPause(state) ? null : resumeAt };
}

const hasBegun = ({ startedAt, duplicateOf }: PurchaseState): boolean => startedAt !== null && duplicateOf === null;

/**
 * Access per product at `now` [R5.3]. Nothing is open before the purchase has begun, or if it is a
 * duplicate that is refunded.
 */
export function productAccess(state: PurchaseState, now: Instant): ProductAccess[] {
  const common = commonBlocks(state, now);
  const begun = hasBegun(state);
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
export const accessEndsAt = (state: PurchaseState): Instant | null =>
  earliest(state.access?.endsAt, billingEndsAccessAt(state.billing));

/** When access closes as things stand: it ends, or is suspended until an invoice is paid. */
export const accessUntil = (state: PurchaseState): Instant | null =>
  earliest(accessEndsAt(state), suspendsNextAt(overdueOf(state.billing)));

function billingEndsAccessAt(billing: Billing): Instant | null {
  const ended = endOf(billing);
  if (ended) return ended.endsAccess ? ended.at : null;
  return cancellationOf(billing)?.at ?? null;
}

/** When a product is open as things stand: [from, until); null = no known end. */
export type Span = { from: Instant; until: Instant | null };

/**
 * Per product, when it is open if nothing else happens; null = closed by a block without a known
 * end. At every instant it says what `productAccess` says, so a row of it needs no record to stay
 * right [R5.3].
 */
export function accessSpans(state: PurchaseState): { productId: string; span: Span | null }[] {
  const common = commonSpan(state);
  const revoked = new Set(state.revoked.map(({ productId }) => productId));
  return state.terms.productIds.map((productId) => ({ productId, span: revoked.has(productId) ? null : common }));
}

/**
 * When anything of the purchase is open as things stand, to its end: a suspension is a block that
 * may lift before; null = closed without a known end.
 */
export function openSpan(state: PurchaseState): Span | null {
  const open = accessSpans(state).find(({ span }) => span !== null)?.span;
  return open ? { from: open.from, until: accessEndsAt(state) } : null;
}

function commonSpan(state: PurchaseState): Span | null {
  const pause = suspendingPause(state);
  const { billing } = state;
  const isClosed = pause?.until === null || isSuspended(overdueOf(billing)) || hasEndedAccess(billing);
  if (!hasBegun(state) || !state.access || isClosed) return null;
  const { startsAt } = state.access;
  return { from: pause?.until ? latest(startsAt, pause.until) : startsAt, until: accessUntil(state) };
}

/** Whether a product is reached; `from` = when it is known to open; `until` = when to close. */
export type Reach = { access: boolean; from: Instant | null; until: Instant | null };

/**
 * What all purchases of one product come to: open while any of them is, up to the end of the last
 * that follows without a gap [R5.4].
 */
export function reachOf(spans: readonly Span[], now: Instant): Reach {
  const ahead = spans.filter((span) => isAhead(span, now)).sort((a, b) => (a.from < b.from ? -1 : 1));
  const [first, ...others] = ahead;
  if (!first || now < first.from) return { access: false, from: first?.from ?? null, until: null };
  const until = others.reduce<Instant | null>(
    (end, span) => (end === null || end < span.from ? end : laterEnd(end, span.until)),
    first.until,
  );
  return { access: true, from: null, until };
}

/** Every product of one contact's purchases, and whether they reach it [R5.4]. */
export function reachPerProduct(purchases: readonly PurchaseState[], now: Instant): Map<string, Reach> {
  const spans = Map.groupBy(purchases.flatMap(accessSpans), ({ productId }) => productId);
  const reaches = [...spans].map(([productId, of]) => {
    const known = of.flatMap(({ span }) => span ?? []);
    return [productId, reachOf(known, now)] as const;
  });
  return new Map(reaches);
}

/** Of a product that nothing leads to. */
export const NO_REACH: Reach = { access: false, from: null, until: null };

const isAhead = ({ from, until }: Span, now: Instant): boolean => until === null || (now < until && from < until);

const laterEnd = (end: Instant, other: Instant | null): Instant | null => (other === null ? null : latest(end, other));

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

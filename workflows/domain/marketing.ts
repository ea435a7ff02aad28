export const MARKETING_STATUSES = ['subscribed', 'never_subscribed', 'unconfirmed', 'unsubscribed'] as const;
export type MarketingStatus = (typeof MARKETING_STATUSES)[number];

export const UNSUBSCRIBED_REASONS = ['manual', 'opted_out', 'hard_bounce', 'complaint'] as const;
export type UnsubscribedReason = (typeof UNSUBSCRIBED_REASONS)[number];

/** Whether somebody gets marketing email; there is a reason exactly while unsubscribed [R3.4]. */
export type Marketing = { status: MarketingStatus; reason: UnsubscribedReason | null };

export const OPT_INS = ['single', 'double'] as const;
export type OptIn = (typeof OPT_INS)[number];

/**
 * What may change it. `form`: they, or somebody in their name, sent an opt-in form. `confirmed`:
 * they pressed the button behind the link that was mailed to them. `merged`: another contact has
 * become part of them, which had the status that `goes`.
 */
export type MarketingChange =
  | { kind: 'admin_subscribed' | 'admin_unsubscribed' | 'opted_out' | 'confirmed' | 'imported' }
  | { kind: 'hard_bounced' | 'complained' }
  | { kind: 'form'; optIn: OptIn }
  | { kind: 'merged'; goes: Marketing };

export const MARKETING_CHANGES = [
  'admin_subscribed',
  'admin_unsubscribed',
  'opted_out',
  'confirmed',
  'imported',
  'hard_bounced',
  'complained',
  'form',
  'merged',
] as const satisfies MarketingChange['kind'][];

/**
 * `asksToConfirm`: a link is to be mailed, by which they confirm. `voidsLinks`: links that were
 * mailed before confirm nothing any more.
 */
export type MarketingDecision =
  | { kind: 'decided'; marketing: Marketing; asksToConfirm: boolean; voidsLinks: boolean }
  /** They have unsubscribed: only they come back, and only by confirming [R3.6]. */
  | { kind: 'refused'; code: 'confirmation_required' };

const REASONS = {
  admin_unsubscribed: 'manual',
  opted_out: 'opted_out',
  hard_bounced: 'hard_bounce',
  complained: 'complaint',
} as const satisfies Partial<Record<MarketingChange['kind'], UnsubscribedReason>>;

/** What a change comes to: the first reason to have unsubscribed stays until they confirm. */
export function decideMarketing(now: Marketing, change: MarketingChange): MarketingDecision {
  switch (change.kind) {
    case 'admin_subscribed':
      if (now.status === 'unsubscribed') return { kind: 'refused', code: 'confirmation_required' };
      return decided(SUBSCRIBED);
    case 'admin_unsubscribed':
    case 'opted_out':
    case 'hard_bounced':
    case 'complained':
      return decided(ended(now, REASONS[change.kind]), { voidsLinks: true });
    case 'confirmed':
      return decided(SUBSCRIBED);
    case 'imported':
      return decided(now);
    case 'form':
      return bySubmission(now, change.optIn);
    case 'merged':
      return byMerge(now, change.goes);
  }
}

/** No form lowers `subscribed`, and none brings back whoever has unsubscribed [R3.6, R3.8]. */
function bySubmission(now: Marketing, optIn: OptIn): MarketingDecision {
  if (now.status === 'subscribed') return decided(now);
  if (now.status === 'unsubscribed') return decided(now, { asksToConfirm: true });
  return optIn === 'single' ? decided(SUBSCRIBED) : decided(UNCONFIRMED, { asksToConfirm: true });
}

/**
 * Whoever has unsubscribed by either address has so as a person, and for its reason. Any other
 * consent was given for one address, and holds for that one.
 */
const byMerge = (now: Marketing, goes: Marketing): MarketingDecision =>
  now.status !== 'unsubscribed' && goes.status === 'unsubscribed' ? decided(goes, { voidsLinks: true }) : decided(now);

const SUBSCRIBED: Marketing = { status: 'subscribed', reason: null };
const UNCONFIRMED: Marketing = { status: 'unconfirmed', reason: null };

const ended = (now: Marketing, reason: UnsubscribedReason): Marketing =>
  now.status === 'unsubscribed' ? now : { status: 'unsubscribed', reason };

const decided = (marketing: Marketing, { asksToConfirm = false, voidsLinks = false } = {}): MarketingDecision => ({
  kind: 'decided',
  marketing,
  asksToConfirm,
  voidsLinks,
});

/** Why somebody gets no marketing email, in a word; null = they do. */
export const whyNoMarketing = ({ status, reason }: Marketing): MarketingStatus | UnsubscribedReason | null =>
  status === 'subscribed' ? null : (reason ?? status);

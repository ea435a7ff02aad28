import type { MarketingStatus, UnsubscribedReason } from '../../db/entities/contact.ts';
import type { AccessStatus, BlockSource } from '../../workflows/domain/access.ts';
import type { BillingStatus, CancelCause } from '../../workflows/domain/billing.ts';
import type { DueKind } from '../../workflows/domain/due.ts';
import type { DisputeStatus } from '../../workflows/domain/payments.ts';
import type { AttentionReason } from '../../workflows/domain/pending.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Warning } from '../../workflows/verbs/preview.ts';
import type { Tone } from './parts/notice.tsx';

/** Every status, block and kind in words; a new one without its words does not compile. */
type Words = { label: string; tone: Tone };

export const BILLING_WORDS = {
  trialing: { label: 'Trialing', tone: 'plain' },
  active: { label: 'Active', tone: 'good' },
  past_due: { label: 'Past due', tone: 'bad' },
  paused: { label: 'Paused', tone: 'warn' },
  canceled: { label: 'Canceled', tone: 'plain' },
  completed: { label: 'Completed', tone: 'good' },
  paid: { label: 'Paid', tone: 'good' },
  none: { label: 'No billing', tone: 'plain' },
} satisfies Record<BillingStatus, Words>;

export const ACCESS_WORDS = {
  full: { label: 'Full access', tone: 'good' },
  partial: { label: 'Partial access', tone: 'warn' },
  none: { label: 'No access', tone: 'bad' },
} satisfies Record<AccessStatus, Words>;

export const BLOCK_WORDS = {
  not_started: 'not started yet',
  revoked: 'revoked',
  suspended_by_pause: 'suspended by the pause',
  suspended_by_overdue: 'suspended because a payment is overdue',
  expired: 'days of access are over',
  ended: 'ended with the billing',
} satisfies Record<BlockSource, string>;

export const DUE_WORDS = {
  'trial-ends': 'Trial ends',
  renewal: 'Renewal is charged',
  'period-ends': 'Period ends, nothing is charged',
  'payment-retry': 'Payment is tried again',
  cancellation: 'Billing and access end',
  resume: 'Pause ends',
  'access-starts': 'Access starts',
  'access-expires': 'Access expires',
  'refund-window-closes': 'Refund window closes',
  'stripe-overdue': 'Stripe is asked what became of it',
} satisfies Record<DueKind, string>;

export const WARNING_WORDS = {
  billing_continues_without_access: 'Billing goes on although access is gone.',
  access_continues_without_billing: 'Access goes on although billing has ended.',
} satisfies Record<Warning, string>;

export const MARKETING_WORDS = {
  subscribed: { label: 'Subscribed', tone: 'good' },
  never_subscribed: { label: 'Never subscribed', tone: 'plain' },
  unconfirmed: { label: 'Not confirmed yet', tone: 'warn' },
  unsubscribed: { label: 'Unsubscribed', tone: 'warn' },
} satisfies Record<MarketingStatus, Words>;

export const UNSUBSCRIBED_WORDS = {
  manual: 'by an admin',
  opted_out: 'by their own wish',
  hard_bounce: 'because an email could not be delivered',
  complaint: 'because they complained of an email',
} satisfies Record<UnsubscribedReason, string>;

export const CAUSE_WORDS = {
  voluntary: 'by the customer',
  internal: 'by the team',
  api: 'through the API',
  delinquent: 'because it stayed unpaid',
  automation: 'by an automation',
  bulk: 'by a bulk job',
  external: 'at Stripe',
  refund: 'with the money back',
} satisfies Record<CancelCause, string>;

export const DISPUTE_WORDS = {
  inquiry: 'an inquiry: nothing is taken yet, and a refund settles it',
  open: 'the bank holds the money',
  won: 'won',
  lost: 'lost: the money stays with the customer',
  closed: 'the inquiry came to nothing',
} satisfies Record<DisputeStatus, string>;

export const ATTENTION_WORDS = {
  refund_refused: 'Stripe refused a refund after the verb had begun.',
  refund_failed: 'A refund that was on its way has failed.',
  stripe_unreachable: 'Stripe could not be reached for three days.',
  later_step_refused: 'Stripe refused a later step of a verb that had begun.',
  system_step_refused: "Stripe refused a step of the system's own.",
  not_recordable: 'What was asked or heard could not be kept, and has failed: see it among the commands or webhooks.',
  not_its_own:
    'Something at Stripe names this purchase and is not its own: another subscription, or an invoice in another currency. Nothing of it is counted here; see to it at Stripe.',
  restored: 'It was under way in the copy from which the database was restored, and may have been done since.',
  status_unclear: 'Stripe says that something is unpaid, but names no open invoice.',
  event_unreadable: 'Stripe told something that could not be read.',
  payment_after_end: 'A payment came in after the end. Refund it, or leave it as it is.',
} satisfies Record<AttentionReason, string>;

/** Actors who are known by their kind alone. */
export const ACTOR_WORDS = {
  admin: 'an admin',
  operator: 'an operator',
  api_key: 'an API key',
  customer: 'the customer',
  automation: 'itself, when due',
  system: 'the system',
  stripe: 'Stripe',
} satisfies Record<Actor['kind'], string>;

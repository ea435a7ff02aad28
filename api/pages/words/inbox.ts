import type { z } from 'zod';
import type { HANDLED_EVENTS } from '../../../activities/gateways/stripe.ts';
import { READ_ASKED } from '../../../workflows/domain/facts.ts';
import type { commandSchema } from '../../inbox/command-schema.ts';
import type { WebhookState } from '../../inbox/webhook-schema.ts';
import type { Tone } from '../parts/notice.tsx';

/** What reached a purchase, in words; a kind or state without its words does not compile. */
type Words = { label: string; tone: Tone };

export const COMMAND_STATUS_WORDS = {
  pending: { label: 'Pending', tone: 'warn' },
  applied: { label: 'Applied', tone: 'good' },
  refused: { label: 'Refused', tone: 'plain' },
  failed: { label: 'Failed', tone: 'bad' },
} satisfies Record<z.output<typeof commandSchema>['status'], Words>;

export const WEBHOOK_STATE_WORDS = {
  pending: { label: 'Pending', tone: 'warn' },
  applied: { label: 'Applied', tone: 'good' },
  no_change: { label: 'No change', tone: 'plain' },
  failed: { label: 'Failed', tone: 'bad' },
  unmatched: { label: 'Unmatched', tone: 'warn' },
  dead: { label: 'Dead', tone: 'bad' },
} satisfies Record<WebhookState, Words>;

export const EVENT_WORDS = {
  'checkout.session.completed': 'Checkout completed',
  'checkout.session.async_payment_succeeded': 'Later payment succeeded',
  'checkout.session.async_payment_failed': 'Later payment failed',
  'checkout.session.expired': 'Checkout ended unpaid',
  'customer.updated': 'Default card changed',
  'payment_method.updated': 'Card changed',
  'payment_method.automatically_updated': 'Card renewed by its bank',
  'customer.subscription.created': 'Subscription created',
  'customer.subscription.updated': 'Subscription changed',
  'customer.subscription.deleted': 'Subscription ended',
  'invoice.paid': 'Payment succeeded',
  'invoice.payment_failed': 'Payment failed',
  'invoice.payment_action_required': 'Payment needs confirmation',
  'invoice.voided': 'Invoice voided',
  'invoice.marked_uncollectible': 'Invoice marked uncollectible',
  'refund.created': 'Refund created',
  'refund.updated': 'Refund changed',
  'refund.failed': 'Refund failed',
  'charge.dispute.created': 'Dispute opened',
  'charge.dispute.updated': 'Dispute changed',
  'charge.dispute.closed': 'Dispute closed',
} satisfies Record<(typeof HANDLED_EVENTS)[number], string>;

/** An event's kind in words; one that we no longer act on keeps Stripe's own name. */
export const eventInWords = (kind: string): string =>
  kind === READ_ASKED ? 'Read at Stripe' : ((EVENT_WORDS as Record<string, string>)[kind] ?? kind);

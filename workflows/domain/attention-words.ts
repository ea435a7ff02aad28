import type { AttentionReason } from './pending.ts';

/**
 * What needs a person, as a clause for pages and the Temporal UI. `advice`: what to do, for people
 * of the account, where the two decisions do not say it.
 */
export const ATTENTION_WORDS: Record<AttentionReason, { what: string; advice?: string }> = {
  refund_refused: { what: 'Stripe refused a refund after the verb had begun' },
  refund_failed: { what: 'a refund that was on its way has failed' },
  stripe_unreachable: { what: 'Stripe could not be reached for three days' },
  later_step_refused: { what: 'Stripe refused a later step of a verb that had begun' },
  system_step_refused: { what: 'Stripe refused something that the system does by itself' },
  not_recordable: {
    what: 'the database refused what a command or a webhook would have changed, and it has failed',
    advice: 'Find it among the commands or webhooks.',
  },
  not_its_own: {
    what:
      'something at Stripe names this purchase but is not part of it: another subscription, or an invoice in another ' +
      'currency; nothing of it is counted here',
    advice: 'See to it at Stripe.',
  },
  restored: {
    what: 'it was under way in the copy from which the database was restored, and may have been done since',
  },
  status_unclear: { what: 'Stripe says that something is unpaid, but names no open invoice' },
  event_unreadable: { what: 'Stripe sent an event that could not be read' },
  payment_after_end: { what: 'a payment came in after the end', advice: 'Refund it, or leave it as it is.' },
};

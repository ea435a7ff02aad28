import type { AttentionReason } from '../../../workflows/domain/pending.ts';

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

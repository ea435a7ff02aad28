import type { NextStepKind } from '../../../workflows/domain/login-cause.ts';

/** What the next step is called on its button or link; null = nothing is pressed for it. */
export const STEP_WORDS: Record<NextStepKind, string | null> = {
  send_welcome_again: 'Send the welcome again',
  send_email_again: 'Send the email again',
  send_login_link: 'Send a login link',
  unlock: 'Unlock now',
  restore_access: 'Restore access …',
  resume: 'Resume …',
  retry_payment: 'Retry the payment …',
  extend_access: 'Extend access …',
  grant_offer: 'Grant an offer below',
  correct_address: 'Correct the address …',
  lift_suppression: 'What can be done …',
  switch_email_on: 'Switch the email on …',
  ask_for_address: null,
  wait: null,
};

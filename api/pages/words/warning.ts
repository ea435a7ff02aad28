import type { Warning } from '../../../workflows/verbs/preview.ts';

/** In a line of a list. */
export const WARNING_SHORT = {
  billing_continues_without_access: 'Billed without access',
  access_continues_without_billing: 'Access without billing',
} satisfies Record<Warning, string>;

export const WARNING_WORDS = {
  billing_continues_without_access: 'Billing goes on although access is gone.',
  access_continues_without_billing: 'Access goes on although billing has ended.',
} satisfies Record<Warning, string>;

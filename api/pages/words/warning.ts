import type { Warning } from '../../../workflows/verbs/preview.ts';

export const WARNING_WORDS = {
  billing_continues_without_access: 'Billing goes on although access is gone.',
  access_continues_without_billing: 'Access goes on although billing has ended.',
} satisfies Record<Warning, string>;

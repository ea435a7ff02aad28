import type { CheckoutRecord } from '../../purchase/checkout-schema.ts';
import type { Tone } from '../parts/notice.tsx';

/** Why a checkout ended unpaid, as a short name and as a sentence. */
export const END_WORDS = {
  left: { label: 'Left', tone: 'plain', means: 'Nothing was tried on the page.' },
  declined: { label: 'Declined', tone: 'bad', means: 'The last try was refused.' },
  expired: { label: 'Not finished', tone: 'warn', means: 'A payment was begun there, and never finished.' },
} satisfies Record<NonNullable<CheckoutRecord['reason']>, { label: string; tone: Tone; means: string }>;

import { cardMonth } from '../../../emails/words/card.ts';
import { at, prefixed, type EntryWords } from './entry-details.ts';

/** Access that begins, ends, or is about to. */
export const ACCESS_ENTRY_WORDS = {
  'purchase.access-start-changed': {
    label: 'Start of access changed',
    tone: 'plain',
    details: ({ startsAt, endsAt }, context) => [
      prefixed('from', at(startsAt, context)),
      prefixed('to', at(endsAt, context)),
    ],
  },
  'purchase.access-extended': {
    label: 'Access extended',
    tone: 'plain',
    details: ({ endsAt }, context) => [prefixed('until', at(endsAt, context))],
  },
  'purchase.access-started': { label: 'Access started', tone: 'good' },
  'purchase.access-expired': { label: 'Access expired', tone: 'warn' },
  'purchase.access-suspended': { label: 'Access closed until what is overdue is paid', tone: 'warn' },
  'purchase.last-warning': {
    label: 'Warned that access ends',
    tone: 'warn',
    details: ({ accessEndsAt }, context) => [prefixed('on', at(accessEndsAt, context))],
  },
  'purchase.card-expiring': {
    label: 'Card expires soon',
    tone: 'warn',
    details: ({ expiresAt }) => [typeof expiresAt === 'string' ? `at the end of ${cardMonth(expiresAt)}` : null],
  },
} satisfies Record<string, EntryWords>;

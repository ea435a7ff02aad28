import { cardMonth } from '../../../emails/words/card.ts';
import { at, money, prefixed, type EntryWords } from './entry-details.ts';

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
  'purchase.trial-ending': {
    label: 'Told that the trial ends soon',
    tone: 'plain',
    details: ({ chargeAt, ...data }, context) => [prefixed('on', at(chargeAt, context)), money(data)],
  },
  'purchase.upcoming-payment': {
    label: 'Told of the next payment',
    tone: 'plain',
    details: ({ chargeAt, ...data }, context) => [money(data), prefixed('on', at(chargeAt, context))],
  },
} satisfies Record<string, EntryWords>;

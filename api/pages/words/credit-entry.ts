import type { EntryType } from '../../../workflows/domain/outcome.ts';
import { countOf } from '../parts/counts.ts';
import type { EntryWords } from './entry-details.ts';
import { instantInWords } from './instant.ts';

const details: NonNullable<EntryWords['details']> = ({ count, expiresAt }, { site }) => [
  typeof count === 'number' ? countOf(count, 'credit') : null,
  typeof expiresAt === 'string' ? `until ${instantInWords(expiresAt, site, 'hour')}` : null,
];

/** What becomes of call credits, in a timeline. */
export const CREDIT_ENTRY_WORDS = {
  'credits.issued': { label: 'Call credits issued', tone: 'good', details },
  'credits.expiring': { label: 'Told of expiring call credits', tone: 'plain', details },
  'credits.expired': { label: 'Call credits expired', tone: 'warn', details },
  'credits.forfeited': { label: 'Call credits forfeited', tone: 'warn', details },
  'credits.spent': { label: 'Call credits spent', tone: 'plain', details },
} satisfies Record<Extract<EntryType, `credits.${string}`>, EntryWords>;

import { at, prefixed, type Details, type EntryWords } from './entry-details.ts';
import { CREDIT_FATE_WORDS } from './credit.ts';
import type { EntryType } from '../../../workflows/domain/outcome.ts';

const callTime: Details = (data, context) => [prefixed('for', at(data.startsAt, context))];

const creditFate: Details = ({ credit }) =>
  Object.entries(CREDIT_FATE_WORDS).flatMap(([fate, word]) =>
    fate === credit ? [`its credit is ${word.toLowerCase()}`] : [],
  );

/** What happens to calls and seats, in words. */
export const CALL_ENTRY_WORDS = {
  'call.booked': { label: 'Call booked', tone: 'good', details: callTime },
  'call.moved': {
    label: 'Call moved',
    tone: 'plain',
    details: (data, context) => [
      prefixed('from', at(data.previousStartsAt, context)),
      prefixed('to', at(data.startsAt, context)),
    ],
  },
  'call.canceled': {
    label: 'Call canceled',
    tone: 'warn',
    details: (data, context) => [...callTime(data, context), ...creditFate(data, context)],
  },
  'call.reminded': { label: 'Reminded of a call', tone: 'plain', details: callTime },
  'call.held': { label: 'Call held', tone: 'good', details: callTime },
  'call.no-show': { label: 'Call missed', tone: 'warn', details: callTime },
  'seat.booked': { label: 'Seat in office hours booked', tone: 'good', details: callTime },
  'seat.canceled': { label: 'Seat in office hours canceled', tone: 'warn', details: callTime },
} satisfies Partial<Record<EntryType, EntryWords>>;

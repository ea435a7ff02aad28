import type { z } from 'zod';
import type { callSchema, seatSchema } from '../../../calls/call-schema.ts';
import type { calendarRoutes } from '../../../calls/calendar.ts';
import { CREDIT_FATE_WORDS } from '../../words/credit.ts';
import { Badge, type Tone } from '../notice.tsx';

export type Call = z.output<typeof callSchema>;
export type Seat = z.output<typeof seatSchema>;
export type Calendar = z.output<(typeof calendarRoutes.calendar)['answers'][200]>;

export const CALL_WORDS: Record<Call['state'], { label: string; tone: Tone }> = {
  booked: { label: 'Booked', tone: 'good' },
  held: { label: 'Held', tone: 'plain' },
  no_show: { label: 'Missed', tone: 'warn' },
  canceled: { label: 'Canceled', tone: 'plain' },
};

export const CallState = ({ state }: Pick<Call, 'state'>) => (
  <Badge tone={CALL_WORDS[state].tone}>{CALL_WORDS[state].label}</Badge>
);

/** What became of a call's credit. */
export const creditInWords = ({ credit }: Pick<Call, 'credit'>): string =>
  credit === null ? 'Held' : CREDIT_FATE_WORDS[credit];

/** By name, or else by address. */
export const personOf = ({ contact: { name, email } }: Pick<Call, 'contact'>): string =>
  name ?? email ?? 'an erased contact';

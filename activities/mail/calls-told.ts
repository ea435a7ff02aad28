import type { ExpertMaterial } from '../../db/mail/email-material.ts';
import { calendarFile, type CalendarEvent } from '../../emails/calendar-file.ts';
import { EMAILS, type EmailProps, type KindsWhere } from '../../emails/catalogue.ts';
import type { EmailEntry } from '../../emails/entries/entry.ts';
import { fill } from '../../emails/words/fill.ts';
import { numberOf, textOf } from './intent-data.ts';
import { customerBase, happenedAt, languageOf, type Writing } from './writing.ts';

type ToCustomer = Extract<KindsWhere<{ about: 'purchase'; to: 'contact' }>, `call-${string}` | `seat-${string}`>;
type ToExpert = KindsWhere<{ about: 'purchase'; to: 'expert' }>;

/** What the emails to whoever booked a call or a seat say, in the zone that they read. */
export const CALLS_TOLD: { [K in ToCustomer]: (writing: Writing) => EmailProps<K> } = {
  'call-booked': ofCall,
  'call-moved': (writing) => ({ ...ofCall(writing), previousStartsAt: previousOf(writing) }),
  'call-canceled': (writing) => ({ ...ofCall(writing), credit: creditOf(writing) }),
  'call-reminder': ofCall,
  'seat-booked': ofCall,
  'seat-canceled': ofCall,
};

/** What the emails to experts say, in their own zone. */
export const TO_EXPERT: { [K in ToExpert]: (writing: Writing) => EmailProps<K> } = {
  'expert-call-booked': ofBooker,
  'expert-call-moved': (writing) => ({ ...ofBooker(writing), previousStartsAt: previousOf(writing) }),
  'expert-call-canceled': ofBooker,
  'expert-call-reminder': ofBooker,
  'expert-seat-booked': ofBooker,
  'expert-seat-canceled': ofBooker,
};

function ofCall(writing: Writing) {
  const { site, customerZone: timeZone } = writing.material;
  return {
    ...customerBase(writing),
    site: { ...site, timeZone },
    expertName: expertOf(writing).name,
    ...timeOf(writing),
  };
}

function ofBooker(writing: Writing) {
  const { site, customer, purchase } = writing.material;
  const { timeZone } = expertOf(writing);
  return {
    site: { ...site, timeZone },
    booker: customer ?? { name: null, email: languageOf(writing).erased },
    offerName: purchase.offerName,
    pageUrl: writing.links.ofExpert ?? '',
    ...timeOf(writing),
  };
}

function expertOf({ material: { emailId, expert } }: Writing): ExpertMaterial {
  if (!expert) throw new Error(`email ${emailId} names no expert`);
  return expert;
}

function timeOf(writing: Writing) {
  const { data } = writing.material;
  const startsAt = textOf(data, 'startsAt') ?? happenedAt(writing);
  return { startsAt, endsAt: textOf(data, 'endsAt') ?? startsAt, meetingUrl: expertOf(writing).meetingUrl };
}

const previousOf = ({ material }: Writing): string | null => textOf(material.data, 'previousStartsAt');

const CREDIT_FATES = ['returned', 'spent', 'expired', 'none'] as const;

const creditOf = ({ material }: Writing) =>
  CREDIT_FATES.find((fate) => fate === textOf(material.data, 'credit')) ?? 'none';

/** What the email puts into calendars or takes out of them; null = it is of no call. */
export function calendarOf(writing: Writing): string | null {
  const { material } = writing;
  const { calendar }: EmailEntry = EMAILS[material.kind];
  if (!calendar) return null;
  const id = textOf(material.data, 'callId') ?? textOf(material.data, 'seatId') ?? material.emailId;
  const expert = expertOf(writing);
  const { site, customer, to } = material;
  const words = languageOf(writing);
  const event: CalendarEvent = {
    method: calendar,
    id,
    sequence: numberOf(material.data, 'sequence') ?? Number(calendar === 'CANCEL'),
    stampedAt: happenedAt(writing),
    ...timeOf(writing),
    summary: material.data.seatId
      ? fill(words.officeHours, { expert: expert.name })
      : fill(words.call, { expert: expert.name, name: customer?.name ?? site.name }),
    organizer: { name: site.name, email: site.supportEmail },
    attendee: to === expert.email ? expert : { name: customer?.name ?? null, email: to ?? '' },
  };
  return calendarFile(event);
}

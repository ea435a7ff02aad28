import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Instant } from '../workflows/domain/instant.ts';

/** One event in a file that calendars read (RFC 5545, RFC 5546). */
export type CalendarEvent = {
  /** `CANCEL` takes the event of this id out again. */
  method: 'REQUEST' | 'CANCEL';
  /** The same for all versions of the event; `sequence` says which of them is the newest. */
  id: string;
  sequence: number;
  /** When this version was made. */
  stampedAt: Instant;
  startsAt: Instant;
  endsAt: Instant;
  summary: string;
  meetingUrl: string;
  organizer: { name: string; email: string };
  attendee: { name: string | null; email: string };
};

/** The file; the same event comes to the same bytes. */
export function calendarFile(event: CalendarEvent): string {
  const { method, id, sequence, stampedAt, startsAt, endsAt, summary, meetingUrl, organizer, attendee } = event;
  const calendar = ical({ method: ICalCalendarMethod[method], prodId: { company: 'Perennial', product: 'Calls' } });
  const made = calendar.createEvent({
    id,
    sequence,
    stamp: new Date(stampedAt),
    start: new Date(startsAt),
    end: new Date(endsAt),
    summary,
    location: meetingUrl,
    url: meetingUrl,
    organizer,
    status: method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  made.createAttendee({ name: attendee.name ?? attendee.email, email: attendee.email });
  return calendar.toString();
}

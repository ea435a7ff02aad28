import { expect, test } from '@jest/globals';
import { timeZone } from '../../../api/http/fields.ts';
import { formatInstant } from '../../../emails/format.ts';

test.each([
  ['Asia/Kolkata', '2:30 PM'],
  ['Asia/Calcutta', '2:30 PM'],
  ['Europe/Kyiv', '11:00 AM'],
  ['America/Argentina/Buenos_Aires', '6:00 AM'],
  ['US/Pacific', '1:00 AM'],
  ['UTC', '9:00 AM'],
])('%s is a zone, by its newer name or its older one, and writes 09:00 UTC as %s', (zone, written) => {
  expect(timeZone.parse(zone)).toBe(zone);
  expect(formatInstant('2027-01-31T09:00:00.000Z', { timeZone: zone })).toContain(written);
});

test.each(['+01:00', '-0800', '', 'Mars/Olympus', 'Europe/Vienna\0', 'x'.repeat(65)])('%j is no zone', (text) => {
  expect(timeZone.safeParse(text).success).toBe(false);
});

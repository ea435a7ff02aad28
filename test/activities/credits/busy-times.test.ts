import { describe, expect, test } from '@jest/globals';
import { readBusyTimes } from '../../../activities/credits/busy-times.ts';

const READ_MS = 60_000;
const within = { startMs: Date.parse('2027-03-20T00:00:00Z'), endMs: Date.parse('2027-04-20T00:00:00Z') };

const calendar = (...events: string[][]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...events.flat(), 'END:VCALENDAR', ''].join('\r\n');
let made = 0;
const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', `UID:${(made += 1)}`, ...lines, 'END:VEVENT'];

async function busy(text: string, timeZone = 'Europe/Vienna'): Promise<string[]> {
  const found = await readBusyTimes({ text, timeZone, ...within }, READ_MS);
  return found.map((one) => [one.startMs, one.endMs].map((ms) => new Date(ms).toISOString().slice(5, 16)).join(' to '));
}

describe('an outside calendar is busy', () => {
  test('at each time of what recurs, over a change of clocks, without its exceptions', async () => {
    const weekly = event(
      'DTSTART;TZID=Europe/Vienna:20270308T100000',
      'DTEND;TZID=Europe/Vienna:20270308T110000',
      'RRULE:FREQ=WEEKLY;UNTIL=20270413T000000Z',
      'EXDATE;TZID=Europe/Vienna:20270405T100000',
    );

    expect(await busy(calendar(weekly))).toEqual([
      '03-22T09:00 to 03-22T10:00',
      '03-29T08:00 to 03-29T09:00',
      '04-12T08:00 to 04-12T09:00',
    ]);
  });

  test('by the clock of whose it is, where a time has no zone or is a whole day', async () => {
    const floating = event('DTSTART:20270329T100000', 'DTEND:20270329T113000');
    const day = event('DTSTART;VALUE=DATE:20270401', 'DTEND;VALUE=DATE:20270403');
    const text = calendar(floating, day);

    expect(await busy(text)).toEqual(['03-29T08:00 to 03-29T09:30', '03-31T22:00 to 04-02T22:00']);
    expect(await busy(text, 'America/New_York')).toEqual(['03-29T14:00 to 03-29T15:30', '04-01T04:00 to 04-03T04:00']);
  });

  test('once where events touch or overlap', async () => {
    const one = event('DTSTART:20270326T090000Z', 'DTEND:20270326T100000Z');
    const other = event('DTSTART:20270326T093000Z', 'DURATION:PT45M');

    expect(await busy(calendar(one, other))).toEqual(['03-26T09:00 to 03-26T10:15']);
  });

  test('neither where it says that it is free, nor where an event was canceled', async () => {
    const times = ['DTSTART:20270326T090000Z', 'DTEND:20270326T100000Z'];
    const free = [['TRANSP:TRANSPARENT'], ['STATUS:CANCELLED'], ['X-MICROSOFT-CDO-BUSYSTATUS:FREE']];

    expect(await busy(calendar(...free.map((of) => event(...times, ...of))))).toEqual([]);
  });

  test('where it tells busy times alone', async () => {
    const told = [
      'BEGIN:VFREEBUSY',
      'UID:fb',
      'FREEBUSY:20270326T120000Z/PT1H',
      'FREEBUSY;FBTYPE=FREE:20270327T120000Z/PT1H',
      'END:VFREEBUSY',
    ];

    expect(await busy(calendar(told))).toEqual(['03-26T12:00 to 03-26T13:00']);
  });
});

describe('what is no calendar, or would hold a process up, is refused [R24.5]', () => {
  const read = (text: string, timeoutMs = READ_MS) => readBusyTimes({ text, timeZone: 'UTC', ...within }, timeoutMs);

  test('such as a page of HTML', async () => {
    await expect(read('<!doctype html><p>Sign in')).rejects.toThrow('What is there is no calendar.');
  });

  test('such as an event of every second', async () => {
    const endless = event('DTSTART:19700101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY');

    await expect(read(calendar(endless), 500)).rejects.toThrow(/too long|too many|cannot be read/);
  });

  test('while everything else goes on', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 5);
    const lines = Array.from({ length: 20_000 }, () => event('DTSTART:20270326T090000Z', 'RRULE:FREQ=MINUTELY')).flat();

    await read(calendar(lines), 1_000).catch(() => undefined);

    clearInterval(counting);
    expect(turns).toBeGreaterThan(20);
  });
});

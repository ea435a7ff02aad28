import { v7 as uuid } from 'uuid';
import { Call } from '../../db/entities/call.ts';
import { ExpertBusyTime } from '../../db/entities/expert-busy-time.ts';
import { ExpertTimeOff } from '../../db/entities/expert-time-off.ts';
import { addDays, fromMs, toMs } from '../../workflows/domain/instant.ts';
import { aBlock, anExpert } from '../builders/rows.ts';
import type { Bench, Figure, Scale, Tools } from './bench.ts';
import type { BenchStack } from './bench-stack.ts';
import { atMost, byItself, short } from './figures.ts';
import { median, percentile } from './rounds.ts';
import { openSite, T0, type Site } from './site.ts';

const SCALES = {
  full: { experts: 50, samples: 300, rounds: 3 },
  small: { experts: 3, samples: 3, rounds: 1 },
};

const ZONES = ['Europe/Vienna', 'America/Los_Angeles', 'Asia/Tokyo', 'Australia/Lord_Howe', 'Africa/Cairo'];
const CREDITS = { perYear: 6, issue: 'period_start', validMonths: 12, callMinutes: 45 };

/** When calls can be booked, as the picker and sites ask for it [R19.5]. */
export const slots: Bench = {
  name: 'slots',
  about: 'open slots over HTTP: 60 days of 50 experts, of one of them, and a week of all',
  async run(scale, tools) {
    const stack = await tools.ground.stack();
    try {
      const site = await openSite(stack, 'test');
      const purchaseId = await site.checkOut(await site.offer({ credits: CREDITS }));
      await site.quiet();
      const ofWhom = { accountId: site.accountId, purchaseId };
      const experts: string[] = [];
      while (experts.length < SCALES[scale].experts) experts.push(await aBusyExpert(stack, ofWhom, experts.length));
      const path = (asked: Record<string, string>) =>
        `/v1/slots?${new URLSearchParams({ purchaseId, ...asked }).toString()}`;
      const looks: [string, (n: number) => string][] = [
        [`60 days of ${experts.length} experts`, () => path({})],
        ['60 days of one expert', (n) => path({ expertId: experts[n % experts.length]! })],
        ['a week of all', (n) => path({ from: addDays(T0, n % 50), to: addDays(T0, (n % 50) + 7) })],
      ];
      const figures: Figure[] = [];
      for (const [name, pathOf] of looks) figures.push(await timed(site, { name, pathOf, scale, tools }));
      return figures;
    } finally {
      await stack.close();
    }
  },
};

type Look = { name: string; pathOf: (n: number) => string; scale: Scale; tools: Tools };

async function timed(site: Site, { name, pathOf, scale, tools }: Look): Promise<Figure> {
  const { samples, rounds } = SCALES[scale];
  const look = async (n: number): Promise<number> => {
    const began = performance.now();
    const { data } = await site.get<{ data: object[] }>(pathOf(n));
    found = data.length;
    return performance.now() - began;
  };
  let found = 0;
  for (let n = 0; n < Math.min(10, samples); n += 1) await look(n);
  const taken: { p50: number; p99: number; others: number | null }[] = [];
  while (taken.length < rounds) {
    const { value, others } = await tools.quiet.watch(async () => {
      const times: number[] = [];
      for (let n = 0; n < samples; n += 1) times.push(await look(n));
      return times;
    });
    taken.push({ p50: percentile(value, 0.5), p99: percentile(value, 0.99), others });
  }
  const notes = [`p50 ${short(median(taken.map(({ p50 }) => p50)))}`, `${found} slots in the last answer`];
  return byItself(
    { name, unit: 'ms, p99', limit: atMost(50), notes },
    taken.map(({ p99 }) => p99),
    taken.map(({ others }) => others),
  );
}

type OfWhom = { accountId: string; purchaseId: string };

/** With two parts a day, calls, time off, an outside calendar, and office hours of every tenth. */
async function aBusyExpert({ deps }: BenchStack, { accountId, purchaseId }: OfWhom, n: number): Promise<string> {
  const em = deps.orm.em.fork();
  const day = [
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '17:00' },
  ];
  const workingHours = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day };
  const timeZone = ZONES[n % ZONES.length]!;
  const given = { timeZone, workingHours, bufferMinutes: 15, noticeMinutes: 120, maxCallsPerDay: 6 };
  const expertId = await anExpert(em, accountId, { name: `Expert ${n}`, ...given });
  if (n % 10 === 0) await aBlock(em, { accountId, expertId, timeZone });
  const whose = { accountId, expertId };
  const spans = Array.from({ length: 20 }, (_, index) => {
    const startMs = toMs(addDays(T0, 3 * index)) + (n % 8) * 3_600_000;
    return { startsAt: fromMs(startMs), endsAt: fromMs(startMs + 45 * 60_000) };
  });
  const [{ contact_id: contactId }] = await em.execute<[{ contact_id: string }]>(
    'select contact_id from purchases where id = ?',
    [purchaseId],
  );
  const booked = { purchaseId, contactId, state: 'booked', sequence: 0, credit: null, bookedAt: T0 } as const;
  const ended = { endedAt: null, endedBy: null };
  await em.insertMany(
    Call,
    spans.map((span) => ({ ...whose, ...booked, ...ended, ...span, id: uuid(), busyUntil: span.endsAt })),
  );
  const later = spans.map(({ startsAt, endsAt }) => ({ startsAt: addDays(startsAt, 1), endsAt: addDays(endsAt, 1) }));
  await em.insertMany(
    ExpertBusyTime,
    later.map((span) => ({ ...whose, ...span })),
  );
  const off = { startsAt: addDays(T0, 20 + (n % 20)), endsAt: addDays(T0, 22 + (n % 20)) };
  await em.insert(ExpertTimeOff, { id: uuid(), ...whose, ...off, createdAt: T0 });
  return expertId;
}

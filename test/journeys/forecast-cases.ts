import fc from 'fast-check';
import { addDays } from '../../workflows/domain/instant.ts';
import type { OfferWish } from './a-site.ts';

/** When verbs are asked, and how far ahead is then forecast: 13 months. */
export const ASKED_AT = '2027-03-10T09:00:00.000Z';
export const UNTIL = '2028-04-10T09:00:00.000Z';

/** A verb with its body; `becomes`: it names another offer. */
export type CaseVerb = { verb: string; body: object; becomes?: OfferWish };

/** Something that is sold, with a code or without, and what is asked of it in its second month. */
export type ForecastCase = { offer: OfferWish; code?: object; verbs: CaseVerb[] };

const MONTHLY: OfferWish = { amountMinor: 2_900 };
const plan = (instalments: number): OfferWish => ({
  price: { kind: 'payment_plan', amountMinor: 4_900, currency: 'usd', instalments },
});
const CREDITS = { perYear: 6, issue: { everyMonths: 2 }, validMonths: 12, callMinutes: 45 };
const after = (days: number): string => addDays(ASKED_AT, days);
const half = (duration: unknown) => ({ percentOff: 50, duration });
const cancel = (when: string, cancelAt?: string): CaseVerb => ({ verb: 'cancel', body: { when, cancelAt } });
const pause = (resumeAt: string | null, access = 'suspend'): CaseVerb => ({
  verb: 'pause',
  body: { resumeAt, access },
});
const become = (becomes: OfferWish): CaseVerb => ({ verb: 'change-offer', body: { when: 'period_end' }, becomes });

/** One of each thing that has a date, on purpose. */
export const FORECAST_CASES: Record<string, ForecastCase> = {
  'a month': { offer: MONTHLY, verbs: [] },
  'a week with an amount off for three months': {
    offer: { ...MONTHLY, interval: 'week' },
    code: { amountOffMinor: 500, currency: 'usd', duration: { months: 3 } },
    verbs: [cancel('at', after(150))],
  },
  'a year after a trial, with a fee': {
    offer: { amountMinor: 29_000, interval: 'year', trialDays: 60, setupFeeMinor: 1_500 },
    verbs: [],
  },
  'a trial with half of its first charge': { offer: { ...MONTHLY, trialDays: 45 }, code: half('once'), verbs: [] },
  'a plan with a third off two instalments': {
    offer: plan(6),
    code: { percentOff: 33.33, duration: { months: 4 } },
    verbs: [],
  },
  'a plan that is paused': { offer: plan(4), verbs: [pause(after(75))] },
  'a plan that is canceled': { offer: plan(6), verbs: [cancel('at', after(50))] },
  'a pause with its end': { offer: MONTHLY, code: half({ months: 6 }), verbs: [pause(after(100), 'keep')] },
  'a pause without end': { offer: MONTHLY, verbs: [pause(null)] },
  'a cancellation with the period': { offer: MONTHLY, verbs: [cancel('period_end')] },
  'a cancellation in the middle of a period': {
    offer: MONTHLY,
    code: half('forever'),
    verbs: [cancel('at', after(99))],
  },
  'another offer, to a year': { offer: MONTHLY, verbs: [become({ amountMinor: 24_000, interval: 'year' })] },
  'another offer, of the same month': { offer: MONTHLY, code: half('forever'), verbs: [become({ amountMinor: 900 })] },
  'credits by the month': { offer: { ...MONTHLY, credits: CREDITS }, verbs: [] },
  'credits by the year': {
    offer: { amountMinor: 29_000, interval: 'year', credits: { ...CREDITS, issue: 'period_start', validMonths: 6 } },
    verbs: [],
  },
  'credits that end with a cancellation': {
    offer: { ...MONTHLY, credits: CREDITS },
    verbs: [cancel('at', after(200))],
  },
  'paid once, for some days': {
    offer: { price: { kind: 'one_time', amountMinor: 9_900, currency: 'usd' }, accessDays: 120, refundWindowDays: 60 },
    verbs: [],
  },
};

const days = fc.integer({ min: 1, max: 300 });
const aPrice = fc.record({
  amountMinor: fc.integer({ min: 500, max: 30_000 }),
  interval: fc.constantFrom('week' as const, 'month' as const, 'month' as const, 'year' as const),
  /** Whole weeks, so that what is weekly shares its days. */
  trialDays: fc.constantFrom(0, 0, 21, 49),
  setupFeeMinor: fc.constantFrom(0, 1_500),
});
const aPlan = fc.integer({ min: 3, max: 8 }).map(plan);
const aCode = fc.record({
  percentOff: fc.constantFrom(10, 33.33, 50),
  duration: fc.constantFrom('once', 'forever', { months: 2 }, { months: 7 }),
});
const aVerb = fc.oneof(
  days.map((n) => pause(after(n))),
  fc.constant(pause(null, 'keep')),
  fc.constant(cancel('period_end')),
  days.map((n) => cancel('at', after(n))),
  aPrice.map(({ amountMinor, interval }) => become({ amountMinor, interval })),
);

/** Offers, codes and verbs of any kind; a verb that its price forbids is left out when asked. */
export const aForecastCase: fc.Arbitrary<ForecastCase> = fc
  .record({
    offer: fc.oneof({ weight: 3, arbitrary: aPrice }, { weight: 1, arbitrary: aPlan }),
    credits: fc.option(fc.constant(CREDITS), { freq: 2 }),
    accessDays: fc.constantFrom(null, null, 250),
    code: fc.option(aCode),
    verb: fc.option(aVerb, { freq: 4 }),
  })
  .map(({ offer, credits, accessDays, code, verb }) => ({
    offer: { ...offer, ...(credits && { credits }), ...(accessDays && { accessDays }) },
    ...(code && { code }),
    verbs: verb ? [verb] : [],
  }));

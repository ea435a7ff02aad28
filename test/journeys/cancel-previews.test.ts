import { expect, test } from '@jest/globals';
import { aSite, type OfferWish, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

type Preview = Awaited<ReturnType<Site['preview']>>;

/** Every charge that a preview announces: when, and how much. */
const announced = ({ money }: Preview): string[] =>
  money.flatMap((effect) =>
    effect.kind === 'charge' || effect.kind === 'prorated_last_charge' ? [`${effect.at} ${effect.amountMinor}`] : [],
  );

const charged = async (site: Site, id: string): Promise<string[]> =>
  (await site.read(id)).payments.map(({ paidAt, amountMinor }) => `${paidAt} ${amountMinor}`);

/** What was previewed, and what was charged from then on up to `to`. */
async function playOut(site: Site, id: string, cancelAt: string, to: string) {
  const before = await charged(site, id);
  const preview = await site.preview(id, 'cancel', { when: 'at', cancelAt });
  await site.ask(id, 'cancel', { when: 'at', cancelAt, planHash: preview.planHash });
  for (let at = Date.parse((await site.read(id)).now); at < Date.parse(to);) {
    at = Math.min(at + 50 * 86_400_000, Date.parse(to));
    await site.moveTo(new Date(at).toISOString());
  }
  expect((await site.read(id)).billingStatus).toBe('canceled');
  return { preview, outcome: (await charged(site, id)).slice(before.length) };
}

type Case = { name: string; at: string; offer: OfferWish; cancelAt: string; to: string; charges: string[] };
const CASES: Case[] = [
  {
    name: 'monthly from the 15th, on 1 April',
    at: '2027-01-15T09:00:00.000Z',
    offer: { amountMinor: 3_100 },
    cancelAt: '2027-04-01T09:00:00Z',
    to: '2027-04-20T09:00:00.000Z',
    // 17 of the 31 days from 15 March.
    charges: ['2027-02-15T09:00:00.000Z 3100', '2027-03-15T09:00:00.000Z 1700'],
  },
  {
    name: "monthly from a month's end",
    at: '2027-01-31T09:00:00.000Z',
    offer: {},
    cancelAt: '2027-05-10T10:11:12Z',
    to: '2027-06-05T09:00:00.000Z',
    charges: ['2027-02-28T09:00:00.000Z 2900', '2027-03-31T09:00:00.000Z 2900', '2027-04-30T09:00:00.000Z 940'],
  },
  {
    name: 'on the very end of a cycle',
    at: '2027-01-31T09:00:00.000Z',
    offer: {},
    cancelAt: '2027-03-31T09:00:00Z',
    to: '2027-05-01T09:00:00.000Z',
    charges: ['2027-02-28T09:00:00.000Z 2900'],
  },
  {
    name: 'weekly',
    at: '2027-01-31T09:00:00.000Z',
    offer: { interval: 'week', amountMinor: 701 },
    cancelAt: '2027-02-19T21:00:00Z',
    to: '2027-03-01T09:00:00.000Z',
    charges: ['2027-02-07T09:00:00.000Z 701', '2027-02-14T09:00:00.000Z 551'],
  },
  {
    name: 'yearly',
    at: '2027-01-31T09:00:00.000Z',
    offer: { interval: 'year', amountMinor: 36_500 },
    cancelAt: '2028-02-10T09:00:00Z',
    to: '2028-02-20T09:00:00.000Z',
    charges: ['2028-01-31T09:00:00.000Z 997'],
  },
  {
    name: 'while on trial',
    at: '2027-01-21T09:00:00.000Z',
    offer: { trialDays: 10, setupFeeMinor: 500 },
    cancelAt: '2027-03-10T09:00:00Z',
    to: '2027-04-05T09:00:00.000Z',
    charges: ['2027-01-31T09:00:00.000Z 2900', '2027-02-28T09:00:00.000Z 935'],
  },
];

test.each(CASES)(
  '$name: what the preview announces is what is charged',
  async ({ at, offer, cancelAt, to, charges }) => {
    const site = await aSite(town, { at });
    const id = await site.buy(await site.offer({ refundWindowDays: 0, ...offer }));

    const { preview, outcome } = await playOut(site, id, cancelAt, to);

    expect(announced(preview)).toEqual(charges);
    expect(outcome).toEqual(charges);
  },
);

test.each([
  ['that ends by itself, from the first cycle after it', '2027-03-10T09:00:00Z', ['2027-03-31T09:00:00.000Z 1450']],
  ['that ends at the very renewal, from that one on', '2027-03-31T09:00:00Z', ['2027-03-31T09:00:00.000Z 1450']],
  ['that nothing ends, never', null, []],
])('in a pause %s', async (_name, resumeAt, charges) => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await site.ask(id, 'pause', { resumeAt });

  const { preview, outcome } = await playOut(site, id, '2027-04-15T09:00:00Z', '2027-05-01T09:00:00.000Z');

  expect(announced(preview)).toEqual(charges);
  expect(outcome).toEqual(charges);
});

test('moved inside the paid period nothing is charged or given back, and moved beyond it the cycles are counted by the calendar', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));

  await site.ask(id, 'cancel', { when: 'at', cancelAt: '2027-02-14T09:00:00Z' });
  const inside = await site.preview(id, 'cancel', { when: 'at', cancelAt: '2027-02-20T09:00:00Z' });
  await site.ask(id, 'cancel', { when: 'at', cancelAt: '2027-02-20T09:00:00Z' });
  const { preview, outcome } = await playOut(site, id, '2027-04-15T09:00:00Z', '2027-05-01T09:00:00.000Z');

  expect(announced(inside)).toEqual([]);
  expect(announced(preview)).toEqual(['2027-02-28T09:00:00.000Z 2900', '2027-03-31T09:00:00.000Z 1450']);
  expect(outcome).toEqual(announced(preview));
});

test('after a cycle that was billed short, the rest of it is on the next charge', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await site.ask(id, 'cancel', { when: 'at', cancelAt: '2027-03-10T09:00:00Z' });
  await site.moveTo('2027-03-02T09:00:00.000Z');
  await site.ask(id, 'undo-cancel');

  const { preview, outcome } = await playOut(site, id, '2027-05-15T09:00:00Z', '2027-06-01T09:00:00.000Z');

  expect(announced(preview)).toEqual([
    `2027-03-31T09:00:00.000Z ${2_900 - 935 + 2_900}`,
    '2027-04-30T09:00:00.000Z 1403',
  ]);
  expect(outcome).toEqual(announced(preview));
});

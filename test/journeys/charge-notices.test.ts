import { expect, test } from '@jest/globals';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const ON = { emailsOff: [], upcomingPaymentDays: 7 };

const notices = async (site: Site, id: string): Promise<string[]> =>
  [...(await site.timeline(id)), ...(await site.emails(id))].filter((line) =>
    /upcoming-payment|trial-ending/.test(line),
  );
const listed = async (site: Site, id: string): Promise<string[]> =>
  (await site.due(id)).filter((line) => line.includes('-notice'));

test('once an account has switched it on, each regular charge is told of before, as the due list says', async () => {
  const site = await aSite(town);
  const before = await site.buy(await site.offer());
  expect(await listed(site, before)).toEqual([]);
  await site.must(site.owner.patch('/v1/settings', ON));
  const id = await site.buy(await site.offer());
  expect(await listed(site, id)).toEqual(['2027-02-21T09:00Z payment-notice']);

  await site.moveTo('2027-04-01T09:00:00.000Z');

  expect(await notices(site, id)).toEqual([
    '2027-02-21T09:00Z purchase.upcoming-payment by automation (2900 usd)',
    '2027-03-24T09:00Z purchase.upcoming-payment by automation (2900 usd)',
    '2027-02-21T09:00Z upcoming-payment to customer',
    '2027-03-24T09:00Z upcoming-payment to customer',
  ]);
  expect(await notices(site, before)).toEqual([
    '2027-03-24T09:00Z purchase.upcoming-payment by automation (2900 usd)',
    '2027-03-24T09:00Z upcoming-payment to customer',
  ]);
  const [, { id: emailId } = { id: '' }] = await site
    .must<{ data: { id: string }[] }>(site.owner.get(`/v1/emails?kind=upcoming-payment&purchaseId=${id}`))
    .then(({ data }) => data);
  const { text } = await site.must<{ text: string }>(site.owner.get(`/v1/emails/${emailId}`));
  expect(text).toContain('Card: Visa ending in 4242');
});

test('a pause takes the notice away and its end brings it back, as their previews say', async () => {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', ON));
  const id = await site.buy(await site.offer());
  const previewed = async (verb: string, input: object): Promise<string[]> => {
    const { after, emails } = await site.preview(id, verb, input);
    return [...after.due, ...emails].map(({ kind }) => kind).filter((kind) => /-notice|upcoming/.test(kind));
  };
  expect(await previewed('pause', { resumeAt: null, access: 'keep' })).toEqual([]);
  await site.ask(id, 'pause', { resumeAt: null, access: 'keep' });
  expect(await listed(site, id)).toEqual([]);
  await site.moveTo('2027-02-23T09:00:00.000Z');
  expect(await previewed('resume', {})).toEqual(['upcoming-payment']);

  await site.ask(id, 'resume', {});

  expect(await notices(site, id)).toEqual([
    '2027-02-23T09:00Z purchase.upcoming-payment by automation (2900 usd)',
    '2027-02-23T09:00Z upcoming-payment to customer',
  ]);
});

test('a trial is told of three days before its end, unless it is canceled or shorter', async () => {
  const site = await aSite(town);
  const [goes, leaves] = [
    await site.buy(await site.offer({ trialDays: 14 })),
    await site.buy(await site.offer({ trialDays: 14 })),
  ];
  const short = await site.buy(await site.offer({ trialDays: 3 }));
  await site.ask(leaves, 'cancel', { when: 'period_end' });
  const forecast = await site.must(site.owner.get(`/v1/purchases/${goes}/forecast?until=2027-03-01T00:00:00Z`));
  expect(JSON.stringify(forecast)).toContain('trial-ending');

  await site.moveTo('2027-03-01T09:00:00.000Z');

  expect(await notices(site, goes)).toEqual([
    '2027-02-11T09:00Z purchase.trial-ending by automation (2900 usd)',
    '2027-02-11T09:00Z trial-ending to customer',
  ]);
  expect([...(await notices(site, leaves)), ...(await notices(site, short))]).toEqual([]);
});

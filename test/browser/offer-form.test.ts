import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Offer } from '../journeys/a-site.ts';
import { page, site, usePages, visit } from './use-pages.ts';

describe('what an offer depends on and gives besides its products', () => {
  usePages();

  let base: Offer;
  let coachingId: string;
  beforeAll(async () => {
    base = await site.offer({ name: 'Studio membership', accessDays: 30, quotas: { products: 3 } });
  });

  const press = (name: string) => page.getByRole('button', { name }).click();
  const ofGroup = (group: string, name: string) => page.getByRole('group', { name: group }).getByLabel(name);
  const factOf = (term: string) => page.getByRole('term').filter({ hasText: term }).locator('+ dd');
  const read = (id: string) => site.must<Record<string, unknown>>(site.owner.get(`/v1/offers/${id}`));
  const idHere = (): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

  test('is refused with the field named, keeps what was typed, and is then as it was typed [R4.7, R19.3]', async () => {
    await page.goto('/offers/new');
    await page.getByLabel('Amount').fill('90');
    await page.getByLabel('Name').fill('Coaching');
    await ofGroup('Products', 'Course 1').check();
    await page.getByLabel('Days of access').fill('400');
    await ofGroup('Requires one of', 'Studio membership').check();
    await page.getByLabel('Group').fill('coaching');
    await page.getByLabel('by a request that you decide on').check();
    await page.getByLabel('Call credits a year').fill('12');
    await page.getByLabel('Issued', { exact: true }).selectOption('one every 2 months');
    await page.getByLabel('Months each is valid').fill('6');
    await page.getByLabel('Minutes a call lasts').fill('30');
    await page.getByLabel('Seats in office hours can be booked').check();
    await page.getByText('quotas and features').click();
    await page.getByLabel('Most products').fill('3');
    await page.getByLabel('Features').fill('code_editor, Early access');
    await page.getByLabel('Multiplies other quotas by').fill('2');
    await press('Create offer');

    expect(await page.locator('main').textContent()).toContain(
      'Issued must be more often: 12 would take longer than a year',
    );
    expect(await ofGroup('Requires one of', 'Studio membership').isChecked()).toBe(true);
    expect(await page.getByLabel('by a request that you decide on').isChecked()).toBe(true);
    await visit.look();
    expect(await page.getByLabel('Most products').inputValue()).toBe('3');
    await page.getByLabel('Features').fill('code_editor, early_access');
    await page.getByLabel('Call credits a year').fill('6');
    await press('Create offer');
    await page.waitForURL('**/offers/*?notice=made');

    coachingId = idHere();
    expect(await read(coachingId)).toMatchObject({
      accessDays: 400,
      requires: [base.id],
      group: 'coaching',
      cancelBy: 'request',
      repeatable: false,
      credits: { perYear: 6, issue: { everyMonths: 2 }, validMonths: 6, callMinutes: 30 },
      officeHours: true,
      quotas: { products: 3 },
      features: ['code_editor', 'early_access'],
      quotaFactor: 2,
    });
    expect(await factOf('Most products').textContent()).toBe('3');
    expect(await factOf('Features').textContent()).toBe('Code editor, early access');
    expect(await factOf('Other quotas').textContent()).toBe('Times 2');
    expect(await factOf('Requires one of').textContent()).toBe('Studio membership');
    expect(await factOf('Group').textContent()).toBe('coaching');
    expect(await factOf('Canceled').textContent()).toBe('By a request that you decide on');
    expect(await factOf('Call credits').textContent()).toBe('6 a year, one every 2 months');
    expect(await factOf('Office hours').textContent()).toBe('Seats can be booked');
    await visit.look();
  });

  test('before what others name is archived, they are counted too [R4.4]', async () => {
    const { id } = await site.must<{ id: string }>(
      site.owner.post('/v1/promotion-codes', {
        code: 'SPRING',
        percentOff: 50,
        duration: 'once',
        offerIds: [base.id],
      }),
      201,
    );
    await site.buy(base);
    const warned = () => page.getByRole('status').first().getByRole('listitem').allTextContents();
    const goingOn = ['1 purchase still being billed', '1 purchase still giving access'];

    await page.goto(`/offers/${base.id}/archive`);
    expect(await warned()).toEqual([...goingOn, '1 offer requiring it', '1 promotion code naming it']);
    await visit.look();
    await page.goto(`/products/${base.productIds[0]}/archive`);
    expect(await warned()).toEqual(goingOn);
    await page.goto(`/offers/${base.id}/archive`);
    await press('Archive offer');
    await page.waitForURL('**?notice=archived');

    expect(await site.owner.post('/v1/checkouts', { offerId: base.id, email: site.newEmail() })).toMatchObject({
      status: 409,
      body: { code: 'archived' },
    });
    expect(await read(coachingId)).toMatchObject({ requires: [base.id] });
    expect((await site.owner.get(`/v1/promotion-codes/${id}`)).status).toBe(200);
  });

  test('days of access that are changed reach new purchases only, and all of it can be taken back', async () => {
    await page.goto(`/offers/${base.id}`);
    await press('Unarchive');
    const before = await site.buy(base);
    await page.goto(`/offers/${base.id}`);
    await page.getByLabel('Days of access').fill('60');
    await press('Save');
    await page.waitForURL('**?notice=saved');
    const after = await site.buy(base);

    expect((await site.read(before)).terms).toMatchObject({ quotas: { products: 3 }, features: [], quotaFactor: null });
    const endsAt = async (purchaseId: string) => (await site.read(purchaseId)).accessPeriod?.endsAt;
    expect([await endsAt(before), await endsAt(after)]).toEqual([
      '2027-03-02T09:00:00.000Z',
      '2027-04-01T09:00:00.000Z',
    ]);
    await page.goto(`/offers/${coachingId}`);
    await ofGroup('Requires one of', 'Studio membership').uncheck();
    await page.getByLabel('Group').fill('');
    await page.getByLabel('by themselves, if the site lets them').check();
    await page.getByLabel('Call credits a year').fill('');
    await page.getByLabel('Seats in office hours can be booked').uncheck();
    await page.getByLabel('Days of access').fill('');
    for (const label of ['Most products', 'Features', 'Multiplies other quotas by'])
      await page.getByLabel(label).fill('');
    await press('Save');
    await page.waitForURL('**?notice=saved');

    const taken = { requires: [], group: null, cancelBy: 'self', credits: null, officeHours: false, accessDays: null };
    const gone = { quotas: {}, features: [], quotaFactor: null };
    expect(await read(coachingId)).toMatchObject({ ...taken, ...gone });
    for (const term of ['Requires one of', 'Canceled', 'Call credits', 'Office hours', 'Most products', 'Features'])
      expect(await factOf(term).count()).toBe(0);
  });

  test('what is paid once can be sold again while it gives access, and what is billed again says nothing of it', async () => {
    await page.goto('/offers/new');
    await page.getByLabel('Amount').fill('49');
    await page.getByLabel('Name').fill('A workshop');
    await ofGroup('Products', 'Course 1').check();
    await page.getByLabel('Can be bought again while it gives access').check();
    await page.getByLabel('One payment').check();
    await press('Create offer');
    await page.waitForURL('**/offers/*?notice=made');

    expect(await read(idHere())).toMatchObject({ price: { kind: 'one_time' }, repeatable: true });
    expect(await factOf('Bought again').textContent()).toBe('Also while it gives access');
    await site.must(site.owner.patch(`/v1/offers/${coachingId}`, { repeatable: true }));
    await page.goto(`/offers/${coachingId}`);
    expect(await factOf('Bought again').count()).toBe(0);
  });
});

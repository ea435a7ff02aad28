import { expect, test } from '@jest/globals';
import { page, site, usePages, visit } from './use-pages.ts';

usePages();

const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
const heading = () => page.getByRole('heading', { level: 1 }).textContent();
const status = () => page.getByRole('status').first().textContent();
const idOf = () => new URL(page.url()).pathname.split('/').at(-1) ?? '';

test('an expert is added with hours as people write them, and refused with the day named', async () => {
  await page.goto('/experts');
  await page.getByRole('link', { name: 'Add an expert' }).first().click();
  await page.getByLabel('Name').fill('Ines Kolar');
  await page.getByLabel('Email').fill('ines@example.com');
  await page.getByLabel('Meeting link').fill('https://meet.example.com/ines');
  await page.getByLabel('Time zone').fill('Europe/Vienna');
  await page.getByLabel('Monday').fill('13-17, 9-12');
  await page.getByLabel('Most calls a day').fill('4');
  await press('Add expert');

  expect(await page.getByText('Monday must be in order and not overlap').isVisible()).toBe(true);
  expect(await page.getByLabel('Tuesday').inputValue()).toBe('09:00-17:00');
  await visit.look();

  await page.getByLabel('Monday').fill('9-12, 13:00 - 17:30');
  await page.getByLabel('Friday').fill('');
  await press('Add expert');

  expect(await heading()).toBe('Ines Kolar');
  const day = [{ from: '09:00', to: '17:00' }];
  const monday = [
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '17:30' },
  ];
  expect(await site.must(site.owner.get(`/v1/experts/${idOf()}`))).toMatchObject({
    workingHours: { monday, tuesday: day, wednesday: day, thursday: day },
    maxCallsPerDay: 4,
    calendarUrl: null,
  });
  expect(await page.getByText('Mon 09:00-12:00, 13:00-17:30; Tue–Thu 09:00-17:00').isVisible()).toBe(true);
});

test('their time off is added by days and removed again', async () => {
  await page.getByLabel('First day').fill('2030-08-05');
  await page.getByLabel('Last day').fill('2030-08-01');
  await press('Add time off');
  expect(await page.getByText('Last day must be after the beginning').isVisible()).toBe(true);
  await page.getByLabel('Last day').fill('2030-08-09');
  await press('Add time off');

  expect(await status()).toContain('The time off has been added');
  const { data } = await site.must<{ data: object[] }>(site.owner.get(`/v1/experts/${idOf()}/time-off`));
  expect(data).toMatchObject([{ startsAt: '2030-08-04T22:00:00.000Z', endsAt: '2030-08-09T22:00:00.000Z' }]);

  await press('Remove');
  expect(await page.getByText('None is planned.').isVisible()).toBe(true);
});

test('office hours are added, changed and archived', async () => {
  await page.goto('/office-hours');
  await page.getByRole('link', { name: 'Add office hours' }).first().click();
  await page.getByLabel('Seats').fill('0');
  await press('Add office hours');
  expect(await page.getByText('Seats must be 1 or more').isVisible()).toBe(true);
  await page.getByLabel('Seats').fill('8');
  await press('Add office hours');

  expect(await heading()).toBe('Wednesdays, 08:00 to 12:00, Los Angeles time');
  await page.getByLabel('Every').selectOption('Monday');
  await press('Save');
  expect(await heading()).toBe('Mondays, 08:00 to 12:00, Los Angeles time');
  await page.goto('/office-hours');
  expect(await page.getByText('Ines Kolar').isVisible()).toBe(true);
});

test('an expert is archived after a look at what goes on, and comes back', async () => {
  await page.goto('/experts');
  await page.getByRole('link', { name: 'Ines Kolar' }).click();
  await page.getByRole('link', { name: 'Archive …' }).click();
  expect(await page.getByText('1 block of office hours that they host').isVisible()).toBe(true);
  await press('Archive expert');

  expect(await page.getByText('This expert is archived').isVisible()).toBe(true);
  await press('Unarchive');
  expect(await status()).toContain('their slots are open again');
});

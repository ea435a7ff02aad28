import { expect, test } from '@jest/globals';
import { page, site, town, usePages, visit } from './use-pages.ts';

usePages();

const PATH = '/email-templates/purchase-paused';
const preview = () => page.frameLocator('iframe[name="preview"]');

test('an email is written, looked at, tried and saved, and says so to the next customer', async () => {
  await page.goto('/emails');
  await page.getByRole('link', { name: 'What they say …' }).click();
  await page.getByRole('link', { name: 'Paused', exact: true }).click();
  await preview().getByText('Studio Membership is paused').first().waitFor();

  await page.getByLabel('Heading').fill('Resting, {{contactName}}');
  await page.getByRole('textbox', { name: 'Text' }).fill('Enjoy the break.\n{{facts}}');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await preview().getByText('Resting, Ada Lovelace').first().waitFor();
  await page.getByRole('radio', { name: 'Text' }).check();
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await preview().getByText('Enjoy the break.').waitFor();
  await page.getByRole('button', { name: 'Send me a test' }).click();
  await page.getByText(/A test is on its way to .+\. Nothing has been saved\./).waitFor();
  expect(await page.getByLabel('Heading').inputValue()).toBe('Resting, {{contactName}}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The change has been saved.').waitFor();
  await visit.look();

  const id = await site.buy(await site.offer());
  await site.ask(id, 'pause');
  const { contact } = await site.read(id);
  const mails = await town.mailbox.emails(contact.email);
  expect(mails.map(({ text }) => text).join()).toContain('Enjoy the break.');
  const tests = (await town.mailbox.emails()).filter(({ subject }) => subject.startsWith('[Test] '));
  expect(tests.map(({ text }) => text?.includes('Resting, Ada Lovelace'))).toEqual([true]);
});

test('each language is written by itself, and a contact who has chosen it gets it', async () => {
  await page.goto(PATH);
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await preview().getByText('Studio Membership ist pausiert').first().waitFor();
  expect(await page.getByLabel('Heading').inputValue()).toBe('{{offerName}} ist pausiert');
  await page.getByLabel('Heading').fill('{{offerName}} ruht');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await preview().getByText('Studio Membership ruht').first().waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The change has been saved.').waitFor();
  expect(await page.getByLabel('Heading').inputValue()).toBe('{{offerName}} ruht');
  await visit.look();

  const id = await site.buy(await site.offer({ name: 'Drehen' }));
  const { contact } = await site.read(id);
  await page.goto(`/contacts/${contact.id}`);
  await page.getByText('Change email, name or fields').click();
  await page.getByLabel('Language', { exact: true }).selectOption('Deutsch');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText(/has been (saved|changed)/).waitFor();
  expect((await site.owner.get(`/v1/contacts/${contact.id}`)).body).toMatchObject({ language: 'de' });
  await site.ask(id, 'pause');
  const mails = await town.mailbox.emails(contact.email);
  expect(mails.map(({ subject, text }) => `${subject} ${text}`).join()).toMatch(/Drehen ist pausiert.*Drehen ruht/s);
});

test('a real email is chosen to be looked at', async () => {
  const id = await site.buy(await site.offer({ name: 'Glazing' }));
  await site.ask(id, 'pause');

  await page.goto(PATH);
  await page.getByLabel('With the facts of').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Preview', exact: true }).click();

  await preview().getByText('Resting, Ada', { exact: true }).first().waitFor();
});

test('a phone and the dark are looks of the preview', async () => {
  await page.goto(PATH);
  const frame = page.locator('iframe[name="preview"]');

  await page.getByLabel('Phone').check();
  expect((await frame.boundingBox())?.width).toBe(375);
  await page.getByLabel('Dark').check();
  expect(await page.evaluate(`getComputedStyle(document.querySelector('iframe[name="preview"]')).colorScheme`)).toBe(
    'dark',
  );
});

test('what names no variable is refused where it stands, and what was typed stays', async () => {
  await page.goto(PATH);

  await page.getByLabel('Subject').fill('Dear {{fristName}}');
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByText('Subject must not name {{fristName}}, which is no variable of this email').waitFor();
  expect(await page.getByLabel('Subject').inputValue()).toBe('Dear {{fristName}}');
});

test('versions are compared, used again, and the default comes back', async () => {
  await site.must(site.owner.post('/v1/email-templates/purchase-resumed/reset'));
  const { words } = await site.must<{ words: Record<string, unknown> }>(
    site.owner.get('/v1/email-templates/purchase-resumed'),
  );
  for (const heading of ['On it goes', 'On it went'])
    await site.must(site.owner.put('/v1/email-templates/purchase-resumed', { ...words, heading }));

  await page.goto('/email-templates/purchase-resumed');
  await page.getByText('What it changed').first().click();
  expect(await page.locator('del').first().textContent()).toBe('goes');
  expect(await page.locator('ins').first().textContent()).toBe('went');
  await page.getByRole('link', { name: 'Use these words again …' }).click();
  await page.getByText('These are the words of version 1. Save to use them.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 3').waitFor();
  expect(await page.getByLabel('Heading').inputValue()).toBe('On it goes');
  await page.getByRole('button', { name: 'Send it in the default words again' }).click();
  await page.getByText('Default words again').first().waitFor();
  expect(await page.getByLabel('Heading').inputValue()).toBe(words.heading);
});

test('an email is switched off by its page', async () => {
  await page.goto(PATH);
  await page.getByLabel('This email is sent').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Off', { exact: true }).waitFor();

  const id = await site.buy(await site.offer());
  await site.ask(id, 'pause');

  expect((await site.must(site.owner.get(`/v1/emails?purchaseId=${id}&kind=purchase-paused`))).data).toEqual([]);
});

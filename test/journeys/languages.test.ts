import { expect, test } from '@jest/globals';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

test('whoever bought on a German page is written to in German, and in English once they choose it', async () => {
  const site = await aSite(town);
  const { id: offerId } = await site.offer({ name: 'Drehen' });
  const email = site.newEmail();
  const asked = { offerId, email, language: 'de' };
  const { url } = await site.must<{ url: string }>(site.owner.post('/v1/checkouts', asked), 201);
  await site.pay(new URL(url).pathname.split('/').at(-1) ?? '');
  const purchaseId = await site.boughtBy(email);
  const { contact } = await site.read(purchaseId);
  await site.must(site.owner.patch(`/v1/contacts/${contact.id}`, { language: 'en' }));

  await site.ask(purchaseId, 'pause');

  const subjects = (await town.mailbox.emails(email)).map(({ subject }) => subject);
  expect(subjects).toEqual(expect.arrayContaining([expect.stringMatching(/begonnen|Drehen/), 'Drehen is paused']));
});

import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { queueAddOnNotBegun, queueAdminReset } from '../../../db/people/login-links.ts';
import { LINKS } from './a-letter.ts';
import { aConfirmation, aLimitNotice, anInvitation, aSecurityChange, T0 } from './a-mail-ground.ts';
import { aBoughtStory } from './a-story.ts';
import { OF_ACCOUNTS } from './kinds-of-accounts.ts';
import { ground, said, seen, useMailGround } from './use-mail-ground.ts';

const D10 = '2027-02-10T09:00:00.000Z';
const D11 = '2027-02-11T09:00:00.000Z';

useMailGround();

test('an invitation, from whom and to what', async () => {
  const id = await anInvitation(ground, { role: 'assistant', invitedBy: { kind: 'admin', id: ground.ids.owner } });

  const invited = { invitedBy: 'olga@willow.example', role: 'assistant', signInUrl: LINKS.signIn };
  expect(await said(id)).toMatchObject(invited);
});

test('a limit of the plan; the confirmation of a sign-up, with its plan; what has not begun', async () => {
  expect(await said(await aLimitNotice(ground, 'contacts', 'near'))).toMatchObject({ used: 900, level: 'near' });
  expect(await said(await aConfirmation(ground))).toMatchObject({ planName: 'Basic, monthly' });
  const [missing = ''] = await queueAddOnNotBegun(ground.orm.em.fork(), ground.ids.account, T0);
  expect(await said(missing)).toMatchObject({ accessUrl: LINKS.addOn });
});

test('another password, by a link for six hours', async () => {
  const [id = ''] = await queueAdminReset(ground.orm.em.fork(), 'olga@willow.example', T0);

  expect(await said(id)).toMatchObject({ resetUrl: LINKS.oneTime?.url, expiresAt: LINKS.oneTime?.expiresAt });
});

test('what has changed in how somebody signs in, and who did it', async () => {
  const reset = await aSecurityChange(ground, 'second_factor_reset');

  const told = { change: 'second_factor_reset', by: 'olga@willow.example', reason: 'The phone is lost', at: T0 };
  expect(await said(reset)).toMatchObject({ ...told, passkeyName: null, signInUrl: LINKS.signIn });
  expect(await said(await aSecurityChange(ground, 'passkey_added'))).toMatchObject({ passkeyName: 'Phone', by: null });
});

test('an add-on: welcomed, asked to be removed, and removed [R20]', async () => {
  const credits = { perYear: 6, issue: 'period_start', validMonths: 12, callMinutes: 45 } as const;
  const { story, emails } = await aBoughtStory(ground, { terms: { cancelBy: 'request', quotaFactor: 2, credits } });
  const requestId = uuid();
  const asked = await story.ask('request-cancellation', { requestId, refundWanted: true }, { at: D10 });
  const removed = await story.ask('cancel', { when: 'now', cancelAt: null, requestId }, { at: D11 });

  const addOn = { offerName: 'Studio Membership', addOnUrl: LINKS.addOn };
  expect(await said(emails['add-on-welcome'])).toMatchObject({ ...addOn, creditsPerYear: 6 });
  expect(await said(asked['add-on-removal-received'])).toMatchObject({ ...addOn, refundWanted: true });
  expect(await said(removed['add-on-removed'])).toMatchObject({ ...addOn, endedAt: D11 });
});

test('every kind about an account has been written in this file', () => {
  expect(OF_ACCOUNTS.filter((kind) => !seen.has(kind))).toEqual([]);
});

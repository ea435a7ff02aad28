import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { scopeTo } from '../../../db/account-scope.ts';
import { queueHindrance, queueOptIn } from '../../../db/people/login-links.ts';
import { aBroadcastEmail, BUTTON_URL } from './a-broadcast-email.ts';
import { aLeftCheckout, LEFT_SAYS } from './a-left-checkout.ts';
import { LINKS, OF_A_PLAIN_PURCHASE } from './a-letter.ts';
import { T0 } from './a-mail-ground.ts';
import { OF_ADDRESSES } from './kinds-of-accounts.ts';
import { ground, said, seen, useMailGround } from './use-mail-ground.ts';

useMailGround();

test('what an offer requires, to who has none of it', async () => {
  const em = scopeTo(ground.orm.em.fork(), ground.ids.account);
  const data = { offerName: 'Coaching', required: ['Studio Membership'], isHalting: false };
  const asked = { kind: 'requirement-missing', realNow: T0, data } as const;
  const id = await queueHindrance(em, 'ada@example.com', asked);

  expect(await said(id ?? 'none')).toMatchObject({ ...data, loginUrl: LINKS.login });
  expect(await queueHindrance(em, 'ada@example.com', asked)).toBeNull();
});

test('why a code does not hold, to whose it is, with the offer’s page without it', async () => {
  const em = scopeTo(ground.orm.em.fork(), ground.ids.account);
  const why = 'promotion_code_used_by_contact';
  const data = { offerName: 'Coaching', offerId: uuid(), code: 'SPRING', why };
  const id = await queueHindrance(em, 'ada@example.com', { kind: 'promotion-code-refused', realNow: T0, data });

  expect(await said(id ?? 'none')).toMatchObject({ offerName: 'Coaching', code: 'SPRING', why, offerUrl: LINKS.offer });
});

test('what somebody began to buy, with the link by which they go on', async () => {
  expect(await said(await aLeftCheckout(ground))).toMatchObject(LEFT_SAYS);
});

test('a broadcast, with where its button leads', async () => {
  expect(await said(await aBroadcastEmail(ground))).toMatchObject({
    contactName: 'Ada Lovelace',
    buttonUrl: BUTTON_URL,
  });
});

test('a subscription that somebody asked for, to be confirmed, with what is agreed to and nobody’s name', async () => {
  const em = ground.orm.em.fork();
  const wording = 'Yes, send me news from Willow.';
  const id = await queueOptIn(em, ground.ids.contact, T0, { formId: uuid(), wording });
  const { site } = OF_A_PLAIN_PURCHASE;

  expect(await said(id ?? 'none')).toEqual({
    site,
    wording,
    confirmUrl: LINKS.oneTime!.url,
    expiresAt: LINKS.oneTime!.expiresAt,
  });
  expect(await queueOptIn(em, ground.ids.contact, T0, { wording })).toBeNull();
});

test('every kind of these has been written in this file', () => {
  expect([...seen].sort()).toEqual(OF_ADDRESSES.toSorted());
});

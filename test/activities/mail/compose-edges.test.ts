import { expect, test } from '@jest/globals';
import { composeEmail } from '../../../activities/mail/compose.ts';
import { LINKS } from './a-letter.ts';
import { T0 } from './a-mail-ground.ts';
import { aBoughtStory, anInvoice, aStory, aSubscription } from './a-story.ts';
import { ground, materialOf, said, textOfEmail, useMailGround } from './use-mail-ground.ts';

const D10 = '2027-02-10T09:00:00.000Z';
const D11 = '2027-02-11T09:00:00.000Z';

const PRICE = { amountMinor: 4900, currency: 'usd' };

useMailGround();

test('two pauses within one record are told apart', async () => {
  const { story } = await aBoughtStory(ground);
  const state = story.state();
  const entry = (at: string, access: string) => ({
    type: 'purchase.paused' as const,
    at,
    actor: { kind: 'stripe' as const, id: null },
    commandId: null,
    data: { resumeAt: null, access },
  });
  const email = { kind: 'purchase-paused' as const, to: 'customer' as const, data: { resumeAt: null } };
  await story.record(
    {
      state,
      entries: [entry(D10, 'keep'), entry(D11, 'suspend')],
      emails: [
        { ...email, entry: 0 },
        { ...email, entry: 1 },
      ],
    },
    D11,
  );
  const rows = await ground.sql<{ id: string }>(
    `select id from emails where purchase_id = ? and kind = 'purchase-paused' order by position`,
    [story.purchaseId],
  );

  expect(await said(rows[0]?.id)).toMatchObject({ pausedAt: D10, accessSuspended: false });
  expect(await said(rows[1]?.id)).toMatchObject({ pausedAt: D11, accessSuspended: true });
});

test('a recipient who is gone gets nothing', async () => {
  const { confirmation } = await aBoughtStory(ground);
  const material = await materialOf(confirmation);

  expect(composeEmail({ ...material, to: null }, LINKS)).toEqual({ kind: 'suppressed', reason: 'recipient_gone' });
});

test('a plan that is paid off: what was left of it at once, and that access stays', async () => {
  const price = { kind: 'payment_plan', ...PRICE, instalments: 4 } as const;
  const story = await aStory(ground, { terms: { price } });
  await story.hear(anInvoice(), T0);
  await story.hear(aSubscription(), T0);
  const rest = { amountMinor: 3 * PRICE.amountMinor, currency: 'usd' };
  const due = { totalMinor: rest.amountMinor, amountDueMinor: rest.amountMinor, amountPaidMinor: rest.amountMinor };
  const apart = { reason: 'other', periodStart: null, periodEnd: null, paidAt: D10 } as const;
  const paid = await story.hear(anInvoice({ ...apart, ...due }), D10);

  expect(Object.keys(paid)).toEqual(['plan-completed']);
  expect(await said(paid['plan-completed'])).toMatchObject({
    paid: rest,
    completedAt: D10,
    payments: 4,
    paidBy: 'all_at_once',
    access: 'kept',
  });
  expect(await textOfEmail(paid['plan-completed'])).toContain(
    'You have paid off what was left of your 4 payments, and nothing more will be charged. You keep your access.',
  );
});

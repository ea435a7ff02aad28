import { expect, test } from '@jest/globals';
import { composeEmail } from '../../../activities/mail/compose.ts';
import { LINKS } from './a-letter.ts';
import { aBoughtStory } from './a-story.ts';
import { ground, materialOf, said, useMailGround } from './use-mail-ground.ts';

const D10 = '2027-02-10T09:00:00.000Z';
const D11 = '2027-02-11T09:00:00.000Z';

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

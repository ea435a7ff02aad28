import { v7 as uuid } from 'uuid';
import type { MailGround } from './a-mail-ground.ts';
import { aBoughtStory } from './a-story.ts';

/** A customer asked to be canceled, withdrew that, asked again and was declined. */
export async function aRequestedStory(ground: MailGround) {
  const { story } = await aBoughtStory(ground, { terms: { cancelBy: 'request' } });
  const actor = { kind: 'customer' as const, id: ground.ids.contact };
  const [first, second] = [uuid(), uuid()] as const;
  const [d10, d11, d12] = ['2027-02-10T09:00:00.000Z', '2027-02-11T09:00:00.000Z', '2027-02-12T09:00:00.000Z'] as const;
  const asked = { requestId: first, refundWanted: true };
  const requested = await story.ask('request-cancellation', asked, { at: d10, actor, reason: 'Too busy' });
  const withdrawn = await story.ask('withdraw-cancellation-request', { requestId: first }, { at: d10, actor });
  const again = { requestId: second, refundWanted: false };
  await story.ask('request-cancellation', again, { at: d11, actor });
  const input = { requestId: second };
  const declined = await story.ask('decline-cancellation-request', input, { at: d12, reason: 'You have a year' });
  return { emails: { ...requested, ...withdrawn, ...declined } as Record<string, string> };
}

/** What its emails say, by kind. */
export const REQUEST_SAYS = {
  'cancellation-requested': { offerName: 'Studio Membership', refundWanted: true },
  'admin-cancellation-requested': { refundWanted: true, reason: 'Too busy', actor: { kind: 'customer' } },
  'admin-cancellation-request-withdrawn': { actor: { kind: 'customer' }, offerName: 'Studio Membership' },
  'cancellation-request-declined': { reason: 'You have a year', offerName: 'Studio Membership' },
  'admin-cancellation-request-declined': { reason: 'You have a year', actor: { kind: 'admin' } },
};

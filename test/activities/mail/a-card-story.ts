import { LINKS } from './a-letter.ts';
import type { MailGround } from './a-mail-ground.ts';
import { aBoughtStory } from './a-story.ts';

const D10 = '2027-02-10T09:00:00.000Z';

/** A card that is about to expire: the email about it. */
export async function aCardStory(ground: MailGround): Promise<string> {
  const { story, subscription } = await aBoughtStory(ground);
  await story.hear({ ...subscription, methodId: 'pm_1', cardEndsAt: '2027-04-01T00:00:00.000Z' }, D10);
  const { 'card-expiring': id = '' } = await story.reach('card-notice', '2027-03-02T00:00:00.000Z');
  return id;
}

export const CARD_SAYS = { expires: 'March 2027', updateCardUrl: LINKS.ofPurchase!.updateCard };

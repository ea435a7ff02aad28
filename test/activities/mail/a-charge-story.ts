import { addDays } from '../../../workflows/domain/instant.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { FEB_28, T0 } from '../../builders/purchase.ts';
import type { MailGround } from './a-mail-ground.ts';
import { LINKS } from './a-letter.ts';
import { aBoughtStory, aStory, aSubscription } from './a-story.ts';

const settings = { ...DEFAULT_SETTINGS, emailsOff: [] };
const FEB_25 = addDays(FEB_28, -3);

/** A regular payment, and trials with and without one at their end, all on 28 February. */
export async function chargeStories(ground: MailGround) {
  const { story, subscription } = await aBoughtStory(ground);
  await story.hear({ ...subscription, methodId: 'pm_1' }, addDays(T0, 1), { settings });
  const { 'upcoming-payment': upcoming = '' } = await story.reach('payment-notice', FEB_25, { settings });
  const free = { percentOff: 100, amountOffMinor: null, currency: null, duration: 'forever', endsAt: null } as const;
  const given = { ...free, discountId: 'di_1', code: null, promotionCodeId: null };
  const lives = [story];
  const trials = [];
  for (const discounts of [[], [given]]) {
    const trial = await aStory(ground);
    await trial.hear(aSubscription({ status: 'trialing', trialEndsAt: FEB_28, discounts }), T0);
    const { 'trial-ending': told = '' } = await trial.reach('trial-notice', FEB_25);
    trials.push(told);
    lives.push(trial);
  }
  const leave = async (): Promise<void> => {
    for (const life of lives) await life.ask('cancel', { when: 'period_end', cancelAt: null }, { at: FEB_25 });
  };
  return { upcoming, trials, leave };
}

export const AHEAD_SAYS = { card: 'Visa ending in 4242', updateCardUrl: LINKS.ofPurchase!.updateCard };

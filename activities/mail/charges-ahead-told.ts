import { methodInWords } from '../../emails/words/card.ts';
import type { Money } from '../../workflows/domain/money.ts';
import { moneyOf, textOf } from './intent-data.ts';
import { happenedAt, languageOf, ownerBase, type Writing } from './writing.ts';

/** What customers are told of what will be charged, as it stood when it was due to be said. */
export const CHARGES_AHEAD_TOLD = {
  'upcoming-payment': (writing: Writing) => ({
    ...aheadBase(writing),
    amount: amountOf(writing),
    chargeAt: chargedAt(writing),
  }),
  'trial-ending': (writing: Writing) => {
    const amount = amountOf(writing);
    const isCharged = amount.amountMinor > 0;
    const whatComes = isCharged;
    return { ...aheadBase(writing), trialEndsAt: chargedAt(writing), amount: isCharged ? amount : null, whatComes };
  },
};

function aheadBase(writing: Writing) {
  const { chargedTo } = writing.material.purchase;
  const card = chargedTo && methodInWords(chargedTo, languageOf(writing).card);
  return { ...ownerBase(writing), card, updateCardUrl: writing.links.ofPurchase.updateCard };
}

const amountOf = ({ material }: Writing): Money => moneyOf(material.data, material.purchase.state);

const chargedAt = (writing: Writing) => textOf(writing.material.data, 'chargeAt') ?? happenedAt(writing);

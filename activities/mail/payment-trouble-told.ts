import { cardMonth } from '../../emails/words/card.ts';
import { codeForCustomer, declineWords } from '../../emails/words/decline.ts';
import { asSentence } from '../../emails/words/sentence.ts';
import { isHardDecline } from '../../workflows/domain/hard-decline.ts';
import { moneyOf, numberOf, textOf } from './intent-data.ts';
import { customerBase, happenedAt, languageOf, nextCharge, type Writing } from './writing.ts';

/** What customers are told of payments that failed, or wait for them [R11]. */
export const PAYMENT_TROUBLE_TOLD = {
  'payment-failed': (writing: Writing) => {
    const { data } = writing.material;
    const whatToDo = isHardDecline(textOf(data, 'declineCode'));
    return {
      ...troubleBase(writing),
      failedAt: happenedAt(writing),
      updateCardUrl: writing.links.ofPurchase.updateCard,
      attempt: numberOf(data, 'attempts'),
      declineMessage: whyFailed(writing),
      whatToDo,
      // With this card, what Stripe has planned is in vain.
      nextTryAt: whatToDo ? undefined : textOf(data, 'nextTryAt'),
    };
  },
  'payment-last-warning': (writing: Writing) => ({
    ...troubleBase(writing),
    accessEndsAt: textOf(writing.material.data, 'accessEndsAt') ?? happenedAt(writing),
    updateCardUrl: writing.links.ofPurchase.updateCard,
    end: writing.material.data.isCanceled === true ? ('canceled' as const) : ('suspended' as const),
  }),
  'card-expiring': (writing: Writing) => ({
    ...customerBase(writing),
    expires: cardMonth(textOf(writing.material.data, 'expiresAt') ?? happenedAt(writing), languageOf(writing).locale),
    updateCardUrl: writing.links.ofPurchase.updateCard,
    nextCharge: nextCharge(writing.material.purchase.state),
  }),
  'payment-action-required': (writing: Writing) => ({
    ...troubleBase(writing),
    actionUrl: writing.links.ofPurchase.confirmPayment,
  }),
};

const troubleBase = (writing: Writing) => ({
  ...customerBase(writing),
  amount: moneyOf(writing.material.data, writing.material.purchase.state),
});

/** Why the payment failed, as far as its customer may read it. */
export function whyFailed(writing: Writing): string | null {
  const code = codeForCustomer(textOf(writing.material.data, 'declineCode'));
  const words = declineWords(code, languageOf(writing));
  return words && asSentence(words);
}

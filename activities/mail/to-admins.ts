import type { EmailProps, KindsWhere } from '../../emails/catalogue.ts';
import { declineInFull } from '../../emails/words/decline.ts';
import { disputeInFull } from '../../emails/words/dispute.ts';
import { CANCEL_CAUSES } from '../../workflows/domain/billing.ts';
import { givenBack, refundsOf, whySentBack } from './given-back.ts';
import { moneyOf, textOf } from './intent-data.ts';
import { suspendsAccess } from './to-customer.ts';
import { changedOffers, happenedAt, languageOf, nextCharge, noticeBase, type Writing } from './writing.ts';

type AdminKind = KindsWhere<{ about: 'purchase'; to: 'admins' }>;
type Writers = { [K in AdminKind]: (writing: Writing) => EmailProps<K> };

const DISPUTE_STATES = ['inquiry', 'open', 'lost'] as const;

/** What the notices to admins say. */
export const TO_ADMINS: Writers = {
  'admin-purchase-paused': (writing) => ({
    ...noticeBase(writing),
    resumeAt: textOf(writing.material.data, 'resumeAt'),
    accessSuspended: suspendsAccess(writing),
  }),
  'admin-purchase-resumed': withNextCharge,
  'admin-resume-date-changed': (writing) => ({
    ...noticeBase(writing),
    previousResumeAt: writing.material.purchase.previousResumeAt,
    resumeAt: textOf(writing.material.data, 'resumeAt'),
  }),
  'admin-cancellation-scheduled': (writing) => ({
    ...noticeBase(writing),
    cancelAt: textOf(writing.material.data, 'cancelAt') ?? happenedAt(writing),
    customerReason: textOf(writing.material.data, 'reason'),
    feedback: writing.occasion?.feedback ?? null,
  }),
  'admin-cancellation-requested': (writing) => ({
    ...noticeBase(writing),
    refundWanted: writing.material.data.refundWanted === true,
  }),
  'admin-cancellation-request-withdrawn': noticeBase,
  'admin-cancellation-request-declined': noticeBase,
  'admin-cancellation-undone': withNextCharge,
  'admin-offer-change-scheduled': (writing) => ({
    ...noticeBase(writing),
    offerName: changedOffers(writing).from,
    newOfferName: changedOffers(writing).to,
    changesAt: textOf(writing.material.data, 'at') ?? happenedAt(writing),
  }),
  'admin-higher-plan-stays': (writing) => ({
    ...noticeBase(writing),
    offerName: changedOffers(writing).from,
    newOfferName: changedOffers(writing).to,
    changesAt: textOf(writing.material.data, 'at') ?? happenedAt(writing),
  }),
  'admin-offer-change-undone': (writing) => ({ ...noticeBase(writing), newOfferName: changedOffers(writing).to }),
  'admin-offer-changed': (writing) => ({
    ...withNextCharge(writing),
    offerName: changedOffers(writing).to,
    previousOfferName: changedOffers(writing).from,
  }),
  'admin-purchase-canceled': (writing) => ({
    ...noticeBase(writing),
    cause: CANCEL_CAUSES.find((cause) => cause === writing.material.data.cause) ?? 'external',
    feedback: writing.occasion?.feedback ?? null,
  }),
  'admin-refund': (writing) => ({
    ...noticeBase(writing),
    amount: moneyOf(writing.material.data, writing.material.purchase.state),
    status: refundsOf(writing.material, writing.occasion).some(({ refund }) => refund.status !== 'succeeded')
      ? 'pending'
      : 'succeeded',
  }),
  'admin-refund-failed': (writing) => ({
    ...noticeBase(writing),
    amount: moneyOf(writing.material.data, writing.material.purchase.state),
    // The bank's own message can be read at Stripe; nothing of it is stored here.
    failureReason: languageOf(writing).seeStripe,
  }),
  'admin-payment-failed': (writing) => ({
    ...noticeBase(writing),
    amount: moneyOf(writing.material.data, writing.material.purchase.state),
    failureReason:
      declineInFull(textOf(writing.material.data, 'declineCode'), languageOf(writing)) ?? languageOf(writing).seeStripe,
    nextTryAt: textOf(writing.material.data, 'nextTryAt'),
  }),
  'admin-money-back': (writing) => {
    const { total, payments } = givenBack(writing.material, writing.occasion);
    return { ...noticeBase(writing), totalRefunded: total, refundedPayments: payments };
  },
  'admin-dispute': (writing) => ({
    ...noticeBase(writing),
    state: DISPUTE_STATES.find((state) => state === writing.material.data.status) ?? 'open',
    amount: moneyOf(writing.material.data, writing.material.purchase.state),
    disputeReason:
      disputeInFull(textOf(writing.material.data, 'disputeReason'), languageOf(writing).disputes) ??
      languageOf(writing).seeStripe,
    respondBy: writing.material.data.status === 'lost' ? null : textOf(writing.material.data, 'evidenceDueAt'),
  }),
  'admin-duplicate-purchase': (writing) => ({
    ...noticeBase(writing),
    amountRefunded: givenBack(writing.material, writing.occasion).total,
    why: whySentBack(writing.material.purchase.state),
  }),
};

function withNextCharge(writing: Writing): EmailProps<'admin-purchase-resumed'> {
  return { ...noticeBase(writing), nextCharge: nextCharge(writing.material.purchase.state) };
}

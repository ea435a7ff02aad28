import type { EmailProps, KindsWhere } from '../../emails/catalogue.ts';
import { textOf } from './intent-data.ts';
import { changedOffers, customerBase, happenedAt, nextCharge, type Writing } from './writing.ts';

type Told = Extract<KindsWhere<{ about: 'purchase'; to: 'contact' }>, `offer-change${string}` | 'higher-plan-stays'>;

/** What customers are told of a change of offer. */
export const OFFER_CHANGES_TOLD: { [K in Told]: (writing: Writing) => EmailProps<K> } = {
  'offer-change-scheduled': (writing) => ({
    ...customerBase(writing),
    offerName: changedOffers(writing).from,
    newOfferName: changedOffers(writing).to,
    changesAt: textOf(writing.material.data, 'at') ?? happenedAt(writing),
    nextCharge: nextCharge(writing.material.purchase.state),
  }),
  'offer-change-undone': (writing) => ({
    ...customerBase(writing),
    newOfferName: changedOffers(writing).to,
    nextCharge: nextCharge(writing.material.purchase.state),
  }),
  'higher-plan-stays': (writing) => ({
    ...customerBase(writing),
    offerName: changedOffers(writing).from,
    newOfferName: changedOffers(writing).to,
    changesAt: textOf(writing.material.data, 'at') ?? happenedAt(writing),
  }),
  'offer-changed': (writing) => ({
    ...customerBase(writing),
    offerName: changedOffers(writing).to,
    previousOfferName: changedOffers(writing).from,
    products: writing.material.purchase.products,
    changedAt: happenedAt(writing),
    nextCharge: nextCharge(writing.material.purchase.state),
    loginUrl: writing.links.login,
  }),
};

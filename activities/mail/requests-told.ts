import type { EmailProps, KindsWhere } from '../../emails/catalogue.ts';
import { customerBase, nextCharge, type Writing } from './writing.ts';

type Told = Extract<KindsWhere<{ about: 'purchase'; to: 'contact' }>, `cancellation-request${string}`>;

/** What customers are told of their requests to be canceled. */
export const REQUESTS_TOLD: { [K in Told]: (writing: Writing) => EmailProps<K> } = {
  'cancellation-requested': (writing) => ({
    ...customerBase(writing),
    refundWanted: writing.material.data.refundWanted === true,
    billingUrl: writing.links.ofPurchase.billing,
  }),
  'cancellation-request-declined': (writing) => ({
    ...customerBase(writing),
    reason: writing.occasion?.reason ?? null,
    nextCharge: nextCharge(writing.material.purchase.state),
  }),
};

import type { EmailProps, KindsWhere } from '../../emails/catalogue.ts';
import { customerBase, happenedAt, type Writing } from './writing.ts';

type Told = Extract<KindsWhere<{ about: 'purchase'; to: 'contact' }>, `add-on${string}`>;

/** What owners of accounts are told of the add-on. */
export const ADD_ON_TOLD: { [K in Told]: (writing: Writing) => EmailProps<K> } = {
  'add-on-welcome': (writing) => ({
    ...base(writing),
    creditsPerYear: writing.material.purchase.state.terms.credits?.perYear ?? 0,
  }),
  'add-on-removal-received': (writing) => ({
    ...base(writing),
    refundWanted: writing.material.data.refundWanted === true,
  }),
  'add-on-removed': (writing) => ({ ...base(writing), endedAt: happenedAt(writing) }),
};

const base = (writing: Writing) => ({ ...customerBase(writing), addOnUrl: writing.links.addOn });

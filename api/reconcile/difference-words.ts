import { formatMoney } from '../../emails/format.ts';
import type { DifferenceKind, Side } from '../../workflows/domain/compare.ts';

type Words = { here: Side | null; there: Side | null };

const money = ({ amountMinor, currency }: Side = {}): string =>
  amountMinor === undefined || currency === undefined ? 'nothing' : formatMoney({ amountMinor, currency });

const of = (side: Side | null): Side => side ?? {};

/** What differs, as one sentence for people; a kind without words does not compile. */
const WORDS: Record<DifferenceKind, (words: Words) => string> = {
  status: ({ here, there }) => `It is ${of(here).status} here and ${of(there).status} at Stripe.`,
  period: ({ here, there }) => `Its period ends ${of(here).periodEnd} here and ${of(there).periodEnd} at Stripe.`,
  cancellation: ({ here, there }) =>
    `It ${of(here).cancelAt ? `is canceled ${of(here).cancelAt}` : 'goes on'} here, and ${of(there).cancelAt ? `is canceled ${of(there).cancelAt}` : 'goes on'} at Stripe.`,
  price: ({ here, there }) => `Each period costs ${money(of(here))} here and ${money(of(there))} at Stripe.`,
  payment_missing_here: ({ there }) => `A payment of ${money(of(there))} at Stripe is not here.`,
  payment_missing_there: ({ here }) => `A payment of ${money(of(here))} here is not at Stripe.`,
  refund_missing_here: ({ there }) => `A refund of ${money(of(there))} at Stripe is not here.`,
  refund_missing_there: ({ here }) => `A refund of ${money(of(here))} here is not at Stripe.`,
  refund_differs: ({ here, there }) =>
    `A refund is ${of(here).status} (${money(of(here))}) here and ${of(there).status} (${money(of(there))}) at Stripe.`,
  dispute_differs: ({ here, there }) => `A dispute is ${here?.status ?? 'not'} here and ${of(there).status} at Stripe.`,
  unpaid_forgotten: ({ there }) => `An invoice of ${money(of(there))} is unpaid, and nothing tries to collect it.`,
  missing_there: () => 'It is billed here, and Stripe has no such subscription.',
  without_purchase: ({ there }) =>
    `A subscription is ${of(there).status} at Stripe, and no purchase here stands for it.`,
  charged_while_paused: ({ there }) => `It is paused, and ${money(of(there))} was charged all the same.`,
  open_after_end: () => 'Its billing has ended access, and access is still open.',
  over_refunded: ({ here, there }) => `Of a payment of ${money(of(here))}, ${money(of(there))} was refunded.`,
  ledger_differs: ({ here, there }) =>
    `Its ledger has ${of(here).amountMinor} open credits, and the purchase ${of(there).amountMinor}.`,
  asleep: () => 'Something was due, and its workflow has not done it.',
};

/** A difference in words. */
export const inWords = ({ kind, here, there }: Words & { kind: DifferenceKind }): string =>
  WORDS[kind]({ here, there });

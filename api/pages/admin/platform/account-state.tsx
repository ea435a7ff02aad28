import type { z } from 'zod';
import type { accountSchema } from '../../../platform/account-view.ts';
import { moneyInWords } from '../../parts/money.tsx';
import { Badge, type Tone } from '../../parts/notice.tsx';
import { BILLING_WORDS } from '../../words/billing.ts';

export type OperatorAccount = z.output<typeof accountSchema>;

const STATES: Record<OperatorAccount['state'], [Tone, string]> = {
  active: ['good', 'Active'],
  suspended: ['warn', 'Suspended'],
  closed: ['bad', 'Closed'],
};

export function AccountState({ state }: Pick<OperatorAccount, 'state'>) {
  const [tone, words] = STATES[state];
  return <Badge tone={tone}>{words}</Badge>;
}

/** What an account has of the platform, and how its billing stands. */
export function Has({ sold }: { sold: NonNullable<OperatorAccount['plan']> }) {
  const { label, tone } = BILLING_WORDS[sold.billingStatus];
  return (
    <>
      {sold.offer.name} <Badge tone={tone}>{label}</Badge>
    </>
  );
}

export const revenueInWords = ({ monthlyRevenue }: OperatorAccount): string =>
  monthlyRevenue.map((amount) => moneyInWords(amount)).join(', ') || '–';

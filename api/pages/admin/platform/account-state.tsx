import type { z } from 'zod';
import type { accountSchema } from '../../../platform/account-view.ts';
import { Badge, type Tone } from '../../parts/notice.tsx';

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

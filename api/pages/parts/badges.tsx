import type { AccessStatus } from '../../../workflows/domain/standing.ts';
import type { BillingStatus } from '../../../workflows/domain/billing.ts';
import { ACCESS_WORDS } from '../words/access.ts';
import { BILLING_WORDS } from '../words/billing.ts';
import { Badge } from './notice.tsx';

/** One axis in words on its colour. */
export const BillingBadge = ({ status }: { status: BillingStatus }) => (
  <Badge tone={BILLING_WORDS[status].tone}>{BILLING_WORDS[status].label}</Badge>
);

export const AccessBadge = ({ status }: { status: AccessStatus }) => (
  <Badge tone={ACCESS_WORDS[status].tone}>{ACCESS_WORDS[status].label}</Badge>
);

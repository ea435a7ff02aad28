import type { z } from 'zod';
import type { purchaseSummarySchema } from '../../purchase/purchase-schema.ts';
import type { Site } from '../page.ts';
import { attentionInWords, attentionReason } from '../words/attention.ts';
import { WARNING_WORDS } from '../words/warning.ts';
import { AccessBadge, BillingBadge } from './badges.tsx';
import { Day } from './when.tsx';

type Summary = z.output<typeof purchaseSummarySchema>;
type StandingProps = { purchase: Summary; site: Site };

/**
 * The billing axis in a line of a list; a pending cancellation is a date on a live status [R5.2].
 */
export const BillingStanding = ({ purchase: { billingStatus, cancelAt }, site }: StandingProps) => (
  <span className="person">
    <span>
      <BillingBadge status={billingStatus} />
    </span>
    {cancelAt === null ? null : (
      <small className="quiet">
        Pending cancellation, <Day at={cancelAt} site={site} />
      </small>
    )}
  </span>
);

/** The access axis in a line of a list, and until when it lasts. */
export const AccessStanding = ({ purchase: { accessStatus, accessUntil }, site }: StandingProps) => (
  <span className="person">
    <span>
      <AccessBadge status={accessStatus} />
    </span>
    {accessUntil === null || accessStatus === 'none' ? null : (
      <small className="quiet">
        until <Day at={accessUntil} site={site} />
      </small>
    )}
  </span>
);

/** What somebody must know of a purchase before anything else [R6.3]. */
export function Warnings({ purchase: { warnings, needsAttention, stuckReason, duplicateOf } }: { purchase: Summary }) {
  const reason = attentionReason(stuckReason);
  const texts = [
    ...(needsAttention ? [`Needs attention. ${reason ? attentionInWords(reason) : ''}`.trim()] : []),
    ...(!needsAttention && stuckReason !== null ? ['Stripe has not answered yet; it is asked again.'] : []),
    ...(duplicateOf === null ? [] : ['A second purchase, refunded.']),
    ...warnings.map((warning) => WARNING_WORDS[warning]),
  ];
  return texts.map((text) => (
    <small key={text} className="warning">
      {text}
    </small>
  ));
}

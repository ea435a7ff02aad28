import type { z } from 'zod';
import type { purchaseSummarySchema } from '../../purchase/purchase-schema.ts';
import { ACCESS_WORDS } from '../words/access.ts';
import { attentionInWords, attentionReason } from '../words/attention.ts';
import { BILLING_WORDS } from '../words/billing.ts';
import type { Here } from '../words/instant.ts';
import { WARNING_SHORT, WARNING_WORDS } from '../words/warning.ts';
import { planInWords } from './money.tsx';
import { Badge } from './notice.tsx';
import { Day } from './when.tsx';

type Summary = z.output<typeof purchaseSummarySchema>;
type StandingProps = { purchase: Summary; site: Here };

/** A date of a state, unless the line has it already as what comes next. */
const Until = ({ at, purchase: { nextDueAt }, site }: StandingProps & { at: string | null }) =>
  at === null || at === nextDueAt ? null : (
    <>
      {' until '}
      <Day at={at} site={site} />
    </>
  );

/**
 * The billing axis in a line of a list, with the date to which the state lasts; a pending
 * cancellation is a date on a live status [R5.2].
 */
export function BillingStanding({ purchase, site }: StandingProps) {
  const { billingStatus, cancelAt, trialEndsAt, resumeAt, instalments } = purchase;
  const { label, tone } = BILLING_WORDS[billingStatus];
  if (cancelAt !== null)
    return (
      <Badge tone="warn">
        {cancelAt === purchase.nextDueAt ? (
          'Ending'
        ) : (
          <>
            Ends <Day at={cancelAt} site={site} />
          </>
        )}
      </Badge>
    );
  return (
    <Badge tone={tone}>
      {label}
      {instalments && billingStatus !== 'completed' ? `, ${planInWords(instalments, null)}` : null}
      <Until at={trialEndsAt ?? resumeAt} purchase={purchase} site={site} />
    </Badge>
  );
}

/** The access axis in a line of a list, and until when it lasts where billing does not say so. */
export function AccessStanding({ purchase, site }: StandingProps) {
  const { accessStatus, accessUntil, cancelAt, billingStatus } = purchase;
  const { short, tone } = ACCESS_WORDS[accessStatus];
  const isOver = accessStatus === 'none' && billingStatus === 'canceled';
  const isTold = accessStatus !== 'none' && accessUntil !== cancelAt;
  return (
    <Badge tone={isOver ? 'plain' : tone}>
      {short}
      {isTold ? <Until at={accessUntil} purchase={purchase} site={site} /> : null}
    </Badge>
  );
}

type Warned = Pick<Summary, 'warnings' | 'needsAttention' | 'stuckReason' | 'duplicateOf'>;

/** What somebody must know of a purchase before anything else [R6.3], in few words and in many. */
export function warningsOf({ warnings, needsAttention, stuckReason, duplicateOf }: Warned) {
  const reason = attentionReason(stuckReason);
  const texts: (readonly [short: string, full: string])[] = [
    ...(needsAttention ? [['Needs a decision', reason ? attentionInWords(reason) : 'Needs a decision'] as const] : []),
    ...(!needsAttention && stuckReason !== null
      ? [['Waits for Stripe', 'Stripe has not answered yet; it is asked again.'] as const]
      : []),
    ...(duplicateOf === null
      ? []
      : [['Sent back', 'Sent back: bought a second time, or without what it requires.'] as const]),
    ...warnings.map((warning) => [WARNING_SHORT[warning], WARNING_WORDS[warning]] as const),
  ];
  return texts;
}

export const Warnings = ({ purchase }: { purchase: Warned }) =>
  warningsOf(purchase).map(([short, full]) => (
    <span key={short} className="bad" title={full}>
      {short}
    </span>
  ));

import type { ReactNode } from 'react';
import type { StripePage } from '../../../stripe-page.ts';
import type { Site } from '../../page.ts';
import { CopyButton } from '../../parts/copy-link.tsx';
import { Facts } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { purchasePath, type Purchase } from './read-purchase.ts';

type OriginProps = { purchase: Purchase; site: Site; workflowPage: string | null; stripePage: StripePage };

/** Where it came from, on which terms, and what support needs to copy. */
export function OriginSection({ purchase, site, workflowPage, stripePage }: OriginProps) {
  const { terms, origin, billing, id, duplicateOf } = purchase;
  const facts: (readonly [string, ReactNode])[] = [
    ['Origin', origin === 'bought' ? 'Bought' : 'Granted: nothing is charged'],
    ['Days of access', terms.accessDays ?? 'Without end'],
  ];
  if (billing.status !== 'none')
    facts.push(['Refund window', terms.refundWindowDays === 0 ? 'None' : `${terms.refundWindowDays} days`]);
  if (terms.accessStartsAt) facts.push(['Access starts', <When key="starts" at={terms.accessStartsAt} site={site} />]);
  if (duplicateOf)
    facts.push([
      'Sent back because of',
      <a key="first" href={purchasePath(duplicateOf)}>
        {'Another purchase'}
      </a>,
    ]);
  facts.push(['Purchase id', <Copied key="id" text={id} what="the purchase id" />]);
  if (billing.subscriptionId)
    facts.push([
      'Stripe subscription',
      <Copied key="sub" text={billing.subscriptionId} what="the id of the subscription">
        <AtStripe href={stripePage('subscriptions', billing.subscriptionId)} />
      </Copied>,
    ]);
  if (workflowPage)
    facts.push([
      'Workflow',
      <a key="flow" href={workflowPage}>
        Open in the Temporal UI
      </a>,
    ]);
  return (
    <section>
      <h2>Origin and terms</h2>
      <Facts facts={facts} />
    </section>
  );
}

const Copied = ({ text, what, children }: { text: string; what: string; children?: ReactNode }) => (
  <>
    <code>{text}</code> <CopyButton what={what} text={text} /> {children}
  </>
);

const AtStripe = ({ href }: { href: string | null }) => (href === null ? null : <a href={href}>Open at Stripe</a>);

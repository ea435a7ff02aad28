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
  const { terms, origin, id, duplicateOf } = purchase;
  const facts: (readonly [string, ReactNode])[] = [
    ['Origin', origin === 'bought' ? 'Bought' : 'Granted: nothing is charged'],
    ['Days of access', terms.accessDays ?? 'Without end'],
  ];
  if (purchase.billing.status !== 'none')
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
  facts.push(...atStripe(purchase, stripePage));
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

/** Whose it is at Stripe, and by which subscription. */
function atStripe({ stripeCustomerId, billing }: Purchase, stripePage: StripePage) {
  const objects = [
    ['Stripe customer', 'customers', stripeCustomerId],
    ['Stripe subscription', 'subscriptions', billing.subscriptionId],
  ] as const;
  return objects.flatMap(([label, kind, id]): (readonly [string, ReactNode])[] => {
    if (id === null) return [];
    const value = (
      <Copied key={kind} text={id} what={`the id of the ${label.replace('Stripe ', '')}`}>
        <AtStripe href={stripePage(kind, id)} />
      </Copied>
    );
    return [[label, value]];
  });
}

const Copied = ({ text, what, children }: { text: string; what: string; children?: ReactNode }) => (
  <>
    <code>{text}</code> <CopyButton what={what} text={text} /> {children}
  </>
);

const AtStripe = ({ href }: { href: string | null }) => (href === null ? null : <a href={href}>Open at Stripe</a>);

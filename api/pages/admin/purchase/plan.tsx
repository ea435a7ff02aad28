import type { ReactNode } from 'react';
import type { AccessStatus } from '../../../../workflows/domain/standing.ts';
import { emailInWords } from '../../words/email.ts';
import type { Site } from '../../page.ts';
import { AccessBadge, BillingBadge } from '../../parts/badges.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Notice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { BLOCK_WORDS } from '../../words/access.ts';
import { DUE_WORDS } from '../../words/due.ts';
import { WARNING_WORDS } from '../../words/warning.ts';
import { creditFiguresInWords, creditsInWords } from '../../words/credit-effect.ts';
import { moneyEffectInWords } from '../../words/money-effect.ts';
import type { Preview, Purchase } from './read-purchase.ts';

type PlanProps = { preview: Preview; purchase: Purchase; site: Site; withoutEmails?: string | undefined };
type Facets = Preview['before'];

/** What a verb would do, before and after, in words [R6.5]. */
export const PlanInWords = (props: PlanProps) => (
  <>
    {props.preview.warnings.map((warning) => (
      <Notice key={warning} tone="bad">
        Afterwards: {WARNING_WORDS[warning]}
      </Notice>
    ))}
    <dl className="plan">
      <Part label="Money">
        <MoneyOf {...props} />
      </Part>
      {props.purchase.billing ? (
        <Part label="Billing">
          <BillingOf {...props} />
        </Part>
      ) : null}
      <Part label="Access">
        <AccessOf {...props} />
      </Part>
      {props.preview.credits ? (
        <Part label="Call credits">
          <CreditsOf effect={props.preview.credits} site={props.site} />
        </Part>
      ) : null}
      <Part label="Emails">
        <EmailsOf {...props} />
      </Part>
      <Part label="What is due">
        <DueOf {...props} />
      </Part>
    </dl>
  </>
);

const Part = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

function MoneyOf({ preview: { money, quote }, purchase, site }: PlanProps) {
  if (money.length === 0) return <>No money moves.</>;
  return (
    <ul>
      {money.map((effect, index) => (
        <li key={index}>
          {moneyEffectInWords(effect, { purchase, site })}
          {effect.kind === 'prorated_last_charge' && quote ? (
            <> Stripe’s own figure for it is {moneyInWords(quote)}.</>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

const Arrow = () => (
  <>
    {' '}
    <span aria-hidden="true">→</span>
    <span className="unseen">becomes</span>{' '}
  </>
);

function BillingOf({ preview: { before, after }, site }: PlanProps) {
  const isSame = before.billingStatus === after.billingStatus;
  return (
    <>
      {isSame ? 'stays ' : <BillingBadge status={before.billingStatus} />}
      {isSame ? null : <Arrow />}
      <BillingBadge status={after.billingStatus} />
      <Moved label="Next charge" before={before} after={after} site={site} field="nextChargeAt" />
      <Moved label="Pending cancellation" before={before} after={after} site={site} field="cancelAt" />
      <Moved label="Resumes automatically" before={before} after={after} site={site} field="resumeAt" />
    </>
  );
}

type MovedProps = {
  label: string;
  before: Facets;
  after: Facets;
  field: 'nextChargeAt' | 'cancelAt' | 'resumeAt';
  site: Site;
};

const Moved = ({ label, before, after, field, site }: MovedProps) =>
  before[field] === after[field] ? null : (
    <span className="entry-line">
      {label}: <When at={before[field]} site={site} none="none" />
      <Arrow />
      <When at={after[field]} site={site} none="none" />
    </span>
  );

/** Each product whose access moves, or that comes or goes; the rest stays. */
function AccessOf({ preview: { before, after, products }, site }: PlanProps) {
  const names = new Map(products.map(({ productId, name }) => [productId, name]));
  const of = ({ products: all }: Facets, id: string) => all.find(({ productId }) => productId === id);
  const ids = new Set([...before.products, ...after.products].map(({ productId }) => productId));
  const moved = [...ids].filter((id) => JSON.stringify(of(before, id)) !== JSON.stringify(of(after, id)));
  return (
    <>
      <OverallAccess before={before.accessStatus} after={after.accessStatus} />
      {moved.map((id) => (
        <span key={id} className="entry-line">
          {names.get(id)}: <ProductStanding product={of(before, id)} site={site} />
          <Arrow />
          <ProductStanding product={of(after, id)} site={site} />
        </span>
      ))}
    </>
  );
}

const OverallAccess = ({ before, after }: { before: AccessStatus; after: AccessStatus }) =>
  before === after ? (
    <>
      stays <AccessBadge status={after} />
    </>
  ) : (
    <>
      <AccessBadge status={before} />
      <Arrow />
      <AccessBadge status={after} />
    </>
  );

function CreditsOf({ effect, site }: { effect: NonNullable<Preview['credits']>; site: Site }) {
  const sentences = [...creditsInWords(effect, [], site), ...creditFiguresInWords(effect, site)];
  if (sentences.length === 0) return <>stay as they are.</>;
  return (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** undefined = it is not part of the purchase. */
function ProductStanding({ product, site }: { product: Facets['products'][number] | undefined; site: Site }) {
  if (!product) return <>not included</>;
  if (!product.open) return <>closed ({product.blocks.map((source) => BLOCK_WORDS[source]).join(', ')})</>;
  return (
    <>
      open
      {product.until === null ? null : (
        <>
          {' '}
          until <When at={product.until} site={site} />
        </>
      )}
    </>
  );
}

type EmailsProps = { preview: Pick<Preview, 'emails'>; withoutEmails?: string | undefined };

export function EmailsOf({ preview: { emails }, withoutEmails = 'No email is sent.' }: EmailsProps) {
  if (emails.length === 0) return <>{withoutEmails}</>;
  const to = (whom: 'customer' | 'admins') =>
    emails
      .filter((email) => email.to === whom)
      .map(({ kind }) => emailInWords(kind))
      .join(', ') || 'nothing';
  return (
    <ul>
      <li>To the customer: {to('customer')}</li>
      <li>To the admins: {to('admins')}</li>
    </ul>
  );
}

/** What is due before and after, as one list: what stays, what goes, what is new. */
function DueOf({ preview: { before, after }, site }: PlanProps) {
  const keyOf = ({ kind, at }: Facets['due'][number]) => `${at} ${kind}`;
  const [was, is] = [new Set(before.due.map(keyOf)), new Set(after.due.map(keyOf))];
  const all = [...before.due, ...after.due.filter((due) => !was.has(keyOf(due)))];
  if (all.length === 0) return <>Nothing is due, before or after.</>;
  const sorted = all.toSorted((a, b) => a.at.localeCompare(b.at));
  return (
    <ul>
      {sorted.map((due) => {
        const key = keyOf(due);
        const change = !is.has(key) ? 'No longer: ' : was.has(key) ? '' : 'New: ';
        return (
          <li key={key} className={is.has(key) ? undefined : 'gone'}>
            {change === '' ? null : <strong>{change}</strong>}
            {DUE_WORDS[due.kind]}, <When at={due.at} site={site} />
          </li>
        );
      })}
    </ul>
  );
}

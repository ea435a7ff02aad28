import type { ReactNode } from 'react';
import type { Site } from '../../page.ts';
import { paidOnce } from '../../../../workflows/domain/price.ts';
import { AccessBadge, BillingBadge } from '../../parts/badges.tsx';
import { CopyButton } from '../../parts/copy-link.tsx';
import { moneyInWords, planInWords, priceInWords } from '../../parts/money.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Day, When } from '../../parts/when.tsx';
import type { Purchase } from './read-purchase.ts';

type HeadProps = { purchase: Purchase; site: Site };

/**
 * Who bought what, and what can be done with it; on another page than the purchase's own it is no
 * heading.
 */
export const PurchaseHead = ({
  purchase,
  site,
  level: Level = 'h1',
  children,
}: HeadProps & { level?: 'h1' | 'p'; children?: ReactNode }) => (
  <header className="head">
    <div>
      <Level className="who">
        <a href={`/contacts/${purchase.contactId}`}>{purchase.contact.name ?? purchase.contact.email}</a>
        {purchase.origin === 'granted' ? ' was granted ' : ' bought '}
        <a href={`/offers/${purchase.offerId}`}>{purchase.offer.name}</a>
      </Level>
      <p className="states">
        <span>
          {purchase.contact.email} <CopyButton what="the email" text={purchase.contact.email} />
        </span>
        <When at={purchase.startedAt} site={site} />
      </p>
    </div>
    {children}
  </header>
);

/** Where both axes stand [R5.1], with the money of the one and the products of the other. */
export const Axes = ({ purchase, site, children }: HeadProps & { children?: ReactNode }) => (
  <div className="axes">
    <section aria-label="Billing">
      <p className="label">Billing</p>
      <p className="fact">
        <BillingBadge status={purchase.billingStatus} /> <Price purchase={purchase} />
        <Besides purchase={purchase} site={site} />
      </p>
      <Instalments purchase={purchase} />
      <NextCharge purchase={purchase} site={site} />
    </section>
    <section aria-label="Access">
      <p className="label">Access</p>
      <p className="fact">
        <AccessBadge status={purchase.accessStatus} />
      </p>
      <ProductsOpen purchase={purchase} site={site} />
    </section>
    {children}
  </div>
);

const Price = ({ purchase: { billing, price } }: { purchase: Purchase }) =>
  billing.status === 'none' || paidOnce(price) ? null : <span className="money">{priceInWords(price)}</span>;

/** What else holds besides the strongest status [R5.2]. */
const Besides = ({ purchase: { cancelAt, overdue, billingStatus }, site }: HeadProps) => (
  <>
    {cancelAt === null ? null : (
      <Badge tone="warn">
        Pending cancellation, <Day at={cancelAt} site={site} />
      </Badge>
    )}
    {overdue.length > 0 && billingStatus !== 'past_due' ? <Badge tone="bad">Overdue</Badge> : null}
  </>
);

const Instalments = ({ purchase: { instalments, leftToPay } }: { purchase: Purchase }) =>
  instalments && <p className="quiet">{planInWords(instalments, leftToPay)}.</p>;

function NextCharge({ purchase, site }: HeadProps) {
  const { nextCharge, nextChargeAt, billing, price } = purchase;
  if (billing.status === 'none') return <p className="quiet">Nothing is charged.</p>;
  if (billing.status === 'completed') return <p className="quiet">Nothing more is charged.</p>;
  if (billing.ended) return <p className="quiet">It has ended.</p>;
  const once = paidOnce(price);
  if (once !== null)
    return (
      <p className="quiet">
        Paid once, <strong className="money">{moneyInWords(once)}</strong>.
      </p>
    );
  if (nextCharge === null) return <p className="quiet">No charge is planned.</p>;
  return (
    <p className="quiet">
      Next charge <strong className="money">{moneyInWords(nextCharge)}</strong>, <When at={nextChargeAt} site={site} />.
    </p>
  );
}

function ProductsOpen({ purchase: { products, accessUntil, accessStatus }, site }: HeadProps) {
  const open = products.filter((product) => product.open).length;
  return (
    <p className="quiet">
      {open} of {products.length} {products.length === 1 ? 'product' : 'products'} open
      {accessUntil === null || accessStatus === 'none' ? null : (
        <>
          , until <When at={accessUntil} site={site} />
        </>
      )}
      .
    </p>
  );
}

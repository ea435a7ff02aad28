import type { Site } from '../../page.ts';
import { AccessBadge, BillingBadge } from '../../parts/badges.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Day, When } from '../../parts/when.tsx';
import type { Purchase } from './read-purchase.ts';

type HeadProps = { purchase: Purchase; site: Site };

/**
 * Who bought what, and where both axes stand; on another page than the purchase's own it is no
 * heading.
 */
export const PurchaseHead = ({ purchase, site, level: Level = 'h1' }: HeadProps & { level?: 'h1' | 'p' }) => (
  <header className="purchase-head">
    <Level className="who">
      <a href={`/contacts/${purchase.contactId}`}>{purchase.contact.name ?? purchase.contact.email}</a>
      {purchase.origin === 'granted' ? ' was granted ' : ' bought '}
      <a href={`/offers/${purchase.offerId}`}>{purchase.offer.name}</a>
    </Level>
    <p className="quiet">
      {purchase.contact.name === null ? null : <>{purchase.contact.email} · </>}
      <When at={purchase.startedAt} site={site} />
    </p>
    <dl className="axes">
      <div>
        <dt>Billing</dt>
        <dd>
          <BillingBadge status={purchase.billingStatus} /> <Besides purchase={purchase} site={site} />
        </dd>
      </div>
      <div>
        <dt>Access</dt>
        <dd>
          <AccessBadge status={purchase.accessStatus} />
        </dd>
      </div>
    </dl>
  </header>
);

/** What else holds besides the strongest status [R5.2]. */
const Besides = ({ purchase: { cancelAt, overdue, billingStatus }, site }: HeadProps) => (
  <>
    {cancelAt === null ? null : (
      <Badge tone="warn">
        Pending cancellation, <Day at={cancelAt} site={site} />
      </Badge>
    )}{' '}
    {overdue.length > 0 && billingStatus !== 'past_due' ? <Badge tone="bad">Overdue</Badge> : null}
  </>
);

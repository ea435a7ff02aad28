import type { MyPurchase } from '../../../people/customer-schema.ts';
import { EMPTY_FORM } from '../../form.ts';
import { inSite, type Site } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { priceInWords } from '../../parts/money.tsx';
import { onceBegun } from '../../../../workflows/domain/price.ts';
import { Support } from './trouble.tsx';

/** What it will become, with the way back where the customer has asked for it. */
export function PendingChange({ purchase, site }: { purchase: MyPurchase; site: Site }) {
  const { id, pendingChange, canUndoChangeOffer, isPending, offer } = purchase;
  if (!pendingChange) return null;
  const { offerName, price, at } = pendingChange;
  return (
    <Notice tone="plain">
      It changes to {offerName}, {priceInWords(onceBegun(price))}, on <Day at={at} site={site} />.
      {canUndoChangeOffer && !isPending ? (
        <form method="post" action={inSite(site, `/billing/${id}/undo-change-offer`)}>
          <FormKey form={EMPTY_FORM} />
          <button className="tiny">Keep {offer.name}</button>
        </form>
      ) : null}
      {canUndoChangeOffer ? null : (
        <>
          {' '}
          To keep {offer.name}, or to cancel, write to <Support site={site} />.
        </>
      )}
    </Notice>
  );
}

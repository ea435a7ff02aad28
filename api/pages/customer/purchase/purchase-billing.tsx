import { declineWords } from '../../../../emails/words/decline.ts';
import { EMPTY_FORM } from '../../form.ts';
import { inSite, type Site } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Badge, Notice } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { BILLING_WORDS } from '../../words/billing.ts';
import type { Me, MyPurchase } from '../../../people/customer-schema.ts';
import { PurchaseAmount } from '../money/amount.tsx';
import { PendingChange } from './pending-change.tsx';
import { PurchaseFacts } from './purchase-facts.tsx';
import { RequestControl, RequestState } from './request-cancel.tsx';
import { Support } from './trouble.tsx';

type Props = { purchase: MyPurchase; me: Me; site: Site };

/** One purchase with its money, what comes next, and what its customer can do. */
export const PurchaseBilling = ({ purchase, me, site }: Props) => (
  <article className="box stack" aria-labelledby={`purchase-${purchase.id}`}>
    <div className="head">
      <div>
        <h2 id={`purchase-${purchase.id}`}>{purchase.offer.name}</h2>
        <p>
          <Status purchase={purchase} />
        </p>
      </div>
      <PurchaseAmount purchase={purchase} site={site} />
    </div>
    <Attention purchase={purchase} site={site} />
    <RequestState purchase={purchase} site={site} />
    <PendingChange purchase={purchase} site={site} />
    <PurchaseFacts purchase={purchase} site={site} />
    <CallsLink purchase={purchase} site={site} />
    <Actions purchase={purchase} me={me} site={site} />
  </article>
);

function Status({ purchase: { origin, billingStatus, cancelAt } }: { purchase: MyPurchase }) {
  if (billingStatus === 'none') return <Badge tone="good">{origin === 'granted' ? 'A gift' : 'Nothing to pay'}</Badge>;
  if (cancelAt !== null) return <Badge tone="warn">Canceled, still running</Badge>;
  const { label, tone } = BILLING_WORDS[billingStatus];
  return <Badge tone={tone}>{billingStatus === 'past_due' ? 'Payment overdue' : label}</Badge>;
}

/** What the customer should know or do, most urgent first. */
function Attention({ purchase, site }: Pick<Props, 'purchase' | 'site'>) {
  const { overdue, isDuplicate, isPending } = purchase;
  return (
    <>
      {isPending ? <Notice tone="plain">Your request is being carried out.</Notice> : null}
      {isDuplicate ? (
        <Notice tone="plain">You already had this, so this second payment was refunded in full.</Notice>
      ) : null}
      {overdue ? (
        <Notice tone="bad">
          A payment of {moneyInWords(overdue)} is overdue since <Day at={overdue.since} site={site} />
          {overdue.declineCode === null ? '' : `: ${declineWords(overdue.declineCode)}`}.{' '}
          {overdue.needsNewCard ? 'This card cannot be charged any more. ' : null}
          {overdue.nextTryAt === null || overdue.needsNewCard ? null : (
            <>
              It will be tried again on <Day at={overdue.nextTryAt} site={site} />.{' '}
            </>
          )}
          {overdue.confirmUrl === null ? (
            'As soon as you leave another card, it is charged.'
          ) : (
            <>
              Your bank wants you to confirm it: <a href={overdue.confirmUrl}>confirm the payment</a>.
            </>
          )}
        </Notice>
      ) : null}
    </>
  );
}

/** Where what it gives of calls is used. */
const CallsLink = ({ purchase: { calls, officeHours }, site }: Pick<Props, 'purchase' | 'site'>) =>
  calls === null && !officeHours ? null : (
    <p>
      It gives {[calls === null ? null : 'calls', officeHours ? 'office hours' : null].filter(Boolean).join(' and ')}:{' '}
      <a href={inSite(site, '/calls')}>see your calls</a>
    </p>
  );

/** Pausing, as far as the site lets them, and ending such a pause [R7.5]. */
function PauseControl({ purchase, me: { selfPause }, site }: Props) {
  const { id, offer, canPause, canResume, isPending } = purchase;
  const of = <span className="unseen"> of {offer.name}</span>;
  if (isPending) return null;
  if (canResume)
    return (
      <form method="post" action={inSite(site, `/billing/${id}/resume`)}>
        <FormKey form={EMPTY_FORM} />
        <button className="primary">End the pause{of}</button>
      </form>
    );
  if (!canPause || !selfPause.isOn) return null;
  return (
    <a className="btn" href={inSite(site, `/billing/${id}/pause`)}>
      Pause payments{of}
    </a>
  );
}

function Actions({ purchase, me, site }: Props) {
  const { selfCancel, selfChange } = me;
  const { id, canCancel, canUndoCancel, canUpdateCard, offer, overdue, isPending } = purchase;
  if (!canUpdateCard && !canCancel) return null;
  const of = <span className="unseen"> of {offer.name}</span>;
  // A payment plan is canceled by the site alone [R9.1].
  const isPlan = purchase.instalments !== null && purchase.cancelAt === null;
  return (
    <>
      <div className="actions">
        {canUpdateCard ? (
          <a className={overdue ? 'btn primary' : 'btn'} href={inSite(site, `/billing/update-card?purchase=${id}`)}>
            Update your card{of}
          </a>
        ) : null}
        {canUndoCancel && !isPending ? (
          <a className="btn primary" href={inSite(site, `/billing/${id}/undo-cancel`)}>
            Keep the subscription{of}
          </a>
        ) : null}
        {purchase.canChangeOffer && selfChange !== 'off' && !isPending ? (
          <a className="btn" href={inSite(site, `/billing/${id}/change-offer`)}>
            Change offer<span className="unseen"> from {offer.name} to another offer</span>
          </a>
        ) : null}
        <PauseControl purchase={purchase} me={me} site={site} />
        {purchase.canRequestCancellation && !isPending ? <RequestControl purchase={purchase} site={site} /> : null}
        {canCancel && selfCancel.isOn && !isPending ? (
          <CancelControl purchase={purchase} isOneStep={selfCancel.isOneStep} site={site} />
        ) : null}
      </div>
      {(canCancel && !selfCancel.isOn) || isPlan ? <Instructions text={selfCancel.instructions} site={site} /> : null}
    </>
  );
}

type CancelProps = { purchase: MyPurchase; isOneStep: boolean; site: Site };

/** Two steps unless the site has chosen one [R9.3]. */
function CancelControl({ purchase: { id, offer }, isOneStep, site }: CancelProps) {
  const address = inSite(site, `/billing/${id}/cancel`);
  const words = (
    <>
      Cancel the subscription<span className="unseen"> of {offer.name}</span>
    </>
  );
  if (!isOneStep)
    return (
      <a className="btn" href={address}>
        {words}
      </a>
    );
  return (
    <form method="post" action={address}>
      <FormKey form={EMPTY_FORM} />
      <button>{words}</button>
    </form>
  );
}

const Instructions = ({ text, site }: { text: string | null; site: Site }) => (
  <p className="as-written quiet">
    {text ?? (
      <>
        To cancel, write to <Support site={site} />.
      </>
    )}
  </p>
);

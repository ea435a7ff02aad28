import { onceBegun } from '../../../../workflows/domain/price.ts';
import type { ReactNode } from 'react';
import { declineInFull } from '../../../../emails/words/decline.ts';
import { EMPTY_FORM } from '../../form.ts';
import type { Site } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { moneyInWords, priceInWords } from '../../parts/money.tsx';
import { Notice, type Tone } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { attentionInWords } from '../../words/attention.ts';
import { WARNING_WORDS } from '../../words/warning.ts';
import { commandInWords } from '../../words/command.ts';
import { decisionPath } from './attention-page.tsx';
import { declinePath } from './requests.tsx';
import { purchasePath, type Command, type Purchase } from './read-purchase.ts';

type NoticesProps = {
  purchase: Purchase;
  site: Site;
  workflowPage: string | null;
  command: Command | null;
  /** Whether the visitor may press `retry` and `abandon`. */
  mayDecide: boolean;
};

/** What one must know first on opening the purchase, the most urgent at the top. */
export const Notices = (props: NoticesProps) => (
  <>
    <Attentions {...props} />
    <Pending {...props} />
    {props.purchase.warnings.map((warning) => (
      <Notice key={warning} tone="bad">
        <strong>{WARNING_WORDS[warning]}</strong>
      </Notice>
    ))}
    <Duplicate {...props} />
    <Request {...props} />
    <Overdue {...props} />
    <Paused {...props} />
    <ChangePending {...props} />
  </>
);

const Quiet = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <div className={`notice ${tone}`}>
    <div>{children}</div>
  </div>
);

const InTemporal = ({ workflowPage, children }: { workflowPage: string | null; children: ReactNode }) =>
  workflowPage === null ? <>{children}</> : <a href={workflowPage}>{children}</a>;

const Attentions = ({ purchase, site, workflowPage, mayDecide }: NoticesProps) =>
  purchase.attentions.map(({ id, reason, since, command }) => (
    <Notice key={id} tone="bad">
      <strong>Needs attention{command ? `: ${commandInWords(command.verb)}` : ''}.</strong> {attentionInWords(reason)}{' '}
      Since <When at={since} site={site} />.
      <p>
        {command === null
          ? 'Reading Stripe again may clear it. '
          : 'It can be sent to Stripe again or left undone; nothing is done twice. '}
        <InTemporal workflowPage={workflowPage}>Its workflow</InTemporal> has the details.
      </p>
      {mayDecide ? <Decide purchaseId={purchase.id} attentionId={id} isOfCommand={command !== null} /> : null}
    </Notice>
  ));

type DecideProps = { purchaseId: string; attentionId: string; isOfCommand: boolean };

const Decide = ({ purchaseId, attentionId, isOfCommand }: DecideProps) => (
  <div className="actions">
    <form method="post" action={decisionPath(purchaseId, attentionId, 'retry')}>
      <FormKey form={EMPTY_FORM} />
      <button className="primary">{isOfCommand ? 'Send again' : 'Read Stripe again'}</button>
    </form>
    <form method="post" action={decisionPath(purchaseId, attentionId, 'abandon')}>
      <FormKey form={EMPTY_FORM} />
      <button>{isOfCommand ? 'Leave undone' : 'Dismiss'}</button>
    </form>
  </div>
);

type PendingProps = Pick<NoticesProps, 'purchase' | 'site'> & { command?: Command | null };

/**
 * A verb that waits for Stripe; not shown while the page shows its command anyway, unless that
 * takes long.
 */
export function Pending({ purchase: { pending, stuckReason, attentions }, site, command }: PendingProps) {
  if (!pending) return null;
  const isStuck = stuckReason !== null && attentions.length === 0;
  if (command?.id === pending.commandId && !isStuck) return null;
  return (
    <Quiet tone="warn">
      <strong>{commandInWords(pending.verb)} is under way,</strong> and has been waiting for Stripe since{' '}
      <When at={pending.askedAt} site={site} />.
      {isStuck
        ? ' Stripe does not answer. It is tried again automatically for three days; you do not need to press again.'
        : ' It will be done once, as soon as Stripe answers.'}
    </Quiet>
  );
}

const Request = ({ purchase: { id, cancellationRequest: request }, site, mayDecide }: NoticesProps) =>
  request && (
    <Quiet tone="warn">
      <strong>The customer asks to cancel it</strong>
      {request.refundWanted ? ' and to get the money back' : ''}, since <When at={request.askedAt} site={site} />.
      {mayDecide ? (
        <p className="actions">
          <a className="btn" href={`${purchasePath(id)}/cancel?requestId=${request.id}`}>
            Cancel …
          </a>
          <a className="btn" href={`${purchasePath(id)}/money-back?requestId=${request.id}`}>
            Money back …
          </a>
          <a className="btn" href={declinePath(request.id)}>
            Decline …
          </a>
        </p>
      ) : null}
    </Quiet>
  );

const Duplicate = ({ purchase: { duplicateOf } }: NoticesProps) =>
  duplicateOf && (
    <Quiet tone="warn">
      <strong>This purchase is sent back</strong>: when it was paid, the customer already had it, or what it requires
      had ended. It gives no access, and is canceled and refunded automatically.{' '}
      <a href={purchasePath(duplicateOf)}>See the other purchase</a>
    </Quiet>
  );

const Overdue = ({ purchase: { overdue }, site }: NoticesProps) =>
  overdue.map(
    ({ invoiceId, since, amountMinor, currency, attempts, nextTryAt, declineCode, needsNewCard, confirmUrl }) => (
      <Quiet key={invoiceId} tone="bad">
        <strong>{moneyInWords({ amountMinor, currency })} is overdue</strong> since <When at={since} site={site} />,
        after {attempts === 1 ? 'one try' : `${attempts} tries`}
        {declineCode === null ? '' : `: ${declineInFull(declineCode)}`}.{' '}
        {nextTryAt === null ? (
          'Stripe will not try again.'
        ) : needsNewCard ? (
          <>
            The bank refuses this card for good, so it is not tried again; another one is tried at once. What Stripe has
            planned for <When at={nextTryAt} site={site} /> comes to nothing without it.
          </>
        ) : (
          <>
            Stripe tries again on <When at={nextTryAt} site={site} />.
          </>
        )}
        {confirmUrl === null ? null : (
          <p>
            The bank wants the customer to confirm it. They got a link by email; here it is, in case they need it again:{' '}
            <a href={confirmUrl}>confirm the payment</a>
          </p>
        )}
      </Quiet>
    ),
  );

const ChangePending = ({ purchase: { id, pendingChange }, site }: NoticesProps) =>
  pendingChange && (
    <Quiet tone="warn">
      <strong>
        Becomes <a href={`/offers/${pendingChange.offerId}`}>{pendingChange.offerName}</a>
      </strong>{' '}
      ({priceInWords(onceBegun(pendingChange.price))}) on <When at={pendingChange.at} site={site} />
      {pendingChange.awaitsContent ? ', once it is confirmed what stays' : ''}.{' '}
      <a href={`${purchasePath(id)}/undo-change-offer`}>Undo the change</a>
    </Quiet>
  );

function Paused({ purchase: { billing }, site }: NoticesProps) {
  if (!billing.pause || billing.ended) return null;
  const { since, access, resumeAt } = billing.pause;
  return (
    <Quiet tone="warn">
      <strong>Paused</strong> since <When at={since} site={site} />. Nothing is charged
      {access === 'suspend' ? ', and access is suspended, ' : ' '}
      {resumeAt === null ? (
        'until it is resumed by hand.'
      ) : (
        <>
          until it resumes on <When at={resumeAt} site={site} />.
        </>
      )}
    </Quiet>
  );
}

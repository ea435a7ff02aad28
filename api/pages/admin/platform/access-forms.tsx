import type { z } from 'zod';
import type { accessSchema } from '../../../platform/access-schema.ts';
import { EMPTY_FORM, type FormState } from '../../form.ts';
import type { Site } from '../../page.ts';
import { Flag, FormKey, LongText } from '../../parts/fields.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Day, When } from '../../parts/when.tsx';

type AddOn = z.output<typeof accessSchema>;

export const AddOnForm = () => (
  <form method="post" className="actions">
    <FormKey form={EMPTY_FORM} />
    <button className="primary" name="_step" value="add">
      Add it
    </button>
    <span className="quiet">It begins at once, and is charged to the card of your plan.</span>
  </form>
);

type Standing = { request: AddOn['removalRequest']; site: Site; mayWithdraw: boolean };

/** A request changes nothing until it is carried out [R20.2]. */
export const StandingRequest = ({ request, site, mayWithdraw }: Standing) =>
  request === null ? null : (
    <section>
      <Notice tone="warn">
        Its removal was asked for on <Day at={request.askedAt} site={site} />
        {request.by?.email ? ` by ${request.by.email}` : ''}
        {request.refundWanted ? ', with money back' : ''}. Until it is removed you have all of it.
      </Notice>
      {request.reason === null ? null : <p className="quiet">{request.reason}</p>}
      {mayWithdraw ? (
        <form method="post" className="actions">
          <FormKey form={EMPTY_FORM} />
          <button name="_step" value="withdraw">
            Withdraw the request
          </button>
        </form>
      ) : null}
    </section>
  );

type Removal = { form: FormState; closesAt: string | null; site: Site };

export const RemovalForm = ({ form, closesAt, site }: Removal) => (
  <section>
    <h2>Remove it</h2>
    <p>
      We remove it for you. Unused credits are gone then, and booked calls are canceled. Content that your plan alone
      has no room for is archived, and comes back when you add it again.
    </p>
    <form method="post" className="narrow">
      <FormKey form={form} />
      <LongText name="reason" label="Why, if you like to say" form={form} />
      {closesAt !== null && site.now <= closesAt ? (
        <>
          <Flag name="refundWanted@flag" label="I want my money back" form={form} />
          <p className="quiet">
            Possible until <When at={closesAt} site={site} />.
          </p>
        </>
      ) : null}
      <button className="danger">Ask for its removal</button>
    </form>
  </section>
);

import { customerAccountRoutes } from '../../../people/customer-account.ts';
import { customerPurchaseRoutes } from '../../../people/customer-purchases.ts';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import type { myVerbAnswer } from '../../../people/customer-verb-schema.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import {
  inSite,
  OF_SITE,
  page,
  redirect,
  siteOf,
  type Page,
  type PageAnswer,
  type PageCall,
  type Site,
} from '../../page.ts';
import { FormKey, LongText, SelectField } from '../../parts/fields.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Day, When } from '../../parts/when.tsx';
import type { Me, MyPurchase } from '../../../people/customer-schema.ts';
import { discountInWords } from '../../words/discount.ts';
import { NotPossible, Trouble } from './trouble.tsx';

type Preview = Extract<z.output<typeof myVerbAnswer>, { status: 'preview' }>;
type Verb = 'cancel' | 'undo-cancel';

/**
 * The second of two steps: what it means, the site's own words, and why, if they like to say
 * [R9.3].
 */
export const cancelPage: Page = verbPage('cancel', 'canceled', (shown) => <Cancel {...shown} />);

/** Takes it back while it is pending. */
export const undoCancelPage: Page = verbPage('undo-cancel', 'kept', (shown) => <Keep {...shown} />);

type Shown = {
  purchase: MyPurchase;
  preview: Preview;
  me: Me;
  site: Site;
  form: FormState;
  problem: ProblemBody | null;
};

const paramsOf = ({ params }: PageCall) => ({ purchaseId: params.purchaseId ?? '' });
const ROUTES = { cancel: customerPurchaseRoutes.cancel, 'undo-cancel': customerPurchaseRoutes.undo };

function verbPage(verb: Verb, notice: string, view: (shown: Shown) => ReactNode): Page {
  return {
    path: `${OF_SITE}/billing/{purchaseId}/${verb}`,
    audience: 'customer',
    show: (call) => showVerb(call, verb, view),
    async submit(call, { body, typed, key }) {
      const answer = await call.api.ask(ROUTES[verb], { params: paramsOf(call), body, key });
      if (answer.isDone)
        return redirect(inSite(siteOf(call), `/billing?notice=${answer.status === 202 ? 'asked' : notice}`));
      const { problem, status } = answer;
      return showVerb(call, verb, view, { ...refusedForm(typed, problem), problem, status });
    },
  };
}

type Tried = FormState & { problem: ProblemBody | null; status: number };
const UNTRIED: Tried = { ...EMPTY_FORM, problem: null, status: 200 };

async function showVerb(
  call: PageCall,
  verb: Verb,
  view: (shown: Shown) => ReactNode,
  tried = UNTRIED,
): Promise<PageAnswer> {
  const params = paramsOf(call);
  const [me, purchase] = await Promise.all([
    call.api.read(customerAccountRoutes.me, {}),
    call.api.read(customerPurchaseRoutes.read, { params }),
  ]);
  const asked = await call.api.ask(ROUTES[verb], { params, body: { dryRun: true } });
  if (!asked.isDone) {
    const instead = asked.problem.status === 403 ? me.selfCancel.instructions : null;
    return page(
      'Not possible',
      <NotPossible problem={asked.problem} site={siteOf(call)} instead={instead} />,
      asked.status,
    );
  }
  if (asked.body.status !== 'preview') return redirect(inSite(siteOf(call), '/billing'));
  const { problem, status, errors } = tried;
  // A stale preview is shown anew, with what was typed.
  const { planHash: _stale, ...typed } = tried.typed;
  const shown = { purchase, preview: asked.body, me, site: siteOf(call), form: { typed, errors }, problem };
  return page(verb === 'cancel' ? 'Cancel' : 'Keep the subscription', view(shown), status);
}

const Cancel = ({ purchase, preview, me, site, form, problem }: Shown) => (
  <section className="lone">
    <h1>Cancel {purchase.offer.name}?</h1>
    <Trouble problem={problem} />
    {me.selfCancel.message === null ? null : <p className="as-written">{me.selfCancel.message}</p>}
    <ul className="terms">
      <li>
        You keep everything until <When at={preview.cancelAt} site={site} />. Then it ends.
      </li>
      <li>
        {preview.nextChargeAt === null ? 'You are not charged again.' : <OneMore preview={preview} site={site} />}
      </li>
      <li>Canceling does not refund what you have paid.</li>
      <li>Until then you can change your mind at any time.</li>
    </ul>
    <Instead retention={preview.retention} purchaseId={purchase.id} site={site} />
    <form method="post">
      <FormKey form={form} />
      <input type="hidden" name="planHash" value={preview.planHash} />
      <Why reasons={me.selfCancel.reasons} form={form} />
      <div className="actions">
        <button className="danger">Cancel the subscription</button>
        <a className="btn" href={inSite(site, '/billing')}>
          Keep it
        </a>
      </div>
    </form>
  </section>
);

type InsteadProps = Pick<Preview, 'retention'> & { purchaseId: string; site: Site };

/** What the site offers before they confirm [R9.4]. */
function Instead({ retention, purchaseId, site }: InsteadProps) {
  if (retention === null) return null;
  return (
    <section className="notice">
      {retention.message === null ? null : <p className="as-written">{retention.message}</p>}
      <p>
        {retention.kind === 'pause'
          ? `You can pause it for up to ${retention.mostDays} days instead.`
          : `Stay, and get ${discountInWords(retention)}, from your next payment on.`}
      </p>
      <a className="btn primary" href={inSite(site, `/billing/${purchaseId}/retention-offer`)}>
        {retention.kind === 'pause' ? 'Pause instead' : 'Stay with the discount'}
      </a>
    </section>
  );
}

/** Neither has to be said. */
const Why = ({ reasons, form }: { reasons: readonly string[]; form: FormState }) =>
  reasons.length === 0 ? (
    <LongText name="feedback" label="Why are you canceling? (optional)" form={form} help="It helps us improve." />
  ) : (
    <>
      <SelectField
        name="reason"
        label="Why are you canceling? (optional)"
        form={form}
        options={[{ value: '', label: 'Not said' }, ...reasons.map((value) => ({ value, label: value }))]}
      />
      <LongText name="feedback" label="In your own words (optional)" form={form} help="It helps us improve." />
    </>
  );

const OneMore = ({ preview, site }: Pick<Shown, 'preview' | 'site'>) => (
  <>
    You are charged once more, on <Day at={preview.nextChargeAt} site={site} />.
  </>
);

function Keep({ purchase, preview, site, form, problem }: Shown) {
  return (
    <section className="lone">
      <h1>Keep {purchase.offer.name}?</h1>
      <Trouble problem={problem} />
      <p>
        Your subscription goes on as if it had never been canceled, and nothing is charged now.
        {preview.nextCharge ? (
          <>
            {' '}
            The next payment is {moneyInWords(preview.nextCharge)} on <Day at={preview.nextChargeAt} site={site} />.
          </>
        ) : null}
      </p>
      <form method="post">
        <FormKey form={form} />
        <input type="hidden" name="planHash" value={preview.planHash} />
        <div className="actions">
          <button className="primary">Keep the subscription</button>
          <a className="btn" href={inSite(site, '/billing')}>
            Leave it canceled
          </a>
        </div>
      </form>
    </section>
  );
}

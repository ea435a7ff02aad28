import type { z } from 'zod';
import { onceBegun } from '../../../../../workflows/domain/price.ts';
import { BILLING } from '../../../../auth/roles.ts';
import { invalid, type ProblemBody } from '../../../../http/problem.ts';
import { accountPlanRoutes } from '../../../../platform/account-plan.ts';
import { changePlanRoutes } from '../../../../platform/change-plan.ts';
import type { planAnswer } from '../../../../platform/plan-schema.ts';
import { EMPTY_FORM } from '../../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../../page.ts';
import { FormKey } from '../../../parts/fields.tsx';
import { moneyInWords, priceInWords } from '../../../parts/money.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { When } from '../../../parts/when.tsx';
import { moneyEffectInWords } from '../../../words/money-effect.ts';
import type { AccountPlan, OwnPlan } from './plan.tsx';

type Preview = Extract<z.output<typeof planAnswer>, { status: 'preview' }>;

/** What another plan means, with Stripe's figures, before it is asked for [R6.5]. */
export const changePlanPage: Page = {
  path: '/settings/plan/change',
  audience: 'admin',
  roles: BILLING,
  show: (call) => showPreview(call, null, 200),
  async submit(call, { body, key }) {
    const answer = await call.api.ask(changePlanRoutes.change, { body, key });
    if (!answer.isDone) return showPreview(call, answer.problem, answer.status);
    if (answer.body.status === 'to_pay') return page('Pay for the plan', <ToPay url={answer.body.url} />);
    const isPlanned = answer.body.status === 'applied' && answer.body.plan.plan?.change;
    return redirect(`/settings/plan?notice=${answer.status === 202 ? 'asked' : isPlanned ? 'planned' : 'changed'}`);
  },
};

const ToPay = ({ url }: { url: string }) => (
  <>
    <div className="head">
      <h1>Pay for the plan</h1>
    </div>
    <p>The plan begins when it is paid.</p>
    <a className="btn primary" href={url}>
      Go to the checkout
    </a>
  </>
);

async function showPreview(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const { plan, choices } = await call.api.read(accountPlanRoutes.read, {});
  const chosen = choices.find(({ id }) => id === call.query.offer);
  if (choices.length === 0 || call.query.offer === undefined) return redirect('/settings/plan');
  if (!chosen) throw invalid('offer', 'must be one of the plans to which this one may be changed');
  const asked = await call.api.ask(changePlanRoutes.change, { body: { offerId: chosen.id, dryRun: true } });
  const preview = asked.isDone && asked.body.status === 'preview' ? asked.body : null;
  const why = problem ?? (asked.isDone ? null : asked.problem);
  const shown = { plan, chosen, preview, problem: why, site: siteOf(call) };
  return page('Change the plan', <Confirm {...shown} />, asked.isDone ? status : asked.status);
}

type Shown = {
  plan: OwnPlan | null;
  chosen: AccountPlan['choices'][number];
  preview: Preview | null;
  problem: ProblemBody | null;
  site: Site;
};

const Confirm = ({ plan, chosen, preview, problem, site }: Shown) => (
  <>
    <p className="crumbs">
      <a href="/settings/plan">Plan</a>
    </p>
    <div className="head">
      <h1>
        {plan && plan.status !== 'canceled' ? `Change ${plan.offer.name} to ${chosen.name}?` : `Begin ${chosen.name}?`}
      </h1>
    </div>
    <ProblemNotice problem={problem} />
    <ul className="terms">
      <li>
        {chosen.name} is {priceInWords(onceBegun(chosen.price))}. {whenInWords(chosen.when)}
      </li>
      {chosen.when === 'period_end' && plan?.periodEnd ? (
        <li>
          Your period ends on <When at={plan.periodEnd} site={site} />. If you use more than {chosen.name} has room for,
          you list what you keep and we confirm it; until then {plan.offer.name} goes on and is charged.
        </li>
      ) : null}
      {preview?.money.map((effect) => (
        <li key={effect.kind}>
          {moneyEffectInWords(effect, { site, purchase: { payments: [], now: plan?.periodEnd ?? '' } })}
        </li>
      ))}
      {preview?.addOn ? <AddOnFollows addOn={preview.addOn} site={site} /> : null}
    </ul>
    {preview === null ? null : (
      <Ask planName={plan?.offer.name ?? 'it as it is'} chosen={chosen} planHash={preview.planHash} />
    )}
  </>
);

/** Named before the plan's change, which takes it along [R27.6]. */
const AddOnFollows = ({ addOn, site }: { addOn: NonNullable<Preview['addOn']>; site: Site }) => (
  <li>
    Your add-on follows: {addOn.offer.name}, {moneyInWords(addOn.price)} a {addOn.interval}
    {addOn.chargedAt === null ? null : (
      <>
        , from <When at={addOn.chargedAt} site={site} />
      </>
    )}
    . We email you before it is charged.
  </li>
);

type Asking = { planName: string; chosen: Shown['chosen']; planHash: string | null };

const Ask = ({ planName, chosen, planHash }: Asking) => (
  <form method="post">
    <FormKey form={EMPTY_FORM} />
    <input type="hidden" name="offerId" value={chosen.id} />
    <input type="hidden" name="planHash" value={planHash ?? ''} />
    <div className="actions">
      <button className="primary">Change to {chosen.name}</button>
      <a className="btn" href="/settings/plan">
        Keep {planName}
      </a>
    </div>
  </form>
);

const whenInWords = (when: 'now' | 'period_end'): string =>
  when === 'now' ? 'It begins at once.' : 'It begins with the end of your period.';

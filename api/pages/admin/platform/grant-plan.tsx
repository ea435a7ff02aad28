import { grantPlanRoutes } from '../../../platform/grant-plan.ts';
import { operatorAccountRoutes } from '../../../platform/operator-account.ts';
import { signUpRoutes } from '../../../platform/sign-up.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { FormKey, LongText, SelectField } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';

const paramsOf = ({ params }: PageCall) => ({ accountId: params.accountId ?? '' });

/** An operator gives an account a plan that nobody pays for [R2.2]. */
export const grantPlanPage: Page = {
  path: '/accounts/{accountId}/plan',
  audience: 'admin',
  roles: ['operator'],
  show: (call) => show(call, EMPTY_FORM, null, 200),
  async submit(call, { body, key, typed }) {
    const params = paramsOf(call);
    const answer = await call.api.ask(grantPlanRoutes.grantPlan, { params, body, key });
    if (answer.isDone) return redirect(`/accounts/${params.accountId}?notice=granted`);
    return show(call, refusedForm(typed, answer.problem), answer.problem, answer.status);
  },
};

async function show(call: PageCall, form: FormState, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const account = await call.api.read(operatorAccountRoutes.read, { params: paramsOf(call) });
  const { plans } = await call.api.read(signUpRoutes.plans, {});
  const options = plans.flatMap(({ name, prices: { month, year } }) => {
    const sold = month ?? year;
    return sold ? [{ value: sold.offerId, label: name }] : [];
  });
  return page(
    'Give a plan',
    <>
      <p className="crumbs">
        <a href="/accounts">Accounts</a> <a href={`/accounts/${account.id}`}>{account.name}</a>
      </p>
      <div className="head">
        <h1>Give a plan</h1>
      </div>
      <ProblemNotice problem={problem} />
      <p>It begins at once and nobody pays for it. Its quotas and features hold until you revoke it.</p>
      <form method="post" className="narrow">
        <FormKey form={form} />
        <SelectField name="offerId" label="Plan" form={form} options={options} />
        <LongText name="reason" label="Why" form={form} />
        <button className="primary">Give this plan</button>
      </form>
    </>,
    status,
  );
}

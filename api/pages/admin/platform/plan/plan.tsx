import type { z } from 'zod';
import { capital } from '../../../../../emails/words/sentence.ts';
import { onceBegun } from '../../../../../workflows/domain/price.ts';
import { BILLING } from '../../../../auth/roles.ts';
import type { ProblemBody } from '../../../../http/problem.ts';
import { accountPlanRoutes } from '../../../../platform/account-plan.ts';
import { changePlanRoutes } from '../../../../platform/change-plan.ts';
import type { accountPlan } from '../../../../platform/plan-schema.ts';
import { EMPTY_FORM } from '../../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../../page.ts';
import { FormKey } from '../../../parts/fields.tsx';
import { Facts, Table } from '../../../parts/list.tsx';
import { moneyInWords, priceInWords } from '../../../parts/money.tsx';
import { Notice, ProblemNotice } from '../../../parts/notice.tsx';
import { When } from '../../../parts/when.tsx';
import { BILLING_WORDS } from '../../../words/billing.ts';
import { featureInWords, quotaInWords, roomInWords, useInWords } from '../../../words/quota.ts';

export type AccountPlan = z.output<typeof accountPlan>;
export type OwnPlan = NonNullable<AccountPlan['plan']>;
type Choice = AccountPlan['choices'][number];

const NOTICES: Record<string, string> = {
  changed: 'The plan has been changed.',
  planned: 'The change is planned.',
  asked: 'The change is being carried out.',
  undone: 'The change has been taken back. The plan stays as it is.',
};

/** What the account has of the platform, what it uses of that, and what its plan may become. */
export const planPage: Page = {
  path: '/settings/plan',
  audience: 'admin',
  roles: BILLING,
  show: (call) => showPlan(call, null, 200),
  async submit(call, { key }) {
    const answer = await call.api.ask(changePlanRoutes.undo, { body: {}, key });
    if (answer.isDone) return redirect(`/settings/plan?notice=${answer.status === 202 ? 'asked' : 'undone'}`);
    return showPlan(call, answer.problem, answer.status);
  },
};

async function showPlan(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const shown = await call.api.read(accountPlanRoutes.read, {});
  const word = NOTICES[call.query.notice ?? ''];
  return page('Plan', <PlanView {...shown} site={siteOf(call)} problem={problem} word={word} />, status);
}

type Shown = AccountPlan & { site: Site; problem: ProblemBody | null; word: string | undefined };

const PlanView = (shown: Shown) => (
  <>
    <p className="crumbs">
      <a href="/settings">Settings</a>
    </p>
    <div className="head">
      <h1>Plan</h1>
    </div>
    {shown.word === undefined ? null : <Notice tone="good">{shown.word}</Notice>}
    <ProblemNotice problem={shown.problem} />
    {shown.plan ? <Planned plan={shown.plan} site={shown.site} /> : <p>There is no plan, and nothing is limited.</p>}
    {shown.plan ? <PlanFacts plan={shown.plan} site={shown.site} /> : null}
    {shown.plan ? <Use quotas={shown.quotas} /> : null}
    <Features features={shown.features} />
    {shown.choices.length === 0 ? null : <Choices choices={shown.choices} />}
  </>
);

function Planned({ plan: { change, offer }, site }: { plan: OwnPlan; site: Site }) {
  if (!change) return null;
  return (
    <Notice tone="warn">
      <strong>{change.offer.name}</strong> follows on <When at={change.at} site={site} />
      {change.awaitsContent ? ', once it is confirmed what you keep: it has less room than you use. ' : '. '}
      {change.awaitsContent ? <a href="/settings/plan/keep">Choose what you keep</a> : null}
      <form method="post">
        <FormKey form={EMPTY_FORM} />
        <button>Stay with {offer.name}</button>
      </form>
    </Notice>
  );
}

const PlanFacts = ({ plan, site }: { plan: OwnPlan; site: Site }) => (
  <Facts
    facts={[
      ['Plan', plan.offer.name],
      ['Price', priceInWords(onceBegun(plan.price))],
      ['State', BILLING_WORDS[plan.status].label],
      [
        'Next payment',
        plan.nextCharge ? (
          <>
            {moneyInWords(plan.nextCharge)} on <When at={plan.nextCharge.at} site={site} />
          </>
        ) : (
          'None'
        ),
      ],
      ...(plan.cancelAt === null
        ? []
        : [['Ends', <When key="ends" at={plan.cancelAt} site={site} />] as [string, React.ReactNode]]),
    ]}
  />
);

const Use = ({ quotas }: Pick<AccountPlan, 'quotas'>) => (
  <section>
    <h2>What you use</h2>
    {Object.keys(quotas).length === 0 ? (
      <p>The plan has ended. All that is there stays, and no more can be made.</p>
    ) : null}
    <ul className="terms">
      {Object.entries(quotas).map(([name, { limit, used }]) => (
        <li key={name}>
          {capital(quotaInWords(name))}: {useInWords({ used, limit })}
          {used === null ? null : (
            <>
              <br />
              <progress
                value={Math.min(used, limit)}
                max={Math.max(limit, 1)}
                aria-label={`${quotaInWords(name)} used`}
              />
            </>
          )}
        </li>
      ))}
    </ul>
  </section>
);

const Features = ({ features }: Pick<AccountPlan, 'features'>) =>
  features.length === 0 ? null : (
    <section>
      <h2>What else you have</h2>
      <ul className="terms">
        {features.map((feature) => (
          <li key={feature}>{capital(featureInWords(feature))}</li>
        ))}
      </ul>
    </section>
  );

const Choices = ({ choices }: { choices: readonly Choice[] }) => (
  <section>
    <h2>Other plans</h2>
    <Table
      caption="What your plan can become"
      rows={choices}
      keyOf={({ id }) => id}
      empty={null}
      columns={[
        { label: 'Plan', cell: ({ name }) => <strong>{name}</strong>, at: '1' },
        { label: 'Price', cell: ({ price }) => priceInWords(onceBegun(price)), at: '2' },
        { label: 'Room for', cell: ({ quotas }) => roomInWords(quotas), width: 'wide', isQuiet: true },
        {
          label: '',
          at: '1r',
          cell: ({ id, name }) => (
            <a className="btn tiny" href={`/settings/plan/change?offer=${id}`}>
              See what it means<span className="unseen"> to change to {name}</span>
            </a>
          ),
        },
      ]}
    />
  </section>
);

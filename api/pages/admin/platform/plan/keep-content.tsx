import type { z } from 'zod';
import { BILLING } from '../../../../auth/roles.ts';
import { contentRoutes } from '../../../../catalog/content.ts';
import type { ProblemBody } from '../../../../http/problem.ts';
import { keptContentRoutes, type keptSchema } from '../../../../platform/kept-content.ts';
import { kindOf } from '../../../../../workflows/domain/quotas.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../../page.ts';
import { FormKey, ListField } from '../../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../../parts/notice.tsx';
import { When } from '../../../parts/when.tsx';
import { quotaInWords } from '../../../words/quota.ts';

type Kept = z.output<typeof keptSchema>;
type Choosable = { kind: string; quota: string; limit: number; items: { id: string; name: string | null }[] };

/** What an account keeps when its plan has less room; an operator confirms it [R20.3]. */
export const keepContentPage: Page = {
  path: '/settings/plan/keep',
  audience: 'admin',
  roles: BILLING,
  show: (call) => showList(call, EMPTY_FORM, null, 200),
  async submit(call, { typed, key }) {
    const items = Object.entries(typed)
      .filter(([name]) => name.startsWith(CHOSEN))
      .flatMap(([name, ids]) => ids.filter((id) => id !== '').map((id) => ({ kind: name.slice(CHOSEN.length), id })));
    const answer = await call.api.ask(keptContentRoutes.list, { body: { items }, key });
    if (answer.isDone) return redirect('/settings/plan/keep?notice=listed');
    return showList(call, refusedForm(typed, answer.problem), answer.problem, answer.status);
  },
};

const CHOSEN = '_keep:';

async function showList(
  call: PageCall,
  form: FormState,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const kept = await call.api.read(keptContentRoutes.read, {});
  const kinds = await Promise.all(kept.excess.map((one) => choosable(call, one)));
  const wasListed = call.query.notice === 'listed';
  const shown = { kept, kinds, form, problem, wasListed, site: siteOf(call) };
  return page('What you keep', <Keep {...shown} />, status);
}

async function choosable({ api }: PageCall, { quota, limit }: Kept['excess'][number]): Promise<Choosable> {
  const kind = kindOf(quota);
  const { data } = await api.read(contentRoutes.list, { params: { kind }, query: { archived: 'false', limit: '200' } });
  return { kind, quota, limit, items: data };
}

type Shown = {
  kept: Kept;
  kinds: Choosable[];
  form: FormState;
  problem: ProblemBody | null;
  wasListed: boolean;
  site: Site;
};

const Keep = ({ kept, kinds, form, problem, wasListed, site }: Shown) => (
  <>
    <p className="crumbs">
      <a href="/settings/plan">Plan</a>
    </p>
    <div className="head">
      <h1>What you keep</h1>
    </div>
    {wasListed ? <Notice tone="good">The list has been saved. We look at it and confirm it.</Notice> : null}
    <ProblemNotice problem={problem} />
    <p>{STATES[kept.state]}</p>
    {kept.confirmedAt !== null && kept.usedAt === null ? (
      <p className="quiet">
        Confirmed on <When at={kept.confirmedAt} site={site} />.
      </p>
    ) : null}
    {kinds.length === 0 ? null : (
      <form method="post" className="narrow">
        <FormKey form={form} />
        {kinds.map(({ kind, quota, limit, items }) => (
          <ListField
            key={kind}
            name={`${CHOSEN}${kind}`}
            label={`Keep up to ${limit.toLocaleString('en-US')} ${quotaInWords(quota)}`}
            form={form}
            chosen={kept.items.filter((one) => one.kind === kind).map(({ id }) => id)}
            options={items.map(({ id, name }) => ({ value: id, label: name ?? id }))}
          />
        ))}
        <p className="quiet">The rest is archived, not deleted. It comes back once your plan has room for it.</p>
        <button className="primary">Save the list</button>
      </form>
    )}
  </>
);

const STATES: Record<Kept['state'], string> = {
  fits: 'Your plan has room for all that you have. There is nothing to choose.',
  unlisted: 'You have more than there will be room for. Choose what you keep.',
  too_much: 'You have chosen more than there will be room for.',
  unconfirmed: 'You have chosen what you keep. It is not confirmed yet.',
  confirmed: 'What you keep is confirmed.',
};

import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import { customerAccountRoutes } from '../../../people/customer-account.ts';
import { customerPurchaseRoutes } from '../../../people/customer-purchases.ts';
import { customerRetentionRoutes } from '../../../people/customer-retention.ts';
import type { MyPurchase } from '../../../people/customer-schema.ts';
import type { myRetentionAnswer } from '../../../people/customer-verb-schema.ts';
import { addDays, toWholeSecond } from '../../../../workflows/domain/instant.ts';
import { EMPTY_FORM } from '../../form.ts';
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
import { FormKey } from '../../parts/fields.tsx';
import { When } from '../../parts/when.tsx';
import { moneyEffectInWords } from '../../words/money-effect.ts';
import { DaysToChoose } from './pause.tsx';
import { NotPossible, Trouble } from './trouble.tsx';

type Preview = Extract<z.output<typeof myRetentionAnswer>, { status: 'preview' }>;

const pathOf = (purchaseId: string): string => `/billing/${purchaseId}/retention-offer`;
const paramsOf = ({ params }: PageCall) => ({ purchaseId: params.purchaseId ?? '' });

/** What the site offers in place of a cancellation: what it means, and its button [R9.4]. */
export const retentionOfferPage: Page = {
  path: OF_SITE + pathOf('{purchaseId}'),
  audience: 'customer',
  show: (call) => showPreview(call, null, 200),
  async submit(call, { body, key }) {
    const answer = await call.api.ask(customerRetentionRoutes.take, { params: paramsOf(call), body, key });
    if (!answer.isDone) return showPreview(call, answer.problem, answer.status);
    return redirect(inSite(siteOf(call), `/billing?notice=${answer.status === 202 ? 'asked' : 'stayed'}`));
  },
};

async function showPreview(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const [params, site] = [paramsOf(call), siteOf(call)];
  const [me, purchase] = await Promise.all([
    call.api.read(customerAccountRoutes.me, {}),
    call.api.read(customerPurchaseRoutes.read, { params }),
  ]);
  const days = Number(call.query.days ?? NaN);
  const resumes = Number.isInteger(days) ? { resumeAt: toWholeSecond(addDays(site.now, days)) } : {};
  const asked = await call.api.ask(customerRetentionRoutes.take, { params, body: { ...resumes, dryRun: true } });
  if (!asked.isDone) return page('Not possible', <NotPossible problem={asked.problem} site={site} />, asked.status);
  if (asked.body.status !== 'preview') return redirect(inSite(site, '/billing'));
  const shown = { purchase, preview: asked.body, problem, site, mostDays: me.selfPause.mostDays };
  return page('Stay', <Confirm {...shown} />, status);
}

type Shown = { purchase: MyPurchase; preview: Preview; problem: ProblemBody | null; site: Site; mostDays: number };

function Confirm({ purchase, preview, problem, site, mostDays }: Shown) {
  const around = { site, purchase: { payments: purchase.payments, now: site.now } };
  const isPause = preview.kind === 'pause';
  return (
    <section className="lone">
      <h1>{isPause ? `Pause ${purchase.offer.name} instead?` : `Stay with ${purchase.offer.name}?`}</h1>
      <Trouble problem={problem} />
      {isPause ? <DaysToChoose mostDays={mostDays} page={inSite(site, pathOf(purchase.id))} /> : null}
      <ul className="terms">
        {isPause ? (
          <li>
            It goes on by itself on <When at={preview.resumeAt} site={site} />. You can end the pause before.
          </li>
        ) : (
          <li>It goes on as before, and nothing is charged now.</li>
        )}
        {preview.money.map((effect) => (
          <li key={effect.kind}>{moneyEffectInWords(effect, around)}</li>
        ))}
        <li>{preview.suspendsAccess ? 'You have no access until then.' : 'You keep your access.'}</li>
      </ul>
      <form method="post">
        <FormKey form={EMPTY_FORM} />
        {preview.resumeAt === null ? null : <input type="hidden" name="resumeAt" value={preview.resumeAt} />}
        <input type="hidden" name="planHash" value={preview.planHash} />
        <div className="actions">
          <button className="primary">{isPause ? 'Pause it' : 'Stay'}</button>
          <a className="btn" href={inSite(site, `/billing/${purchase.id}/cancel`)}>
            Back to canceling
          </a>
        </div>
      </form>
    </section>
  );
}

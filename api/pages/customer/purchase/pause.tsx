import type { z } from 'zod';
import { customerAccountRoutes } from '../../../people/customer-account.ts';
import { customerPauseRoutes } from '../../../people/customer-pauses.ts';
import { customerPurchaseRoutes } from '../../../people/customer-purchases.ts';
import type { MyPurchase } from '../../../people/customer-schema.ts';
import type { myPauseAnswer } from '../../../people/customer-verb-schema.ts';
import type { ProblemBody } from '../../../http/problem.ts';
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
import { NotPossible, Trouble } from './trouble.tsx';

type Preview = Extract<z.output<typeof myPauseAnswer>, { status: 'preview' }>;

const pathOf = (purchaseId: string): string => `/billing/${purchaseId}/pause`;
const paramsOf = ({ params }: PageCall) => ({ purchaseId: params.purchaseId ?? '' });

/** First for how long, then what it means [R7.5]. */
export const pausePage: Page = {
  path: OF_SITE + pathOf('{purchaseId}'),
  audience: 'customer',
  show: (call) => (call.query.days === undefined ? showChoices(call) : showPreview(call, null, 200)),
  async submit(call, { body, key }) {
    const answer = await call.api.ask(customerPauseRoutes.pause, { params: paramsOf(call), body, key });
    if (!answer.isDone) return showPreview(call, answer.problem, answer.status);
    return redirect(inSite(siteOf(call), `/billing?notice=${answer.status === 202 ? 'asked' : 'paused'}`));
  },
};

/** Ends the pause that they asked for. */
export const resumePage: Page = {
  path: `${OF_SITE}/billing/{purchaseId}/resume`,
  audience: 'customer',
  show: async (call) => redirect(inSite(siteOf(call), '/billing')),
  async submit(call, { key }) {
    const answer = await call.api.ask(customerPauseRoutes.resume, { params: paramsOf(call), body: {}, key });
    const site = siteOf(call);
    if (!answer.isDone)
      return page('Not possible', <NotPossible problem={answer.problem} site={site} />, answer.status);
    return redirect(inSite(site, `/billing?notice=${answer.status === 202 ? 'asked' : 'resumed'}`));
  },
};

const DAYS = [7, 14, 30, 60, 90, 180];

/** For how long one may pause, where so many days are the most; `page` is told which was chosen. */
export const DaysToChoose = ({ mostDays, page: href }: { mostDays: number; page: string }) => (
  <div className="actions">
    {[...DAYS.filter((days) => days < mostDays), mostDays].map((days) => (
      <a key={days} className="btn" href={`${href}?days=${days}`}>
        {days} days
      </a>
    ))}
  </div>
);

async function showChoices(call: PageCall): Promise<PageAnswer> {
  const [me, purchase] = await Promise.all([
    call.api.read(customerAccountRoutes.me, {}),
    call.api.read(customerPurchaseRoutes.read, { params: paramsOf(call) }),
  ]);
  const site = siteOf(call);
  const { isOn, mostDays } = me.selfPause;
  if (!isOn || !purchase.canPause) return redirect(inSite(site, '/billing'));
  return page('Pause', <Choices purchase={purchase} mostDays={mostDays} site={site} />);
}

const Choices = ({ purchase, mostDays, site }: { purchase: MyPurchase; mostDays: number; site: Site }) => (
  <section className="lone">
    <h1>Pause {purchase.offer.name}</h1>
    <p>Nothing is charged while it is paused, and it goes on by itself. For how long?</p>
    <DaysToChoose mostDays={mostDays} page={inSite(site, pathOf(purchase.id))} />
    <p>
      <a href={inSite(site, '/billing')}>Back to your billing</a>
    </p>
  </section>
);

async function showPreview(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const [params, site] = [paramsOf(call), siteOf(call)];
  const purchase = await call.api.read(customerPurchaseRoutes.read, { params });
  const days = Number(call.query.days);
  const resumeAt = Number.isInteger(days) ? toWholeSecond(addDays(site.now, days)) : '';
  const asked = await call.api.ask(customerPauseRoutes.pause, { params, body: { resumeAt, dryRun: true } });
  if (!asked.isDone) return page('Not possible', <NotPossible problem={asked.problem} site={site} />, asked.status);
  if (asked.body.status !== 'preview') return redirect(inSite(site, '/billing'));
  return page('Pause', <Confirm purchase={purchase} preview={asked.body} problem={problem} site={site} />, status);
}

type Shown = { purchase: MyPurchase; preview: Preview; problem: ProblemBody | null; site: Site };

function Confirm({ purchase, preview, problem, site }: Shown) {
  const around = { site, purchase: { payments: purchase.payments, now: site.now } };
  return (
    <section className="lone">
      <h1>Pause {purchase.offer.name}?</h1>
      <Trouble problem={problem} />
      <ul className="terms">
        <li>
          It goes on by itself on <When at={preview.resumeAt} site={site} />. You can end the pause before.
        </li>
        {preview.money.map((effect) => (
          <li key={effect.kind}>{moneyEffectInWords(effect, around)}</li>
        ))}
        <li>{preview.suspendsAccess ? 'You have no access until then.' : 'You keep your access.'}</li>
      </ul>
      <form method="post">
        <FormKey form={EMPTY_FORM} />
        <input type="hidden" name="resumeAt" value={preview.resumeAt} />
        <input type="hidden" name="planHash" value={preview.planHash} />
        <div className="actions">
          <button className="primary">Pause it</button>
          <a className="btn" href={inSite(site, '/billing')}>
            Keep it running
          </a>
        </div>
      </form>
    </section>
  );
}

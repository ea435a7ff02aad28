import { customerChangeRoutes } from '../../../people/customer-changes.ts';
import { customerPurchaseRoutes } from '../../../people/customer-purchases.ts';
import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import type { MyPurchase } from '../../../people/customer-schema.ts';
import type { myChangeAnswer, ownChoiceSchema } from '../../../people/customer-verb-schema.ts';
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
import { Table } from '../../parts/list.tsx';
import { Notice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { moneyEffectInWords } from '../../words/money-effect.ts';
import { priceInWords } from '../../parts/money.tsx';
import { onceBegun } from '../../../../workflows/domain/price.ts';
import { NotPossible, Support, Trouble } from './trouble.tsx';

type Choice = z.output<typeof ownChoiceSchema>;
type Preview = Extract<z.output<typeof myChangeAnswer>, { status: 'preview' }>;
type Shown = { purchase: MyPurchase; site: Site };

const pathOf = (purchaseId: string): string => `/billing/${purchaseId}/change-offer`;
const paramsOf = ({ params }: PageCall) => ({ purchaseId: params.purchaseId ?? '' });

/** First which offer, then what it means, with Stripe's figures [R26.4]. */
export const changeOfferPage: Page = {
  path: OF_SITE + pathOf('{purchaseId}'),
  audience: 'customer',
  show: (call) => (call.query.offer === undefined ? showChoices(call) : showPreview(call, call.query.offer, null, 200)),
  async submit(call, { body, key }) {
    const answer = await call.api.ask(customerChangeRoutes.change, { params: paramsOf(call), body, key });
    if (!answer.isDone) return showPreview(call, call.query.offer ?? '', answer.problem, answer.status);
    const notice =
      answer.body.status === 'applied' && answer.body.purchase.pendingChange ? 'change-planned' : 'changed';
    return redirect(inSite(siteOf(call), `/billing?notice=${answer.status === 202 ? 'asked' : notice}`));
  },
};

/** Takes it back while it is pending. */
export const undoChangePage: Page = {
  path: `${OF_SITE}/billing/{purchaseId}/undo-change-offer`,
  audience: 'customer',
  show: async (call) => redirect(inSite(siteOf(call), '/billing')),
  async submit(call, { key }) {
    const answer = await call.api.ask(customerChangeRoutes.undo, { params: paramsOf(call), body: {}, key });
    const site = siteOf(call);
    if (!answer.isDone)
      return page('Not possible', <NotPossible problem={answer.problem} site={site} />, answer.status);
    return redirect(inSite(site, `/billing?notice=${answer.status === 202 ? 'asked' : 'change-undone'}`));
  },
};

async function showChoices(call: PageCall): Promise<PageAnswer> {
  const params = paramsOf(call);
  const [purchase, { data }] = await Promise.all([
    call.api.read(customerPurchaseRoutes.read, { params }),
    call.api.read(customerChangeRoutes.choices, { params }),
  ]);
  const site = siteOf(call);
  if (!purchase.canChangeOffer) return redirect(inSite(site, '/billing'));
  return page('Change', <Choices purchase={purchase} choices={data} site={site} />);
}

const Choices = ({ purchase, choices, site }: Shown & { choices: Choice[] }) => (
  <section className="lone">
    <h1>Change {purchase.offer.name}</h1>
    <p>You pay {priceInWords(onceBegun(purchase.price))}. You see what a change means before anything happens.</p>
    <Table
      caption="What you can change to"
      rows={choices}
      keyOf={({ id }) => id}
      empty={
        <>
          There is nothing to change to. Write to <Support site={site} /> if you miss something.
        </>
      }
      columns={[
        { label: 'Offer', cell: ({ name, description }) => <Described name={name} text={description} />, at: '1' },
        {
          label: 'Price',
          cell: ({ price, when }) =>
            `${priceInWords(onceBegun(price))}, ${when === 'now' ? 'at once' : 'with the next payment'}`,
          at: '2',
        },
        {
          label: '',
          cell: ({ id, name }) => (
            <a className="btn tiny" href={inSite(site, `${pathOf(purchase.id)}?offer=${id}`)}>
              See what it means<span className="unseen"> to change to {name}</span>
            </a>
          ),
          at: '1r',
        },
      ]}
    />
    <p>
      <a href={inSite(site, '/billing')}>Back to your billing</a>
    </p>
  </section>
);

const Described = ({ name, text }: { name: string; text: string | null }) => (
  <>
    <strong>{name}</strong>
    {text === null ? null : <span className="quiet"> {text}</span>}
  </>
);

async function showPreview(
  call: PageCall,
  offerId: string,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const params = paramsOf(call);
  const site = siteOf(call);
  const purchase = await call.api.read(customerPurchaseRoutes.read, { params });
  const asked = await call.api.ask(customerChangeRoutes.change, { params, body: { offerId, dryRun: true } });
  if (!asked.isDone) return page('Not possible', <NotPossible problem={asked.problem} site={site} />, asked.status);
  if (asked.body.status !== 'preview') return redirect(inSite(site, '/billing'));
  return page('Change', <Confirm purchase={purchase} preview={asked.body} problem={problem} site={site} />, status);
}

const Confirm = ({ purchase, preview, problem, site }: Shown & { preview: Preview; problem: ProblemBody | null }) => (
  <section className="lone">
    <h1>
      Change {purchase.offer.name} to {preview.offer.name}?
    </h1>
    <Trouble problem={problem} />
    <Meaning purchase={purchase} preview={preview} site={site} />
    {hasFigures(preview) ? (
      <form method="post">
        <FormKey form={EMPTY_FORM} />
        <input type="hidden" name="offerId" value={preview.offer.id} />
        <input type="hidden" name="planHash" value={preview.planHash} />
        <div className="actions">
          <button className="primary">Change to {preview.offer.name}</button>
          <a className="btn" href={inSite(site, '/billing')}>
            Keep {purchase.offer.name}
          </a>
        </div>
      </form>
    ) : (
      <Notice tone="warn">
        Stripe cannot say right now how much it would charge. Please{' '}
        <a href={`?offer=${preview.offer.id}`}>try again</a> in a few minutes.
      </Notice>
    )}
  </section>
);

/** Nobody is asked to pay a sum that cannot be shown. */
const hasFigures = ({ money }: Preview): boolean =>
  money.every((effect) => effect.kind !== 'charged_now' || effect.amountMinor !== undefined);

function Meaning({ purchase, preview, site }: Shown & { preview: Preview }) {
  const { offer, money, newProducts, endingProducts } = preview;
  const around = { site, purchase: { payments: purchase.payments, now: preview.at } };
  return (
    <ul className="terms">
      <li>
        {offer.name} is {priceInWords(onceBegun(offer.price))}.{' '}
        {offer.when === 'now' ? (
          'It begins at once.'
        ) : (
          <>
            It begins on <When at={preview.at} site={site} />; until then everything stays as it is, and you can change
            your mind.
          </>
        )}
      </li>
      {money.map((effect) => (
        <li key={effect.kind}>{moneyEffectInWords(effect, around)}</li>
      ))}
      {newProducts.length > 0 ? <li>You get {newProducts.join(', ')}.</li> : null}
      {endingProducts.length > 0 ? <li>It does not include {endingProducts.join(', ')}.</li> : null}
    </ul>
  );
}

import { customerCardRoutes } from '../../../money/customer-cards.ts';
import { customerPurchaseRoutes } from '../../../people/customer-purchases.ts';
import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import type { cardAnswerSchema } from '../../../people/customer-schema.ts';
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
import { moneyInWords } from '../../parts/money.tsx';
import { Notice } from '../../parts/notice.tsx';
import type { MyPurchase } from '../../../people/customer-schema.ts';
import { Support, Trouble } from '../purchase/trouble.tsx';

type Used = z.output<typeof cardAnswerSchema>;

const TITLE = 'Update your card';
const paramsOf = ({ query }: PageCall) => ({ purchaseId: query.purchase ?? 'none' });

/**
 * Where the link in our emails leads [R12.3]: what the card is for, and on to Stripe, where a new
 * one is left.
 */
export const updateCardPage: Page = {
  path: `${OF_SITE}/billing/update-card`,
  audience: 'customer',
  show: (call) => shown(call),
  async submit(call, { key }) {
    const answer = await call.api.ask(customerCardRoutes.begin, { params: paramsOf(call), body: {}, key });
    if (answer.isDone) return { kind: 'handOver', to: answer.body.url, title: 'Continue to your card' };
    return shown(call, answer.problem, answer.status);
  },
};

async function shown(call: PageCall, problem: ProblemBody | null = null, status = 200): Promise<PageAnswer> {
  if (call.query.purchase === undefined) return redirect(inSite(siteOf(call), '/billing'));
  const purchase = await call.api.read(customerPurchaseRoutes.read, { params: paramsOf(call) });
  const view = purchase.canUpdateCard ? UpdateCard : NothingToPay;
  return page(TITLE, view({ purchase, problem, site: siteOf(call) }), status);
}

type Shown = { purchase: MyPurchase; problem: ProblemBody | null; site: Site };

const UpdateCard = ({ purchase, problem, site }: Shown) => (
  <section className="lone">
    <h1>{TITLE}</h1>
    <Trouble problem={problem} />
    <p>
      For <strong>{purchase.offer.name}</strong>. You enter the new card on Stripe’s page and come back here; from then
      on it is used for payments.
    </p>
    {purchase.overdue ? (
      <Notice tone="warn">The overdue {moneyInWords(purchase.overdue)} is charged to the new card at once.</Notice>
    ) : (
      <p>Nothing is charged now.</p>
    )}
    <form method="post">
      <FormKey form={EMPTY_FORM} />
      <div className="actions">
        <button className="primary">Continue to Stripe</button>
        <a className="btn" href={inSite(site, '/billing')}>
          Not now
        </a>
      </div>
    </form>
    <p className="quiet">
      Questions? <Support site={site} />
    </p>
  </section>
);

const NothingToPay = ({ purchase, site }: Shown) => (
  <section className="lone">
    <h1>No card is needed</h1>
    <p>Nothing is charged for {purchase.offer.name} any more.</p>
    <p>
      <a href={inSite(site, '/billing')}>Back to your billing</a>
    </p>
    <p className="quiet">
      Questions? <Support site={site} />
    </p>
  </section>
);

/** What became of what was overdue, as the next page tells it. */
export const CARD_NOTICES = {
  none_due: 'card',
  paid: 'card-paid',
  pending: 'card-asked',
  declined: 'card-failed',
} satisfies Record<Used['payment'], string>;

/** Where Stripe leads back to. Opened again, it changes nothing more. */
export const cardUpdatedPage: Page = {
  path: `${OF_SITE}/billing/card-updated`,
  audience: 'customer',
  async show(call) {
    const body = { sessionId: call.query.session ?? '-' };
    const answer = await call.api.ask(customerCardRoutes.use, { params: paramsOf(call), body });
    if (answer.isDone) return redirect(inSite(siteOf(call), `/billing?notice=${CARD_NOTICES[answer.body.payment]}`));
    return page(TITLE, <NotUpdated query={call.query} site={siteOf(call)} />, answer.status);
  },
};

const NotUpdated = ({ query, site }: { query: Record<string, string>; site: Site }) => (
  <section className="lone">
    <h1>Your card was not changed</h1>
    <p>Perhaps you left the page too early, or Stripe cannot be reached right now. Your old card stays in place.</p>
    <p>
      <a
        className="btn primary"
        href={inSite(site, `/billing/update-card?purchase=${encodeURIComponent(query.purchase ?? '')}`)}
      >
        Try again
      </a>
    </p>
    <p className="quiet">
      Is it not working? Write to <Support site={site} />
    </p>
  </section>
);

import { offerRoutes } from '../../../catalog/offers.ts';
import { productRoutes } from '../../../catalog/products.ts';
import { settingsRoutes } from '../../../platform/settings.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { BILLING } from '../../../auth/roles.ts';
import type { InProcessApi } from '../../in-process.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import type { OfferName } from './dependence-fields.tsx';
import { bodyOf, OfferFields } from './offer-fields.tsx';
import type { Offer, Product } from './offer-shown.ts';
import { PriceFields, priceOf } from './price-fields.tsx';

/** A new offer [R4]. */
export const newOfferPage: Page = {
  path: '/offers/new',
  audience: 'admin',
  roles: BILLING,
  show: (call) => showForm(call, EMPTY_FORM, null, 200),
  async submit(call, form) {
    const body = { ...bodyOf(form), price: priceOf(form.body) };
    const answer = await call.api.ask(offerRoutes.create, { body, key: form.key });
    if (answer.isDone) return redirect(`/offers/${answer.body.id}?notice=made`);
    const { status, problem } = answer;
    return showForm(call, refusedForm(form.typed, problem), asMarked(problem), status);
  },
};

type Choices = { products: Product[]; offForAll: string[]; others: OfferName[] };

/** What an offer's form chooses from. */
export async function choicesOf(api: InProcessApi, offer?: Offer): Promise<Choices> {
  const { data: products } = await api.read(productRoutes.list, { query: { archived: 'false', limit: '200' } });
  const { emailsOff: offForAll } = await api.read(settingsRoutes.read, {});
  const { data: offers } = await api.read(offerRoutes.list, { query: { limit: '200' } });
  const isChoice = ({ id, archivedAt }: Offer) =>
    id !== offer?.id && (archivedAt === null || offer?.requires.includes(id));
  return { products, offForAll, others: offers.filter(isChoice) };
}

async function showForm(
  call: PageCall,
  form: FormState,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const shown = { form, problem, site: siteOf(call), ...(await choicesOf(call.api)) };
  return page('Create an offer', <NewOffer {...shown} />, status);
}

type Shown = Choices & {
  form: FormState;
  problem: ProblemBody | null;
  site: Site;
};

const NewOffer = ({ form, problem, site, products, offForAll, others }: Shown) => (
  <>
    <p className="crumbs">
      <a href="/offers">Offers</a>
    </p>
    <div className="head">
      <h1>Create an offer</h1>
    </div>
    <ProblemNotice problem={problem} />
    {products.length === 0 ? (
      <div className="empty">
        <p>
          An offer gives access to products, and there are none yet. <a href="/products/new">Create a product</a> first.
        </p>
      </div>
    ) : (
      <form method="post" className="narrow">
        <FormKey form={form} />
        <PriceFields form={form} />
        <p className="quiet">The price cannot be changed once the offer is created.</p>
        <OfferFields form={form} site={site} products={products} offForAll={offForAll} others={others} />
        <button className="primary">Create offer</button>
      </form>
    )}
  </>
);

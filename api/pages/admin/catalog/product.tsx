import { offerRoutes } from '../../../catalog/offers.ts';
import { productRoutes } from '../../../catalog/products.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { CONTENT, EVERYBODY } from '../../../auth/roles.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { Archived, goingOnInWords, type GoingOn } from '../../parts/archive.tsx';
import { FormKey } from '../../parts/fields.tsx';
import { Facts } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import type { Offer, Product } from './offer-shown.ts';
import { ProductFields } from './product-fields.tsx';
import { OfferTable } from './offers.tsx';

export const paramsOf = ({ params }: PageCall) => ({ productId: params.productId ?? '' });

/** One product, and the offers that bundle it. */
export const productPage: Page = {
  path: '/products/{productId}',
  audience: 'admin',
  roles: EVERYBODY,
  show: (call) => showProduct(call, EMPTY_FORM, null, 200),
  submit: (call, form) => (form.step === 'unarchive' ? bringBack(call, form) : save(call, form)),
};

async function showProduct(
  call: PageCall,
  form: FormState,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const product = await call.api.read(productRoutes.read, { params: paramsOf(call) });
  const goingOn = await call.api.read(productRoutes.goingOn, { params: paramsOf(call) });
  const { data: offers } = await call.api.read(offerRoutes.list, { query: { productId: product.id, limit: '200' } });
  const mayEdit = hasRole(call, CONTENT);
  const shown = { form, problem, product, goingOn, offers, mayEdit, site: siteOf(call), notice: call.query.notice };
  return page(product.name, <ProductView {...shown} />, status);
}

async function save(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(productRoutes.change, { params: paramsOf(call), body, key });
  if (answer.isDone) return redirect(`/products/${answer.body.id}?notice=saved`);
  const { status, problem } = answer;
  return showProduct(call, refusedForm(typed, problem), asMarked(problem), status);
}

async function bringBack(call: PageCall, { key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(productRoutes.unarchive, { params: paramsOf(call), key });
  if (answer.isDone) return redirect(`/products/${answer.body.id}?notice=back`);
  return showProduct(call, EMPTY_FORM, answer.problem, answer.status);
}

const NOTICES: Record<string, string> = {
  made: 'The product has been created. Sell it with an offer.',
  saved: 'The change has been saved.',
  archived: 'The product has been archived. Existing purchases go on.',
  back: 'The product is no longer archived: new offers can include it again.',
};

type Shown = {
  form: FormState;
  problem: ProblemBody | null;
  product: Product;
  goingOn: GoingOn;
  offers: Offer[];
  mayEdit: boolean;
  site: Site;
  notice: string | undefined;
};

function ProductView(shown: Shown) {
  const { product, offers, problem, site, notice, mayEdit } = shown;
  const word = notice === undefined ? undefined : NOTICES[notice];
  const isArchived = product.archivedAt !== null;
  return (
    <>
      <p className="crumbs">
        <a href="/products">Products</a>
      </p>
      <div className="head">
        <h1>{product.name}</h1>
        {mayEdit && !isArchived ? <a href={`/products/${product.id}/archive`}>Archive …</a> : null}
      </div>
      {word === undefined ? null : <Notice tone="good">{word}</Notice>}
      <ProblemNotice problem={problem} />
      {isArchived ? <Archived what="product" effect="No new offer can include it." mayEdit={mayEdit} /> : null}
      <ProductFacts {...shown} />
      {mayEdit ? <Edit {...shown} /> : null}
      <h2>Offers that include it</h2>
      <OfferTable offers={offers} site={site} empty={<NoOffer />} />
    </>
  );
}

const ProductFacts = ({ product: { id, createdAt }, goingOn, site }: Shown) => (
  <Facts
    facts={[
      ['Purchases', goingOnInWords(goingOn)],
      ['Created', <Day key="made" at={createdAt} site={site} />],
      ['Id', <code key="id">{id}</code>],
    ]}
  />
);

const Edit = ({ form, product }: Shown) => (
  <form method="post" className="narrow">
    <FormKey form={form} />
    <ProductFields form={form} product={product} />
    <button className="primary">Save</button>
  </form>
);

const NoOffer = () => (
  <p>
    No offer includes this product, so nobody can buy it. <a href="/offers/new">Create an offer</a>
  </p>
);

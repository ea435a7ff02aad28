import type { ProblemBody } from '../../../http/problem.ts';
import { CONTENT } from '../../../auth/roles.ts';
import { productRoutes } from '../../../catalog/products.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, type Page } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { ProductFields } from './product-fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';

type Shown = { form?: FormState; problem?: ProblemBody | null };

const NewProduct = ({ form = EMPTY_FORM, problem = null }: Shown) => (
  <>
    <p className="crumbs">
      <a href="/products">Products</a>
    </p>
    <div className="head">
      <h1>Create a product</h1>
    </div>
    <ProblemNotice problem={problem} />
    <form method="post" className="narrow">
      <FormKey form={form} />
      <ProductFields form={form} />
      <p className="quiet">A product has no price of its own. Offers sell it, alone or together with other products.</p>
      <button className="primary">Create product</button>
    </form>
  </>
);

export const newProductPage: Page = {
  path: '/products/new',
  audience: 'admin',
  roles: CONTENT,
  show: async () => page('Create a product', <NewProduct />),
  async submit({ api }, { body, typed, key }) {
    const answer = await api.ask(productRoutes.create, { body, key });
    if (answer.isDone) return redirect(`/products/${answer.body.id}?notice=made`);
    const { status, problem } = answer;
    return page(
      'Create a product',
      <NewProduct problem={asMarked(problem)} form={refusedForm(typed, problem)} />,
      status,
    );
  },
};

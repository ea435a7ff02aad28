import { productRoutes } from '../../../catalog/products.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { CONTENT } from '../../../auth/roles.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { ConfirmArchive, goingOnLines } from '../../parts/archive.tsx';
import { paramsOf } from './product.tsx';

/** Before a product is archived: what goes on all the same [R4.4]. */
export const archiveProductPage: Page = {
  path: '/products/{productId}/archive',
  audience: 'admin',
  roles: CONTENT,
  show: (call) => confirm(call, null, 200),
  async submit(call, { key }) {
    const answer = await call.api.ask(productRoutes.archive, { params: paramsOf(call), key });
    if (answer.isDone) return redirect(`/products/${answer.body.product.id}?notice=archived`);
    return confirm(call, answer.problem, answer.status);
  },
};

async function confirm(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const { id, name } = await call.api.read(productRoutes.read, { params: paramsOf(call) });
  const goingOn = await call.api.read(productRoutes.goingOn, { params: paramsOf(call) });
  const effect =
    'No new offer can include it. Offers that include it stay on sale; archive them too if you want to end that.';
  const shown = {
    name,
    what: 'product',
    effect,
    goesOn: goingOnLines(goingOn),
    to: `/products/${id}`,
    problem,
  } as const;
  return page('Archive a product', <ConfirmArchive {...shown} />, status);
}

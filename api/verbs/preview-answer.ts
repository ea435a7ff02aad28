import type { Scoped } from '../../db/account-scope.ts';
import { Product } from '../../db/entities/product.ts';
import type { Money } from '../../workflows/domain/money.ts';
import type { Preview } from '../../workflows/verbs/preview.ts';
import type { Served } from '../http/route.ts';

/** A preview as it is answered; `quote`: Stripe's figure, where there is one. */
export async function previewAnswer(em: Scoped, preview: Preview, quote: Money | null): Promise<Served> {
  return { status: 200, body: { status: 'preview', ...preview, products: await productNames(em, preview), quote } };
}

/** The names of the products that a preview speaks of: a change of offer brings others. */
async function productNames(em: Scoped, { before, after }: Preview): Promise<{ productId: string; name: string }[]> {
  const ids = new Set([...before.products, ...after.products].map(({ productId }) => productId));
  const found = await em.find(Product, { id: { $in: [...ids] } });
  return found.map(({ id, name }) => ({ productId: id, name }));
}

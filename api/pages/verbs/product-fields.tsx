import type { Purchase } from '../admin/purchase/read-purchase.ts';
import { ListField } from '../parts/fields.tsx';
import type { FieldsProps } from './shown-verb.ts';

/** The products of a purchase that are revoked, or those that are not. */
export const productsOf = (purchase: Purchase, isRevoked: boolean): string[] =>
  purchase.products
    .filter(({ blocks }) => blocks.some(({ source }) => source === 'revoked') === isRevoked)
    .map(({ productId }) => productId);

export const ProductFields = ({ purchase, form, ids }: FieldsProps & { ids: readonly string[] }) => (
  <ListField
    name="productIds@list"
    label="Products"
    form={form}
    options={purchase.products
      .filter(({ productId }) => ids.includes(productId))
      .map(({ productId, name }) => ({ value: productId, label: name }))}
  />
);

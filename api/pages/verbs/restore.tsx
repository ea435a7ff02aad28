import { ProductFields, productsOf } from './product-fields.tsx';
import type { ShownVerb } from './shown-verb.ts';

export const restore: ShownVerb = {
  word: 'Restore access',
  intro: 'Opens revoked products again. Other reasons why they are closed stay. Nobody is told.',
  fields: (props) => <ProductFields {...props} ids={productsOf(props.purchase, true)} />,
  initial: (purchase) => ({ 'productIds@list': productsOf(purchase, true) }),
  button: 'Restore access now',
  done: 'Access is restored.',
};

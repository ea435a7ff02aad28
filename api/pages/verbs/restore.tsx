import { ProductFields, productsOf } from './product-fields.tsx';
import type { ShownVerb } from './shown-verb.ts';

export const restore: ShownVerb = {
  word: 'Restore access',
  intro:
    'Opens revoked products again. Those that are closed for another reason as well stay closed. No email is sent.',
  fields: (props) => <ProductFields {...props} ids={productsOf(props.purchase, true)} />,
  initial: (purchase) => ({ 'productIds@list': productsOf(purchase, true) }),
  button: 'Restore access now',
  done: 'Access is restored.',
};

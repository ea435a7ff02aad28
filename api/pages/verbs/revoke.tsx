import { ProductFields, productsOf } from './product-fields.tsx';
import type { ShownVerb } from './shown-verb.ts';

export const revoke: ShownVerb = {
  word: 'Revoke access',
  intro: 'Closes products at once, while billing goes on. No email is sent.',
  fields: (props) => <ProductFields {...props} ids={productsOf(props.purchase, false)} />,
  initial: (purchase) => ({ 'productIds@list': productsOf(purchase, false) }),
  button: 'Revoke access now',
  isDangerous: () => true,
  done: 'Access is revoked.',
};

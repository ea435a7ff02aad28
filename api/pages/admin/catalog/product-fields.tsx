import type { FormState } from '../../form.ts';
import { TextField } from '../../parts/fields.tsx';
import type { Product } from './offer-shown.ts';
import { ShownFields } from './shown-fields.tsx';

/** Everything about a product. */
export const ProductFields = ({ form, product }: { form: FormState; product?: Product }) => (
  <>
    <TextField
      name="name"
      label="Name"
      required
      form={form}
      initial={product?.name}
      help="As customers see it in their library."
    />
    <TextField
      name="url@text?"
      label="Address"
      form={form}
      initial={product?.url ?? undefined}
      help="Where customers use it, beginning with https://: the library leads there."
    />
    <ShownFields form={form} shown={product} where="in the library and on the offer’s page" />
  </>
);

import { ChoiceField } from '../parts/fields.tsx';
import { ProductFields, productsOf } from './product-fields.tsx';
import type { FieldsProps, ShownVerb } from './shown-verb.ts';

export const revoke: ShownVerb = {
  word: 'Revoke access',
  intro: 'Closes products at once, while billing goes on. No email is sent of that.',
  fields: RevokeFields,
  initial: (purchase) => ({ 'productIds@list': productsOf(purchase, false), calls: ['keep'] }),
  button: 'Revoke access now',
  isDangerous: () => true,
  done: 'Access is revoked.',
};

function RevokeFields(props: FieldsProps) {
  const { credits, officeHours } = props.purchase.terms;
  const booked = [
    { value: 'keep', label: 'stay booked' },
    { value: 'cancel', label: 'are canceled, with an email to customer and expert' },
  ];
  return (
    <>
      <ProductFields {...props} ids={productsOf(props.purchase, false)} />
      {credits !== null || officeHours ? (
        <ChoiceField name="calls" label="Booked calls and seats" form={props.form} options={booked} />
      ) : null}
    </>
  );
}

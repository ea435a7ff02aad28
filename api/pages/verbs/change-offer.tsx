import { currencyOf, isOpenEnded, onceBegun } from '../../../workflows/domain/price.ts';
import { offerRoutes } from '../../catalog/offers.ts';
import type { Purchase } from '../admin/purchase/read-purchase.ts';
import type { PageCall } from '../page.ts';
import { ChoiceField, SelectField, type Option } from '../parts/fields.tsx';
import { priceInWords } from '../parts/money.tsx';
import type { FieldsProps, ShownVerb } from './shown-verb.ts';

export const changeOffer: ShownVerb = {
  word: 'Change offer',
  intro: 'Moves the purchase to another subscription offer. Its payments, refund window and timeline stay with it.',
  choices: offersToChoose,
  fields: ChangeFields,
  initial: (_purchase, _site, _query, [first]) => ({
    offerId: [first?.value ?? ''],
    when: ['now'],
    proration: ['prorate'],
  }),
  reads: ({ proration, ...body }) => (body.when === 'now' ? { ...body, proration } : body),
  button: ({ when }) => (when === 'now' ? 'Change the offer now' : 'Change it at the end of the period'),
  done: 'The change of offer has been made.',
};

/** The offers that it can become [R26.1]. */
async function offersToChoose({ api }: PageCall, { offerId, price }: Purchase): Promise<Option[]> {
  const { data } = await api.read(offerRoutes.list, { query: { archived: 'false', limit: '100' } });
  return data
    .filter(
      (offer) => offer.id !== offerId && isOpenEnded(offer.price) && currencyOf(offer.price) === currencyOf(price),
    )
    .map((offer) => ({ value: offer.id, label: `${offer.name}, ${priceInWords(onceBegun(offer.price))}` }));
}

function ChangeFields({ form, choices }: FieldsProps) {
  if (choices.length === 0) return <p>There is no other subscription offer in its currency.</p>;
  return (
    <>
      <SelectField name="offerId" label="Offer" form={form} options={choices} />
      <ChoiceField
        name="when"
        label="When"
        form={form}
        options={[
          { value: 'now', label: 'now', asks: <ProrationField form={form} /> },
          { value: 'period_end', label: 'at the end of the period' },
        ]}
      />
    </>
  );
}

const ProrationField = ({ form }: Pick<FieldsProps, 'form'>) => (
  <ChoiceField
    name="proration"
    label="The difference"
    form={form}
    options={[
      { value: 'prorate', label: 'is charged now, or credited' },
      { value: 'none', label: 'begins with the next renewal' },
      { value: 'full', label: 'does not count: a new period, charged in full now' },
    ]}
  />
);

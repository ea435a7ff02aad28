import type { ReactNode } from 'react';
import { soldPerPeriod } from '../../../../workflows/domain/price.ts';
import type { FormState } from '../../form.ts';
import { ChoiceField, Flag, ListField, TextField } from '../../parts/fields.tsx';
import type { Offer } from './offer-shown.ts';

export type OfferName = Pick<Offer, 'id' | 'name'>;

type DependenceProps = {
  form: FormState;
  /** What can be required: offers on sale, and those that it requires already. */
  others: readonly OfferName[];
  offer?: Offer | undefined;
};

/** What an offer requires and excludes, and how its customers cancel [R4.7]. */
export const DependenceFields = ({ form, others, offer }: DependenceProps) => (
  <>
    {others.length === 0 ? null : (
      <ListField
        name="requires@list"
        label="Requires one of"
        form={form}
        chosen={offer?.requires}
        options={others.map(({ id, name }) => ({ value: id, label: name }))}
        help="Buyers must already have one of these, and it must be live. When that purchase ends by itself, this one ends too."
      />
    )}
    <TextField
      name="group@text?"
      label="Group"
      form={form}
      initial={offer?.group ?? undefined}
      help="A customer can have only one offer of a group at a time. Leave blank for none."
    />
    <ChoiceField
      name="cancelBy"
      label="Customers cancel"
      form={form}
      initial={offer?.cancelBy ?? 'self'}
      options={[
        { value: 'self', label: 'by themselves, if the site lets them' },
        { value: 'request', label: 'by a request that you decide on' },
      ]}
    />
    <Flag
      name="repeatable@flag"
      label="Can be bought again while it gives access"
      form={form}
      isSet={offer?.repeatable ?? false}
      help="For free offers and those that are paid once."
    />
  </>
);

/** The same, as facts; what is as it usually is, is left out. */
export const dependenceFacts = (
  { requires, group, cancelBy, repeatable, price }: Offer,
  others: readonly OfferName[],
): [string, ReactNode][] =>
  [
    ...(requires.length > 0
      ? [['Requires one of', <Names key="requires" ids={requires} others={others} />] as const]
      : []),
    ...(group === null ? [] : [['Group', group] as const]),
    ...(cancelBy === 'self' ? [] : [['Canceled', 'By a request that you decide on'] as const]),
    ...(repeatable && soldPerPeriod(price) === null ? [['Bought again', 'Also while it gives access'] as const] : []),
  ].map(([label, value]) => [label, value]);

const Names = ({ ids, others }: { ids: readonly string[]; others: readonly OfferName[] }) => (
  <ul>
    {ids.map((id) => (
      <li key={id}>
        <a href={`/offers/${id}`}>{others.find((other) => other.id === id)?.name ?? id}</a>
      </li>
    ))}
  </ul>
);

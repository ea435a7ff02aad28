import type { ReactNode } from 'react';
import { BILLING_STATUSES } from '../../../../workflows/domain/billing.ts';
import type { FieldKind } from '../../../../workflows/domain/contact-field.ts';
import { MARKETING_STATUSES } from '../../../../workflows/domain/marketing.ts';
import { FIELD_TESTS, SPENT_BOUNDS, type SegmentFilterKind } from '../../../../workflows/domain/segment.ts';
import type { FormState } from '../../form.ts';
import { SelectField, TextField, type Option } from '../../parts/fields.tsx';
import { ACCESS_WORDS } from '../../words/access.ts';
import { BILLING_WORDS } from '../../words/billing.ts';
import { MARKETING_WORDS } from '../../words/contact.ts';
import { FIELD_TEST_WORDS, SEGMENT_FILTER_WORDS, SPENT_BOUND_WORDS } from '../../words/segment.ts';
import { AMOUNT, nameAt, type Row } from './segment-rows.ts';

/** What conditions can name. */
export type Choices = {
  fields: readonly { key: string; label: string; kind: FieldKind }[];
  offers: readonly Option[];
  products: readonly Option[];
  segments: readonly Option[];
  currencies: readonly string[];
};

type Of = { place: number; row: Row; form: FormState; choices: Choices };

/** One condition, with the button that takes it away. */
export function SegmentRow({ place, row, form, choices }: Of) {
  const kind = row.kind?.at(-1) as SegmentFilterKind;
  const of = { place, row, form, choices };
  return (
    <fieldset className="field">
      <legend>
        {place + 1}. {titleOf(kind, of)}
      </legend>
      <input type="hidden" name={nameAt(place, 'kind')} value={kind} />
      <div className="fields">
        <SelectField
          {...at(of, 'isNot@flag')}
          label="Who"
          options={SEGMENT_FILTER_WORDS[kind].sides.map((label, index) => ({ value: index === 0 ? '' : 'on', label }))}
        />
        {INPUTS[kind](of)}
      </div>
      <button name="_step" value={`remove ${place}`} formNoValidate>
        Remove condition {place + 1}
      </button>
    </fieldset>
  );
}

const at = ({ place, form }: Of, input: string) => ({ name: nameAt(place, input), form });

const fieldOf = ({ row, choices }: Of) => choices.fields.find(({ key }) => key === row.field?.at(-1));

const titleOf = (kind: SegmentFilterKind, of: Of): string => fieldOf(of)?.label ?? SEGMENT_FILTER_WORDS[kind].label;

const worded = <Value extends string>(
  values: readonly Value[],
  words: Record<Value, string | { label: string }>,
): Option[] =>
  values.map((value) => {
    const word = words[value];
    return { value, label: typeof word === 'string' ? word : word.label };
  });

const orAny = (options: readonly Option[]): Option[] => [{ value: '', label: 'any' }, ...options];

const INPUTS: Record<SegmentFilterKind, (of: Of) => ReactNode> = {
  marketing_status: (of) => (
    <SelectField {...at(of, 'status')} label="Status" options={worded(MARKETING_STATUSES, MARKETING_WORDS)} />
  ),
  tag: (of) => <TextField {...at(of, 'tag')} label="Tag" required />,
  field: FieldInputs,
  purchase: (of) => (
    <>
      <SelectField {...at(of, 'offerId')} label="Offer" options={orAny(of.choices.offers)} />
      <SelectField {...at(of, 'productId')} label="Product" options={orAny(of.choices.products)} />
      <SelectField
        {...at(of, 'billingStatus')}
        label="Billing"
        options={orAny(worded(BILLING_STATUSES, BILLING_WORDS))}
      />
      <SelectField {...at(of, 'accessStatus')} label="Access" options={orAny(worded(ACCESS, ACCESS_WORDS))} />
    </>
  ),
  access: (of) => <SelectField {...at(of, 'productId')} label="Product" options={of.choices.products} />,
  active: (of) => <TextField {...at(of, 'days@int')} label="Days" inputMode="numeric" required />,
  spent: (of) => (
    <>
      <SelectField {...at(of, 'bound')} label="How much" options={worded(SPENT_BOUNDS, SPENT_BOUND_WORDS)} />
      <TextField {...at(of, AMOUNT)} label="Amount" inputMode="decimal" required />
      <SelectField
        {...at(of, 'currency')}
        label="Currency"
        options={of.choices.currencies.map((value) => ({ value, label: value.toUpperCase() }))}
      />
    </>
  ),
  segment: (of) => <SelectField {...at(of, 'segment')} label="Segment" options={of.choices.segments} />,
};

const ACCESS = ['full', 'partial', 'none'] as const;

function FieldInputs(of: Of) {
  const field = fieldOf(of);
  if (!field) return null;
  return (
    <>
      <input type="hidden" name={nameAt(of.place, 'field')} value={field.key} />
      <SelectField {...at(of, 'test')} label="Test" options={worded(FIELD_TESTS[field.kind], FIELD_TEST_WORDS)} />
      {VALUE_INPUTS[field.kind](of)}
    </>
  );
}

const VALUE_INPUTS: Record<FieldKind, (of: Of) => ReactNode> = {
  text: (of) => <TextField {...at(of, 'value')} label="Text" />,
  number: (of) => <TextField {...at(of, 'value@number')} label="Number" inputMode="decimal" />,
  date: (of) => <TextField {...at(of, 'value')} label="Date" type="date" />,
  yes_no: (of) => (
    <SelectField
      {...at(of, 'value@flag')}
      label="Value"
      options={[
        { value: 'on', label: 'yes' },
        { value: '', label: 'no' },
      ]}
    />
  ),
};

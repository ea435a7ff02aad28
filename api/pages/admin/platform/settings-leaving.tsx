import type { Code } from '../catalog/promotion-codes.tsx';
import { ChoiceField, Flag, LongText, SelectField } from '../../parts/fields.tsx';
import type { FieldsProps } from './settings-shown.ts';

/** How customers cancel by themselves, and what they are asked [R9]. */
export const LeavingSettings = ({ form, settings: { selfCancel } }: FieldsProps) => (
  <>
    <Flag name="selfCancel.isOn@flag" label="Customers may cancel by themselves" form={form} isSet={selfCancel.isOn} />
    <LongText
      name="selfCancel.instructions@text?"
      label="How to cancel, where they may not"
      form={form}
      initial={selfCancel.instructions ?? undefined}
      help="Shown in place of the button."
    />
    <LongText
      name="selfCancel.message@text?"
      label="What they read before they confirm"
      form={form}
      initial={selfCancel.message ?? undefined}
    />
    <LongText
      name="selfCancel.reasons@lines"
      label="Reasons to choose from"
      form={form}
      initial={selfCancel.reasons.join('\n')}
      help="One a line. Leave blank, and they say why in their own words."
    />
    <Flag
      name="selfCancel.isOneStep@flag"
      label="They cancel in one step, and are not asked why"
      form={form}
      isSet={selfCancel.isOneStep}
    />
  </>
);

type RetentionProps = FieldsProps & { codes: readonly Pick<Code, 'id' | 'code'>[] };

/** What they are offered before they confirm [R9.4]. */
export const RetentionFields = ({ form, settings: { retention }, codes }: RetentionProps) => (
  <>
    <ChoiceField
      name="retention.offer"
      label="Before they confirm, they are offered"
      form={form}
      initial={retention.offer}
      options={[
        { value: 'none', label: 'nothing' },
        { value: 'pause', label: 'a pause, if they may pause' },
        { value: 'promotion_code', label: 'a promotion code, which replaces any other from the next charge on' },
      ]}
    />
    <SelectField
      name="retention.promotionCodeId@text?"
      label="The code that is offered"
      form={form}
      initial={retention.promotionCodeId ?? ''}
      options={[{ value: '', label: 'None' }, ...codes.map(({ id, code }) => ({ value: id, label: code }))]}
    />
    <LongText
      name="retention.message@text?"
      label="What they read beside the offer"
      form={form}
      initial={retention.message ?? undefined}
    />
  </>
);

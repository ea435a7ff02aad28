import { Flag, LongText } from '../../parts/fields.tsx';
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

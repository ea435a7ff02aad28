import { ChoiceField, Flag, TextField } from '../../parts/fields.tsx';
import type { FieldsProps } from './settings-shown.ts';

/** Whether customers pause by themselves, for how long, and what they reach meanwhile [R7.5]. */
export const PausingSettings = ({ form, settings: { selfPause } }: FieldsProps) => (
  <>
    <Flag name="selfPause.isOn@flag" label="Customers may pause by themselves" form={form} isSet={selfPause.isOn} />
    <TextField
      name="selfPause.mostDays@int"
      label="Longest pause, in days"
      type="number"
      form={form}
      initial={String(selfPause.mostDays)}
    />
    <TextField
      name="selfPause.mostAYear@int"
      label="Pauses of one purchase within a year"
      type="number"
      form={form}
      initial={String(selfPause.mostAYear)}
    />
    <ChoiceField
      name="selfPause.access"
      label="While they pause, access"
      form={form}
      initial={selfPause.access}
      options={[
        { value: 'keep', label: 'stays' },
        { value: 'suspend', label: 'is closed' },
      ]}
    />
  </>
);

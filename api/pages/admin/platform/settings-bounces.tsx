import { TextField } from '../../parts/fields.tsx';
import type { FieldsProps } from './settings-shown.ts';

/** When emails that cannot be delivered unsubscribe [R3.5]. */
export const BounceFields = ({ form, settings: { bounceLimit } }: FieldsProps) => (
  <>
    <TextField
      name="bounceLimit.count@int"
      label="Undeliverable emails that unsubscribe somebody"
      type="number"
      form={form}
      initial={String(bounceLimit.count)}
      help="Counted are those that can never be delivered. Whoever marks an email as spam is unsubscribed at once."
    />
    <TextField
      name="bounceLimit.days@int"
      label="All of them sent within days"
      type="number"
      form={form}
      initial={String(bounceLimit.days)}
    />
  </>
);

import type { FormState } from '../../form.ts';
import { LongText, TextField } from '../../parts/fields.tsx';

type Shown = { description: string | null; imageUrl: string | null };

/** What customers see of a product or an offer. */
export const ShownFields = ({ form, shown, where }: { form: FormState; shown?: Shown | undefined; where: string }) => (
  <>
    <LongText
      name="description@text?"
      label="Description"
      form={form}
      initial={shown?.description ?? undefined}
      help={`Stands ${where}. A blank line begins a paragraph.`}
    />
    <TextField
      name="imageUrl@text?"
      label="Picture"
      form={form}
      initial={shown?.imageUrl ?? undefined}
      help="Its address, which begins with https://. Leave blank for none."
    />
  </>
);

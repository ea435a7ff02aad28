import { OPT_INS } from '../../../../workflows/domain/marketing.ts';
import type { FormState } from '../../form.ts';
import { ChoiceField, LongText, TextField } from '../../parts/fields.tsx';
import { OPT_IN_WORDS } from '../../words/contact.ts';
import type { Form } from './forms.tsx';

type Words = Pick<Form, 'name' | 'optIn' | 'heading' | 'wording' | 'button'>;

/** What an opt-in form is, and what it says. */
export const FormFields = ({ form, shown }: { form: FormState; shown: Words }) => (
  <>
    <TextField name="name" label="Name" required form={form} initial={shown.name} help="For your team." />
    <ChoiceField
      name="optIn"
      label="People are subscribed"
      form={form}
      initial={shown.optIn}
      options={OPT_INS.map((value) => ({ value, label: OPT_IN_WORDS[value] }))}
    />
    <TextField name="heading" label="Heading" required form={form} initial={shown.heading} />
    <LongText
      name="wording"
      label="What they agree to"
      form={form}
      initial={shown.wording}
      help="Shown above the button, and kept with each consent as it was shown then."
    />
    <TextField name="button" label="Button" required form={form} initial={shown.button} />
    <p className="quiet">Whoever has unsubscribed confirms by a link in any case.</p>
  </>
);

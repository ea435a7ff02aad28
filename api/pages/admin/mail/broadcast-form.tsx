import type { ApiBroadcast } from '../../../mail/broadcast-schema.ts';
import type { FormState } from '../../form.ts';
import { LongText, SelectField, TextField, type Option } from '../../parts/fields.tsx';
import { BROADCASTS } from './broadcasts.tsx';
import { PreviewFrame } from './preview-frame.tsx';

export type Words = Pick<ApiBroadcast, 'name' | 'segment' | 'subject' | 'preview' | 'heading' | 'body' | 'button'>;

type Shown = { words: Words; form: FormState; segments: readonly Option[] };

/** What a broadcast says, and to whom; each line is a paragraph. */
export const BroadcastFields = ({ words, form, segments }: Shown) => (
  <>
    <TextField name="name" label="Name" form={form} initial={words.name} help="For your team; else the subject." />
    <SelectField
      name="segment"
      label="To"
      form={form}
      initial={words.segment}
      options={segments}
      help="Those of them who have subscribed get it."
    />
    <TextField name="subject" label="Subject" required form={form} initial={words.subject} />
    <TextField
      name="preview@text?"
      label="Preview"
      form={form}
      initial={words.preview}
      help="What an inbox shows beside the subject; else the first paragraph."
    />
    <TextField name="heading@text?" label="Heading" form={form} initial={words.heading} help="Else the subject." />
    <LongText
      name="body@lines"
      label="Text"
      form={form}
      initial={words.body.join('\n')}
      maxLength={24_000}
      help="Each line is a paragraph. {{contactName}} and {{siteName}} stand for names, {{action}} for the button."
    />
    <TextField name="button.label" label="Button" form={form} initial={words.button?.label} help="Empty: none." />
    <TextField
      name="button.url"
      label="It leads to"
      form={form}
      initial={words.button?.url}
      help="An address that begins with https://"
    />
  </>
);

/** Beside the words, and without saving them. */
export const BroadcastPreview = ({ form }: Pick<Shown, 'form'>) => (
  <section className="preview">
    <h2>As it looks</h2>
    <PreviewFrame form={form} action={`${BROADCASTS}/html`} name="broadcast" />
  </section>
);

import type { z } from 'zod';
import type { emailSchema } from '../../../mail/email-schema.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import type { Template, Version } from '../../../mail/email-template-schema.ts';
import { EMPTY_FORM, type FormState } from '../../form.ts';
import type { Site } from '../../page.ts';
import { Flag, FormKey, LongText, SelectField, TextField } from '../../parts/fields.tsx';
import { Facts } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { formatInstant } from '../../../../emails/format.ts';
import { LANGUAGE_CODES } from '../../../../emails/languages/codes.ts';
import { LANGUAGES } from '../../../../emails/languages/index.ts';
import { PreviewFrame } from './preview-frame.tsx';
import { Standing, TEMPLATES } from './templates.tsx';
import { Versions } from './template-versions.tsx';

export type TemplateShown = {
  template: Template;
  versions: readonly Version[];
  /** The version whose words fill the form; null = those that hold. */
  from: Version | null;
  /** Emails of this kind, of whose facts it can be looked at. */
  records: readonly z.output<typeof emailSchema>[];
  form: FormState;
  problem: ProblemBody | null;
  /** To whom a test has just been sent. */
  testTo: string | null;
  site: Site;
  notice: string | undefined;
};

export const TemplateView = (shown: TemplateShown) => (
  <>
    <p className="crumbs">
      <a href={TEMPLATES}>What emails say</a>
    </p>
    <div className="head">
      <h1>{shown.template.name}</h1>
      <Standing {...shown.template} />
    </div>
    <p className="quiet">{shown.template.cause}</p>
    <LanguageChoice {...shown.template} />
    <Notices {...shown} />
    <form method="post" className="cols wide-right" action={addressOf(shown.template)}>
      <section>
        <FormKey form={shown.form} />
        <Words {...shown} />
        <div className="actions">
          <button className="primary">Save</button>
        </div>
        <Variables {...shown} />
      </section>
      <section className="preview">
        <h2>As it looks</h2>
        <Preview {...shown} />
      </section>
    </form>
    <Versions {...shown} />
    {shown.template.isOwn ? <Reset /> : null}
  </>
);

const addressOf = ({ kind, language }: Template, part = ''): string =>
  `${TEMPLATES}/${kind}${part}?language=${language}`;

/** The words of each language are written by themselves. */
const LanguageChoice = (template: Template) => (
  <nav aria-label="Language" className="actions">
    {LANGUAGE_CODES.map((code) => (
      <a
        key={code}
        href={addressOf({ ...template, language: code })}
        aria-current={code === template.language ? 'page' : undefined}
      >
        {LANGUAGES[code].name}
      </a>
    ))}
  </nav>
);

const Notices = ({ template: { faults }, from, problem, testTo, notice }: TemplateShown) => (
  <>
    {notice === 'saved' ? <Notice tone="good">The change has been saved.</Notice> : null}
    {testTo === null ? null : <Notice tone="good">A test is on its way to {testTo}. Nothing has been saved.</Notice>}
    {from === null ? null : (
      <Notice tone="plain">These are the words of version {from.version}. Save to use them.</Notice>
    )}
    {faults.length === 0 ? null : (
      <Notice tone="warn">
        Your words are not used any more, and the default is sent: {faults[0]!.field} {faults[0]!.message}.
      </Notice>
    )}
    <ProblemNotice problem={problem} />
  </>
);

function Words({ template, from, form }: TemplateShown) {
  const { subject, preview, heading, body, button } = from ? (from.words ?? template.defaultWords) : template.words;
  return (
    <>
      {template.mayBeOff ? (
        <Flag name="isOn@flag" label="This email is sent" form={form} isSet={template.isOn} />
      ) : (
        <p className="quiet">This email cannot be switched off: somebody waits for it.</p>
      )}
      <TextField name="subject" label="Subject" required form={form} initial={subject} />
      <TextField
        name="preview"
        label="Preview"
        required
        form={form}
        initial={preview}
        help="What an inbox shows beside the subject."
      />
      <TextField name="heading" label="Heading" required form={form} initial={heading} />
      <LongText
        name="body@lines"
        label="Text"
        form={form}
        initial={body.join('\n')}
        maxLength={24_000}
        help="Each line is a paragraph. {{facts}} is the table of facts, {{action}} the button."
      />
      {template.defaultWords.button === null ? null : (
        <TextField name="button" label="Button" required form={form} initial={button ?? undefined} />
      )}
    </>
  );
}

const Variables = ({ template: { variables } }: TemplateShown) => (
  <>
    <h2>What stands for something</h2>
    <Facts
      facts={variables.map(({ name, example }) => [
        `{{${name}}}`,
        example === '' ? (
          <span key={name} className="quiet">
            Nothing, at times
          </span>
        ) : (
          example
        ),
      ])}
    />
  </>
);

/** Beside the words, and without saving them; it has the width and the light of the chosen look. */
const Preview = ({ template, records, form, site }: TemplateShown) => (
  <>
    <SelectField
      name="_of"
      label="With the facts of"
      form={form}
      options={[
        { value: '', label: 'Examples' },
        ...records.map(({ id, to, dueAt }) => ({ value: id, label: `${to}, ${formatInstant(dueAt, site)}` })),
      ]}
    />
    <PreviewFrame form={form} action={addressOf(template, '/html')} src={addressOf(template, '/html')} name="email" />
    <p className="quiet">Links that work once lead nowhere here.</p>
  </>
);

const Reset = () => (
  <form method="post">
    <FormKey form={EMPTY_FORM} />
    <button className="tiny" name="_step" value="reset">
      Send it in the default words again
    </button>
    <small className="quiet entry-line">Your words stay in the list of versions.</small>
  </form>
);

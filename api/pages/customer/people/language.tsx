import { LANGUAGE_CODES, type LanguageCode } from '../../../../emails/languages/codes.ts';
import { LANGUAGES } from '../../../../emails/languages/index.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { customerAccountRoutes } from '../../../people/customer-account.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { inSite, OF_SITE, page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { FormKey, SelectField } from '../../parts/fields.tsx';
import { Told } from '../notices.tsx';
import { Trouble } from '../purchase/trouble.tsx';

/** In which language a customer's emails are written [R27.11]. */
export const myLanguagePage: Page = {
  path: `${OF_SITE}/language`,
  audience: 'customer',
  show: (call) => shown(call, { form: EMPTY_FORM, problem: null }),
  async submit(call, { body, typed, key }) {
    const answer = await call.api.ask(customerAccountRoutes.update, { body, key });
    if (answer.isDone) return redirect(inSite(siteOf(call), '/language?notice=language-changed'));
    return shown(call, { form: refusedForm(typed, answer.problem), problem: answer.problem }, answer.status);
  },
};

type Tried = { form: FormState; problem: ProblemBody | null };

async function shown(call: PageCall, { form, problem }: Tried, status = 200): Promise<PageAnswer> {
  const { language } = await call.api.read(customerAccountRoutes.me, {});
  return page(
    'Language',
    <>
      <div className="head">
        <h1>Language</h1>
        <a href={inSite(siteOf(call), '/library')}>Back to your library</a>
      </div>
      <Told notice={call.query.notice} />
      <Trouble problem={problem} />
      <LanguageForm language={language} form={form} />
    </>,
    status,
  );
}

const LanguageForm = ({ language, form }: { language: LanguageCode | null; form: FormState }) => (
  <form method="post" className="narrow">
    <FormKey form={form} />
    <SelectField
      name="language@text?"
      label="Language of your emails"
      form={form}
      initial={language ?? ''}
      options={[
        { value: '', label: 'As the site' },
        ...LANGUAGE_CODES.map((value) => ({ value, label: LANGUAGES[value].name })),
      ]}
    />
    <button className="primary">Save</button>
  </form>
);

import { renderToStaticMarkup } from 'react-dom/server';
import { EMAIL_KINDS, type EmailKind } from '../../../../emails/catalogue.ts';
import { LANGUAGE_CODES, type LanguageCode } from '../../../../emails/languages/codes.ts';
import { BILLING } from '../../../auth/roles.ts';
import { notFound, type ProblemBody } from '../../../http/problem.ts';
import { emailRoutes } from '../../../mail/emails.ts';
import { emailTemplateRoutes } from '../../../mail/email-templates.ts';
import { EMPTY_FORM, type AsTyped, type Form, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { TEMPLATES } from './templates.tsx';
import { TemplateView, type TemplateShown } from './template-view.tsx';

/** What the emails of one kind say: to be written, looked at, tried, and brought back [R13.4]. */
export const templatePage: Page = {
  path: `${TEMPLATES}/{kind}`,
  audience: 'admin',
  roles: BILLING,
  show: (call) => showTemplate(call, EMPTY_FORM, {}),
  submit: (call, form) => STEPS[form.step]?.(call, form) ?? save(call, form),
};

const STEPS: Record<string, ((call: PageCall, form: Form) => Promise<PageAnswer>) | undefined> = {
  reset: async (call, { key }) => {
    const answer = await call.api.ask(emailTemplateRoutes.reset, { ...ofKind(call), key });
    return answer.isDone ? redirect(addressOf(call, { notice: 'saved' })) : showTemplate(call, EMPTY_FORM, answer);
  },
  test: async (call, { body, typed, key }) => {
    const asked = { ...ofKind(call), body: ofRecord(body, typed), key };
    const answer = await call.api.ask(emailTemplateRoutes.test, asked);
    // With another key, so that the next press sends another one.
    const { _key: _sent, ...kept } = typed;
    if (answer.isDone) return showTemplate(call, { typed: kept, errors: [] }, { testTo: answer.body.to });
    return showTemplate(call, refusedForm(typed, answer.problem), answer);
  },
};

async function save(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(emailTemplateRoutes.put, { ...ofKind(call), body, key });
  if (answer.isDone) return redirect(addressOf(call, { notice: 'saved' }));
  return showTemplate(call, refusedForm(typed, answer.problem), answer);
}

/** What stands in the frame: the email as it would be, in the words of the form or as they are. */
export const templateFramePage: Page = {
  path: `${TEMPLATES}/{kind}/html`,
  audience: 'admin',
  roles: BILLING,
  async show(call) {
    const { words } = await call.api.read(emailTemplateRoutes.read, ofKind(call));
    const answer = await call.api.ask(emailTemplateRoutes.preview, { ...ofKind(call), body: words });
    return { kind: 'email', html: answer.isDone ? answer.body.html : inFrame(answer.problem.detail) };
  },
  async submit(call, { body, typed }) {
    const asked = { ...ofKind(call), body: ofRecord(body, typed) };
    const answer = await call.api.ask(emailTemplateRoutes.preview, asked);
    if (!answer.isDone) return { kind: 'email', html: inFrame(answer.problem.detail) };
    const { html, text } = answer.body;
    return { kind: 'email', html: typed._look?.at(-1) === 'text' ? inFrame(text) : html };
  },
};

/** Words of ours, where an email is shown. */
export const inFrame = (text: string): string =>
  renderToStaticMarkup(<pre style={{ font: '14px/1.5 monospace', whiteSpace: 'pre-wrap' }}>{text}</pre>);

/** The words that were typed, with the record that was chosen, of whose facts they are said. */
const ofRecord = ({ isOn: _unsent, ...words }: AsTyped<unknown>, typed: Form['typed']): AsTyped<unknown> => ({
  ...words,
  emailId: typed._of?.at(-1) || null,
});

const addressOf = (call: PageCall, more: Record<string, string>): string => {
  const query = new URLSearchParams({ ...ofKind(call).query, ...more });
  return `${TEMPLATES}/${call.params.kind ?? ''}?${query.toString()}`;
};

/** The kind, and the language that the address names. */
function ofKind(call: PageCall): { params: { kind: EmailKind }; query: { language?: LanguageCode } } {
  const language = LANGUAGE_CODES.find((code) => code === call.query.language);
  return { params: paramsOf(call), query: language ? { language } : {} };
}

/** @throws Problem 404 */
function paramsOf({ params }: PageCall): { kind: EmailKind } {
  const kind = EMAIL_KINDS.find((one) => one === params.kind);
  if (!kind) throw notFound('kind of email');
  return { kind };
}

/** Of so many of the last emails of the kind, one can be chosen to be looked at. */
const MOST_RECORDS = '20';

async function showTemplate(
  call: PageCall,
  form: FormState,
  { testTo, problem, status }: { testTo?: string; problem?: ProblemBody; status?: number },
): Promise<PageAnswer> {
  const { params, query } = ofKind(call);
  const template = await call.api.read(emailTemplateRoutes.read, { params, query });
  const { data: versions } = await call.api.read(emailTemplateRoutes.versions, { params, query });
  const { data: sent } = await call.api.read(emailRoutes.list, { query: { ...params, limit: MOST_RECORDS } });
  const from = versions.find(({ version }) => String(version) === call.query.from);
  const shown: TemplateShown = {
    template,
    versions,
    from: from ?? null,
    records: sent.filter(({ isTest, to }) => !isTest && to !== null),
    form,
    problem: problem ?? null,
    testTo: testTo ?? null,
    site: siteOf(call),
    notice: call.query.notice,
  };
  return page(template.name, <TemplateView {...shown} />, status);
}

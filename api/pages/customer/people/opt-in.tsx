import type { z } from 'zod';
import { Problem, type ProblemBody } from '../../../http/problem.ts';
import type { publicFormSchema } from '../../../people/form-schema.ts';
import { myFormRoutes } from '../../../people/my-forms.ts';
import { publicFormRoutes } from '../../../people/public-forms.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { asMarked } from '../../marked.ts';
import { inSite, OF_SITE, page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { TextField } from '../../parts/fields.tsx';
import { Paragraphs } from '../../parts/prose.tsx';
import { Trouble } from '../purchase/trouble.tsx';

type PublicForm = z.output<typeof publicFormSchema>;

/**
 * A form's own page. Forms of other pages send here too, and bring no session along; who is logged
 * in and sends their own address does so as themselves [R3.8, R17.1].
 */
export const optInPage: Page = {
  path: `${OF_SITE}/forms/{formId}`,
  audience: 'public',
  foreignForms: 'read',
  show: (call) =>
    withForm(call, (form) =>
      call.query.sent === undefined
        ? page(form.heading, <OptIn form={form} />)
        : page('Thank you', <Sent form={form} />),
    ),
  submit: (call, { body, typed, key }) =>
    withForm(call, async (form) => {
      const params = { formId: form.id };
      const answer = isOwn(call, typed)
        ? await call.api.ask(myFormRoutes.submit, { params, key })
        : await call.api.ask(publicFormRoutes.submit, {
            params,
            body: { language: call.language ?? undefined, ...body },
          });
      if (answer.isDone) return redirect(inSite(siteOf(call), `/forms/${form.id}?sent=yes`));
      const { status, problem } = answer;
      const tried = { state: refusedForm(typed, problem), problem: asMarked(problem) };
      return page(form.heading, <OptIn form={form} {...tried} />, status);
    }),
};

const isOwn = ({ visitor }: PageCall, { email, website }: Form['typed']): boolean =>
  visitor?.kind === 'customer' && email?.at(-1)?.trim().toLowerCase() === visitor.email && !website?.at(-1);

type Shown = { form: PublicForm; state?: FormState; problem?: ProblemBody | null };

/** What programs fill in stands where people do not see it. */
const OptIn = ({ form, state = EMPTY_FORM, problem = null }: Shown) => (
  <section className="lone">
    <h1>{form.heading}</h1>
    <Trouble problem={problem} />
    <form method="post">
      <TextField name="email" label="Email" type="email" required autoComplete="email" form={state} />
      <TextField name="name@text?" label="Name" autoComplete="name" form={state} help="Optional." />
      <div className="unseen" aria-hidden="true">
        <input name="website" aria-label="Leave this empty" tabIndex={-1} autoComplete="off" />
      </div>
      <Paragraphs text={form.wording} />
      <button className="primary">{form.button}</button>
    </form>
  </section>
);

/** The same whatever the address is here. */
const Sent = ({ form: { optIn, site } }: { form: PublicForm }) => (
  <section className="lone">
    <h1>{optIn === 'double' ? 'Check your inbox' : 'Thank you'}</h1>
    {optIn === 'double' ? (
      <p>
        Unless you are subscribed already, an email with a link is on its way. Open it and confirm: then you are
        subscribed.
      </p>
    ) : (
      <p>
        You are subscribed to news from {site.name}. If you had unsubscribed before, an email with a link is on its way
        instead: open it and confirm.
      </p>
    )}
    <p className="quiet">
      Nothing after a few minutes? Check your spam folder, or write to{' '}
      <a href={`mailto:${site.supportEmail}`}>{site.supportEmail}</a>. We send at most three links an hour.
    </p>
  </section>
);

/** @returns a page that says so where the site has no such form */
async function withForm(
  call: PageCall,
  then: (form: PublicForm) => PageAnswer | Promise<PageAnswer>,
): Promise<PageAnswer> {
  try {
    const form = await call.api.read(publicFormRoutes.show, { params: { formId: call.params.formId ?? '' } });
    if (form.site.slug === siteOf(call).slug) return await then(form);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
  }
  return page('No such form', <NoForm />, 404);
}

const NoForm = () => (
  <section className="lone">
    <h1>This form is closed</h1>
    <p>Nothing was sent: there is no form at this address any more.</p>
  </section>
);

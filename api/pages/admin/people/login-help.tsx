import { email as address } from '../../../http/fields.ts';
import { PEOPLE } from '../../../auth/roles.ts';
import { loginHelpRoutes } from '../../../people/login-help.ts';
import type { ApiLoginHelp } from '../../../people/login-help-schema.ts';
import { EMPTY_FORM, type FormState } from '../../form.ts';
import { page, redirect, siteOf, type Page, type Site } from '../../page.ts';
import { TextField } from '../../parts/fields.tsx';
import { Causes } from './login-help-box.tsx';

const TITLE = 'Why can’t they log in?';

/** Why somebody cannot log in, by the address that they name; whoever has it has a page [R14.2]. */
export const loginHelpPage: Page = {
  path: '/contacts/login-help',
  audience: 'admin',
  roles: PEOPLE,
  async show(call) {
    const site = siteOf(call);
    const typed = call.query.email;
    if (typed === undefined) return page(TITLE, <Help site={site} form={EMPTY_FORM} help={null} />);
    const form = { ...EMPTY_FORM, typed: { email: [typed] } };
    const email = address.safeParse(typed);
    if (!email.success) return page(TITLE, <Help site={site} form={withFault(form)} help={null} />, 422);
    const help = await call.api.read(loginHelpRoutes.ofAddress, { query: { email: email.data } });
    if (help.contactId !== null) return redirect(`/contacts/${help.contactId}#login-help`);
    return page(TITLE, <Help site={site} form={form} help={help} />);
  },
};

const withFault = (form: FormState): FormState => ({
  ...form,
  errors: [{ field: 'email', message: 'must be an email address' }],
});

type Shown = { site: Site; form: FormState; help: ApiLoginHelp | null };

const Help = ({ site, form, help }: Shown) => (
  <section>
    <p className="crumbs">
      <a href="/contacts">Contacts</a>
    </p>
    <h1>{TITLE}</h1>
    <form method="get" className="narrow">
      <TextField name="email" label="Their address" type="email" form={form} required help="As they write it." />
      <button className="primary">Find out why</button>
    </form>
    {help === null ? null : <Causes help={help} site={site} login={{ form: EMPTY_FORM, problem: null }} />}
  </section>
);

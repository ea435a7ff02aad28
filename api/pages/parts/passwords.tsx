import type { ProblemBody } from '../../http/problem.ts';
import type { FormState } from '../form.ts';
import { TextField } from './fields.tsx';
import { SiteChoice } from './site-choice.tsx';

/** Who logs in, and where the password fits at several sites, at which. */
export const Credentials = ({ form, problem }: { form: FormState; problem: ProblemBody | null }) => (
  <>
    <TextField name="email" label="Email" type="email" autoComplete="username" form={form} required />
    <TextField name="password" label="Password" type="password" autoComplete="current-password" form={form} required />
    <SiteChoice problem={problem} form={form} />
  </>
);

/** The password that a customer will log in with. */
export const NewPassword = ({ form }: { form: FormState }) => (
  <TextField
    name="password"
    label="Password"
    type="password"
    autoComplete="new-password"
    form={form}
    help="At least 8 characters. You log in with it and your email."
    required
  />
);

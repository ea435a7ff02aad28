import type { ProblemBody } from '../../http/problem.ts';
import type { FormState } from '../form.ts';
import { SelectField } from './fields.tsx';

/** Asked in a login form where one password fits at several sites. */
export const SiteChoice = ({ problem, form }: { problem: ProblemBody | null; form: FormState }) =>
  problem?.sites ? (
    <SelectField
      name="accountId"
      label="Site"
      form={form}
      options={problem.sites.map(({ accountId, name }) => ({ value: accountId, label: name }))}
    />
  ) : null;

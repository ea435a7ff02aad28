import { GIVEN_ROLES } from '../../../../workflows/domain/verb.ts';
import type { FormState } from '../../form.ts';
import { ChoiceField } from '../../parts/fields.tsx';
import { GIVEN_ROLE_WORDS } from '../../words/role.ts';

export const RoleField = ({ form, initial = 'support' }: { form: FormState; initial?: string }) => (
  <ChoiceField
    name="role"
    label="Role"
    form={form}
    initial={initial}
    options={GIVEN_ROLES.map((value) => ({ value, label: GIVEN_ROLE_WORDS[value] }))}
  />
);

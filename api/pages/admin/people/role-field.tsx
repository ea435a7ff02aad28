import { GIVEN_ROLES, GIVEN_ROLES_OF_PLATFORM } from '../../../../workflows/domain/verb.ts';
import type { FormState } from '../../form.ts';
import type { Site } from '../../page.ts';
import { ChoiceField } from '../../parts/fields.tsx';
import { GIVEN_ROLE_WORDS } from '../../words/role.ts';

type Asked = { form: FormState; initial?: string; site: Pick<Site, 'isPlatform'> };

export const RoleField = ({ form, initial = 'support', site }: Asked) => (
  <ChoiceField
    name="role"
    label="Role"
    form={form}
    initial={initial}
    options={(site.isPlatform ? GIVEN_ROLES_OF_PLATFORM : GIVEN_ROLES).map((value) => ({
      value,
      label: GIVEN_ROLE_WORDS[value],
    }))}
  />
);

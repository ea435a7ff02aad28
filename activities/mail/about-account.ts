import type { EmailProps, KindsWhere } from '../../emails/catalogue.ts';
import { GIVEN_ROLES } from '../../workflows/domain/verb.ts';
import { oneTimeLink, type ContactWriting } from './writing.ts';

type Writers = { [K in KindsWhere<{ about: 'account' }>]: (writing: ContactWriting) => EmailProps<K> };

/** What the emails about an account and its admins say. */
export const ABOUT_ACCOUNT: Writers = {
  'admin-invitation': (writing) => {
    const { admin, site } = writing.material;
    if (!admin) throw new Error('an invitation without its recipient');
    const { url: confirmUrl, expiresAt } = oneTimeLink(writing);
    const role = GIVEN_ROLES.find((given) => given === admin.role);
    if (!role) throw new Error('an invitation to what nobody is invited to');
    return { site, invitedBy: admin.invitedBy, role, confirmUrl, expiresAt, signInUrl: writing.links.signIn };
  },
};

import type { EmailProps, KindsWhere } from '../../emails/catalogue.ts';
import type { LimitLevel, SoftQuota } from '../../workflows/domain/limits.ts';
import type { SecurityChangeKind } from '../../workflows/domain/security-change.ts';
import { textOf } from './intent-data.ts';
import { oneTimeLink, type ContactWriting } from './writing.ts';

type Writers = { [K in KindsWhere<{ about: 'account' }>]: (writing: ContactWriting) => EmailProps<K> };

/** What the emails about an account and its admins say. */
export const ABOUT_ACCOUNT: Writers = {
  'admin-plan-limit': ({ material: { site, data }, links }) => ({
    site,
    quota: data.quota as SoftQuota,
    used: Number(data.used),
    limit: Number(data.limit),
    level: data.level as LimitLevel,
    signInUrl: links.signIn,
  }),
  'admin-invitation': (writing) => {
    const { admin, site } = writing.material;
    if (!admin) throw new Error('an invitation without its recipient');
    const { url: confirmUrl, expiresAt } = oneTimeLink(writing);
    return {
      site,
      invitedBy: admin.invitedBy,
      role: admin.role,
      confirmUrl,
      expiresAt,
      signInUrl: writing.links.signIn,
    };
  },
  'admin-password-reset': (writing) => {
    const { url: resetUrl, expiresAt } = oneTimeLink(writing);
    return { site: writing.material.site, resetUrl, expiresAt };
  },
  'admin-security-changed': ({ material: { site, data, dueAt }, links }) => ({
    site,
    change: data.change as SecurityChangeKind,
    passkeyName: textOf(data, 'passkeyName'),
    at: dueAt,
    by: textOf(data, 'by'),
    reason: textOf(data, 'reason'),
    signInUrl: links.signIn,
  }),
  'admin-access-not-begun': ({ material: { site }, links }) => ({ site, accessUrl: links.addOn }),
  'admin-confirmation': (writing) => {
    const { site, data } = writing.material;
    const { url: confirmUrl, expiresAt } = oneTimeLink(writing);
    const planName = textOf(data, 'offerName');
    return { site, planName, confirmUrl, expiresAt, signInUrl: writing.links.signIn };
  },
};

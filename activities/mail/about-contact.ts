import type { EmailProps, KindsWhere } from '../../emails/catalogue.ts';
import { PERSONAL_REFUSALS } from '../../workflows/domain/promotion-code.ts';
import { textOf } from './intent-data.ts';
import { oneTimeLink, type ContactWriting } from './writing.ts';

type Writers = { [K in KindsWhere<{ about: 'contact' }>]: (writing: ContactWriting) => EmailProps<K> };

/** What the emails about a person say: they need no purchase. */
export const ABOUT_CONTACT: Writers = {
  'member-welcome': (writing) => {
    const { customer, site } = writing.material;
    if (!customer) throw new Error('a welcome without its recipient');
    const { url: setPasswordUrl, expiresAt } = oneTimeLink(writing);
    const { name: contactName, email: loginEmail } = customer;
    return { site, contactName, loginEmail, setPasswordUrl, expiresAt, loginUrl: writing.links.login };
  },
  'requirement-missing': ({ material: { customer, site, data }, links }) => ({
    site,
    contactName: customer?.name ?? null,
    offerName: textOf(data, 'offerName') ?? '',
    required: Array.isArray(data.required) ? data.required : [],
    isHalting: data.isHalting === true,
    loginUrl: links.login,
  }),
  'promotion-code-refused': ({ material: { customer, site, data }, links }) => {
    if (!links.offer) throw new Error('a code that was refused, for no offer');
    return {
      site,
      contactName: customer?.name ?? null,
      offerName: textOf(data, 'offerName') ?? '',
      code: textOf(data, 'code') ?? '',
      why: PERSONAL_REFUSALS.find((refusal) => refusal === data.why) ?? 'promotion_code_refused',
      offerUrl: links.offer,
    };
  },
  'double-opt-in': (writing) => {
    const { site, data } = writing.material;
    const { url: confirmUrl, expiresAt } = oneTimeLink(writing);
    return { site, wording: textOf(data, 'wording') ?? '', confirmUrl, expiresAt };
  },
  'checkout-recovery': ({ material: { customer, site, data } }) => ({
    site,
    contactName: customer?.name ?? null,
    offerName: textOf(data, 'offerName') ?? '',
    recoverUrl: textOf(data, 'recoverUrl') ?? '',
    expiresAt: textOf(data, 'expiresAt') ?? '',
  }),
  broadcast: ({ material: { customer, site, data } }) => ({
    site,
    contactName: customer?.name ?? null,
    buttonUrl: textOf(data, 'buttonUrl'),
  }),
  'password-reset': (writing) => {
    const { customer, site } = writing.material;
    const { url: resetUrl, expiresAt } = oneTimeLink(writing);
    return { site, contactName: customer?.name ?? null, resetUrl, expiresAt };
  },
  'login-link': (writing) => {
    const { customer, site } = writing.material;
    const { url: loginLinkUrl, expiresAt } = oneTimeLink(writing);
    return { site, contactName: customer?.name ?? null, loginLinkUrl, expiresAt };
  },
};

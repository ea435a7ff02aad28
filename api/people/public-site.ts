import type { Account } from '../../db/entities/account.ts';
import { lookOf } from '../../workflows/domain/settings.ts';
import { siteUrl } from '../platform/site-url.ts';
import type { PublicSite } from './customer-schema.ts';

/** What anybody may know of a site. */
export function toPublicSite(account: Account, publicUrl: string): PublicSite {
  const { postalAddress, termsUrl, privacyUrl } = lookOf(account);
  const { name, slug, supportEmail, timeZone } = account;
  return { name, slug, url: siteUrl(publicUrl, account), supportEmail, timeZone, postalAddress, termsUrl, privacyUrl };
}

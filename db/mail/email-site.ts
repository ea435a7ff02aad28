import type { Site } from '../../emails/catalogue.ts';
import { knownLanguage } from '../../emails/languages/codes.ts';
import { lookOf, type SiteLook } from '../../workflows/domain/settings.ts';
import type { Account } from '../entities/account.ts';

/** An account as its emails show it, in its language or in another. */
export function emailSite({ name, supportEmail, timeZone, site }: SiteColumns, language?: string | null): Site {
  const { color, logoUrl, postalAddress } = lookOf({ site });
  const inIts = knownLanguage(language ?? site.language);
  const shown = { name, supportEmail, timeZone, color, logoUrl, postalAddress };
  return inIts === 'en' ? shown : { ...shown, language: inIts };
}

export type SiteColumns = Pick<Account, 'name' | 'supportEmail' | 'timeZone'> & { site: Partial<SiteLook> };

import type { Site } from '../../emails/catalogue.ts';
import { lookOf, type SiteLook } from '../../workflows/domain/settings.ts';
import type { Account } from '../entities/account.ts';

/** An account as its emails show it. */
export function emailSite({ name, supportEmail, timeZone, site }: SiteColumns): Site {
  const { color, logoUrl, postalAddress } = lookOf({ site });
  return { name, supportEmail, timeZone, color, logoUrl, postalAddress };
}

type SiteColumns = Pick<Account, 'name' | 'supportEmail' | 'timeZone'> & { site: Partial<SiteLook> };

import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'SiteSlug',
  tableName: 'site_slugs',
  properties: { slug: p.text().primary(), accountId: p.uuid(), createdAt: instant() },
});

/** An address that a site has or had; it stays the site's, so that old links lead nowhere else. */
export class SiteSlug extends schema.class {}
schema.setClass(SiteSlug);

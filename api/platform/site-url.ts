/** Where a site's customers' pages begin, as they are reached from outside. */
export const siteUrl = (publicUrl: string, { slug }: { slug: string }): string =>
  `${publicUrl.replace(/\/+$/, '')}/s/${slug}`;

/** Where the platform's own page of a path is, as it is reached from outside. */
export const pageUrl = (publicUrl: string, path: string): string => publicUrl.replace(/\/+$/, '') + path;

/** Where a site's customers' pages begin, as they are reached from outside. */
export const siteUrl = (publicUrl: string, { slug }: { slug: string }): string => pageUrl(publicUrl, `/s/${slug}`);

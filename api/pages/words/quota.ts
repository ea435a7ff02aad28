import { countOf } from '../parts/counts.ts';

/** `activeCustomers` as people read it: `active customers`. */
export const quotaInWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** `code_editor` as people read it: `code editor`. */
export const featureInWords = (feature: string): string => feature.replaceAll('_', ' ');

/** `5 of 15`; `up to 15` where nobody counts. */
export const useInWords = ({ used, limit }: { used: number | null; limit: number }): string => {
  const most = limit.toLocaleString('en-US');
  return used === null ? `up to ${most}` : `${used.toLocaleString('en-US')} of ${most}`;
};

/** What there is room for: `1 website, 15 products`. */
export const roomInWords = (quotas: Record<string, number>): string =>
  Object.entries(quotas)
    .map(([name, limit]) => countOf(limit, quotaInWords(name).replace(/s$/, ''), quotaInWords(name)))
    .join(', ');

/** `activeCustomers` as people read it: `active customers`. */
export const quotaInWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** `code_editor` as people read it: `code editor`. */
export const featureInWords = (feature: string): string => feature.replaceAll('_', ' ');

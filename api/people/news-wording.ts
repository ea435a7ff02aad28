/**
 * What people agree to who ask for news of a site, in words of ours: beside the details of a buyer,
 * and in a form that has none of its own [R3.8, R27.11].
 */
export const newsWording = ({ name }: { name: string }): string =>
  `Yes, send me news from ${name} by email. I can unsubscribe at any time.`;

import { isSignedBy, signatureOf } from '../signature.ts';

/** The expert whom a link is for, and its number: a new one makes every earlier one void. */
export type ExpertLink = { expertId: string; linkNumber: number };

/** Names an expert to whoever has it; nobody else can make it. */
export function expertToken(link: ExpertLink, secretKey: string): string {
  return `${link.expertId}.${link.linkNumber}.${signatureOf(signed(link), secretKey)}`;
}

/** What a token says; null if none of the keys has signed it. */
export function readExpertToken(token: string, secretKeys: readonly string[]): ExpertLink | null {
  const [expertId = '', number = '', given = '', ...more] = token.split('.');
  if (more.length > 0 || !/^[1-9]\d{0,8}$/.test(number)) return null;
  const link = { expertId, linkNumber: Number(number) };
  return isSignedBy(secretKeys, signed(link), given) ? link : null;
}

const signed = ({ expertId, linkNumber }: ExpertLink): string => `expert:${expertId}:${linkNumber}`;

/** Where an expert's own page is, on their site. */
export const expertPageUrl = (siteUrl: string, token: string): string => `${siteUrl}/expert/${token}`;

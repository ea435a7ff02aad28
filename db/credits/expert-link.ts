import { readToken, signToken } from '../signature.ts';

/** The expert whom a link is for, and its number: a new one makes every earlier one void. */
export type ExpertLink = { expertId: string; linkNumber: number };

/** Names an expert to whoever has it; nobody else can make it. */
export const expertToken = ({ expertId, linkNumber }: ExpertLink, secretKey: string): string =>
  signToken('expert', [expertId, String(linkNumber)], secretKey);

/** What a token says; null if none of the keys has signed it. */
export function readExpertToken(token: string, secretKeys: readonly string[]): ExpertLink | null {
  const [expertId = '', number = ''] = readToken('expert', token, 2, secretKeys) ?? [];
  return /^[1-9]\d{0,8}$/.test(number) ? { expertId, linkNumber: Number(number) } : null;
}

/** Where an expert's own page is, on their site. */
export const expertPageUrl = (siteUrl: string, token: string): string => `${siteUrl}/expert/${token}`;

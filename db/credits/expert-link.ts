import { createHmac, timingSafeEqual } from 'node:crypto';

/** The expert whom a link is for, and its number: a new one makes every earlier one void. */
export type ExpertLink = { expertId: string; linkNumber: number };

/** Names an expert to whoever has it; nobody else can make it. */
export function expertToken({ expertId, linkNumber }: ExpertLink, secretKey: string): string {
  return `${expertId}.${linkNumber}.${signature({ expertId, linkNumber }, secretKey)}`;
}

/** What a token says; null if none of the keys has signed it. */
export function readExpertToken(token: string, secretKeys: readonly string[]): ExpertLink | null {
  const [expertId = '', number = '', given = '', ...more] = token.split('.');
  if (more.length > 0 || !/^[1-9]\d{0,8}$/.test(number)) return null;
  const link = { expertId, linkNumber: Number(number) };
  return secretKeys.some((key) => isSame(signature(link, key), given)) ? link : null;
}

const signature = ({ expertId, linkNumber }: ExpertLink, key: string): string =>
  createHmac('sha256', key).update(`expert:${expertId}:${linkNumber}`).digest('base64url');

function isSame(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Where an expert's own page is, on their site. */
export const expertPageUrl = (siteUrl: string, token: string): string => `${siteUrl}/expert/${token}`;

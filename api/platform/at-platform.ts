import { enterPlatform, type AtPlatform } from '../../db/platform/for-account.ts';
import { notFound } from '../http/problem.ts';
import type { AccountCall } from '../http/route.ts';

/**
 * What the account of a request has at the platform. @throws Problem 404 for the platform itself,
 * and where there is none
 */
export async function atPlatform({ em }: Pick<AccountCall<unknown, unknown, unknown>, 'em'>): Promise<AtPlatform> {
  const entered = await enterPlatform(em);
  if (!entered) throw notFound('platform');
  return entered;
}

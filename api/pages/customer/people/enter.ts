import type { z } from 'zod';
import type { sessionSchema } from '../../../people/customer-schema.ts';
import { customerCookie, redirect, type PageAnswer } from '../../page.ts';

/**
 * Logs in at the site that the session is of, whatever page it was asked from, and goes on there:
 * `path` is a place of the site's own.
 */
export const enter = ({ token, accountId, siteUrl }: z.output<typeof sessionSchema>, path: string): PageAnswer =>
  redirect(new URL(siteUrl).pathname + path, { [customerCookie(accountId)]: token });

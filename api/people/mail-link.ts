import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { Unscoped } from '../../db/account-scope.ts';
import { mayMailLink } from '../../db/people/login-links.ts';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import type { PublicCall } from '../http/route.ts';

export type MailLinkDeps = { wakes: Pick<Wakes, 'startMail'> };

/** What all routes have in common that mail a link to whoever has an address. */
export const linkForm = {
  method: 'post',
  tag: 'Login',
  description: 'Answers the same, after the same time, whether or not anybody has the address and a link is sent.',
  example: { email: 'ada@example.com' },
  answers: { 202: z.strictObject({}) },
  perMinute: 20,
} as const;

type Body = { email: string; accountId?: string | undefined };
type Asked = Pick<PublicCall<unknown, unknown, Body>, 'unscoped' | 'body' | 'afterCommit'>;
type QueueLinks = (em: Unscoped, address: string, realNow: Instant, accountId?: string) => Promise<string[]>;

/**
 * Mails a link, at most a few an hour [R14.3]. Whether anybody has the address is looked at once
 * the answer is on its way, so that it cannot be told from how long that takes [R14.1].
 */
export function mailLink({ unscoped, body, afterCommit }: Asked, { wakes }: MailLinkDeps, queueLinks: QueueLinks) {
  const own = unscoped.fork({ keepTransactionContext: false });
  afterCommit(async () => {
    if (!(await mayMailLink(own, body.email))) return;
    const emailIds = await queueLinks(own, body.email, fromMs(Date.now()), body.accountId);
    await Promise.all(emailIds.map((emailId) => wakes.startMail(emailId)));
  });
  return { status: 202 as const, body: {} };
}

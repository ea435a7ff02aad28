import { matchEvents } from '../activities/inbox/match-events.ts';
import { startAddOns } from '../activities/purchase/start-add-ons.ts';
import { updateCustomers } from '../activities/people/update-customers.ts';
import type { Orm } from '../db/orm.ts';
import { sweepJobs } from '../db/jobs/bulk-jobs.ts';
import { sweepClocks, sweepEmails, sweepInbox } from '../db/jobs/sweep.ts';
import type { StripeGateway } from '../activities/gateways/stripe.ts';
import type { Wakes } from '../activities/gateways/temporal.ts';
import { log } from '../log.ts';
import { keepDoing, type Loop } from './loop.ts';

export type SweepDeps = { orm: Orm; wakes: Wakes; gateway: StripeGateway };

/**
 * Finds what a lost wake left lying: open rows, queued emails, jobs, moving clocks, events without
 * an owner, addresses that Stripe does not know, add-ons that were signed up for. Harmless at any
 * time, by any number of workers.
 */
export async function sweep(deps: SweepDeps): Promise<{ woken: number }> {
  const em = deps.orm.em.fork();
  const subjects = await sweepInbox(em);
  for (const purchaseId of subjects) await deps.wakes.wake(purchaseId, { kind: 'sweep', rowId: null });
  const emails = await sweepEmails(em);
  for (const { emailId, purchaseId, isWelcome } of emails) {
    await (isWelcome && purchaseId ? deps.wakes.startWelcome(purchaseId) : deps.wakes.startMail(emailId));
  }
  for (const { accountId, target } of await sweepClocks(em)) await deps.wakes.moveClock(accountId, target);
  const jobs = await sweepJobs(em);
  for (const jobId of jobs) await deps.wakes.wakeJob(jobId);
  await matchEvents(deps);
  await updateCustomers(deps);
  await startAddOns(deps);
  return { woken: subjects.length + emails.length + jobs.length };
}

/** Sweeps every few seconds until told to stop. */
export const keepSweeping = (deps: SweepDeps, everyMs = 5_000): Loop =>
  keepDoing(() => sweep(deps).catch((error: unknown) => log.warn({ error }, 'sweep.failed')), everyMs);

import type { Stack } from '../ground/stack.ts';
import { aSentBroadcast, people } from '../builders/broadcasts.ts';
import { eventually } from '../ground/eventually.ts';
import type { Shop } from '../ground/shop.ts';

/** A broadcast that the provider refuses at first, and then takes in two requests; its job. */
export async function broadcastSent({ deps, mailbox }: Stack, { accountId }: Shop): Promise<string> {
  const em = deps.orm.em.fork();
  await people(em, accountId, 120, { prefix: 'reader' });
  await mailbox.fault({ kind: '429', to: `reader-${accountId.slice(-6)}-0@example.com`, retryAfterSeconds: 1 });
  const { jobId } = await aSentBroadcast(em, accountId, { segment: 'subscribed' });
  await deps.wakes.wakeJob(jobId);
  await eventually(async () => {
    const [job] = await em.execute<{ state: string }[]>('select state from bulk_jobs where job_id = ?', [jobId]);
    return job?.state === 'done';
  });
  return jobId;
}

import type { JobLook } from '../../activities/jobs/job-activities.ts';
import type { Actor } from '../domain/verb.ts';

const TITLES: Record<JobLook['kind'], string> = { 'send-broadcast': 'Send a broadcast' };

/** How a job stands, for whoever opens it in the Temporal UI: what it waits for, and what helps. */
export function describeJob(job: JobLook): string {
  const { id, kind, stuckReason } = job;
  const stuck =
    stuckReason === null ? [] : [`It does not go on at the moment: ${stuckReason}. It is tried again by itself.`];
  return [`**${TITLES[kind]}**: ${standing(job)}`, ...stuck, `Job \`${id}\``].join('\n\n');
}

function standing({ id, state, startsAt, isHalted, total, open, changedBy }: JobLook): string {
  const progress = total === null ? 'its rows are being made' : `${total - open} of ${total} are done`;
  if (isHalted && state !== 'done') return `its account is suspended or closed, so it waits; ${progress}.`;
  switch (state) {
    case 'scheduled':
      return `waits until ${startsAt}. \`POST /v1/jobs/${id}/cancel\` calls it off.`;
    case 'running':
      return `${progress}. \`POST /v1/jobs/${id}/pause\` and \`/cancel\` hold it.`;
    case 'paused':
      return `paused by ${by(changedBy)}; ${progress}. \`POST /v1/jobs/${id}/resume\` goes on, \`/cancel\` ends it.`;
    case 'canceled':
      return `canceled by ${by(changedBy)}; what was not begun is not done any more.`;
    case 'done':
      return `done, ${total ?? 0} in all.`;
  }
}

const by = (actor: Actor | null): string => (actor?.id ? `${actor.kind} \`${actor.id}\`` : (actor?.kind ?? 'somebody'));

import { endCheckouts } from '../activities/purchase/end-checkouts.ts';
import { eraseContacts } from '../activities/people/erase-contacts.ts';
import { mergeContacts, type MergeDeps } from '../activities/people/merge-contacts.ts';
import { readCalendar } from '../activities/credits/read-calendar.ts';
import { READ_CALENDARS, takeDueCalendars } from '../db/credits/calendars.ts';
import { endJob, HOLD_EVERY_MS, holdJob, takeJob } from '../db/jobs/worker-jobs.ts';
import { log } from '../log.ts';
import { fromMs } from '../workflows/domain/instant.ts';
import { backFill } from './back-fill.ts';
import type { WorkerDeps } from './deps.ts';
import { keepUsageOfAll } from './keep-usage.ts';
import { keepDoing, type Loop } from './loop.ts';
import { reconcile } from './reconcile.ts';
import { reviveInNewStore } from './revive.ts';
import { startMissing } from './start-missing.ts';
import { watchAllLimits } from './watch-limits.ts';

/** What jobs need; without fault points nobody dies at one. */
type JobDeps = WorkerDeps & Pick<MergeDeps, 'faultPoint'>;

/**
 * What one worker at a time does, again and again: from where the last one stopped to where it
 * stops itself.
 */
export type Job = {
  name: string;
  everyMs: number;
  run(deps: JobDeps, position: string | null): Promise<string | null>;
};

const MINUTE_MS = 60_000;

export const JOBS: Job[] = [
  { name: 'revive-in-new-store', everyMs: MINUTE_MS, run: reviveInNewStore },
  { name: 'start-missing', everyMs: MINUTE_MS, run: startMissing },
  { name: READ_CALENDARS, everyMs: MINUTE_MS, run: readDueCalendars },
  { name: 'back-fill', everyMs: 3 * MINUTE_MS, run: backFillOnTime },
  { name: 'reconcile', everyMs: MINUTE_MS / 4, run: (deps) => reconcile(deps) },
  { name: 'end-checkouts', everyMs: MINUTE_MS, run: endCheckoutsOnTime },
  { name: 'erase-contacts', everyMs: MINUTE_MS / 4, run: eraseOnTime },
  { name: 'merge-contacts', everyMs: MINUTE_MS / 12, run: mergeOnTime },
  { name: 'account-usage', everyMs: 3 * MINUTE_MS, run: keepUsageOfAll },
  { name: 'watch-limits', everyMs: 3 * MINUTE_MS, run: watchAllLimits },
];

/** How far each Stripe account was read is kept with it. */
async function backFillOnTime(deps: WorkerDeps): Promise<null> {
  await backFill(deps, { since: null, now: fromMs(Date.now()) });
  return null;
}

/** Those of a moving test clock are ended by whoever moves it. */
async function endCheckoutsOnTime(deps: WorkerDeps): Promise<null> {
  await endCheckouts(deps, null);
  return null;
}

async function eraseOnTime(deps: WorkerDeps): Promise<null> {
  await eraseContacts(deps);
  return null;
}

async function mergeOnTime(deps: JobDeps): Promise<null> {
  await mergeContacts(deps);
  return null;
}

/** A few at once, and no more in one go than are read before long. */
async function readDueCalendars({ orm, outsideReach: reach }: WorkerDeps): Promise<null> {
  const due = await takeDueCalendars(orm.em.fork(), 100);
  const readRest = async (): Promise<void> => {
    for (let one = due.pop(); one; one = due.pop()) await readCalendar({ orm, reach }, one);
  };
  await Promise.all([readRest(), readRest(), readRest(), readRest()]);
  return null;
}

/**
 * Does the jobs that are due and that no other worker is at; each by itself, so that a long or
 * failing one keeps no other waiting.
 */
export function keepJobs(deps: JobDeps, jobs = JOBS, everyMs = 5_000): Loop {
  const loops = jobs.map((job) => keepDoing(() => doIfDue(deps, job), everyMs));
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

async function doIfDue(deps: JobDeps, job: Job): Promise<void> {
  const { name, everyMs } = job;
  const em = deps.orm.em.fork();
  try {
    const taken = await takeJob(em, name);
    if (!taken) return;
    const holding = setInterval(() => void holdJob(em.fork(), name).catch(() => undefined), HOLD_EVERY_MS);
    const position = await job.run(deps, taken.position).catch((error: unknown) => {
      log.warn({ job: name, error }, 'job.failed');
      return taken.position;
    });
    clearInterval(holding);
    await endJob(em, name, everyMs, { position });
  } catch (error) {
    log.warn({ job: name, error }, 'job.failed');
  }
}

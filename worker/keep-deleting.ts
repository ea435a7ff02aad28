import { deleteExpired } from '../db/jobs/delete-expired.ts';
import type { Orm } from '../db/orm.ts';
import { log } from '../log.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Deletes every hour what is no longer needed [R24.4], until told to stop. */
export function keepDeleting({ orm }: { orm: Orm }, everyMs = HOUR_MS): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const run = (): void => {
    running = deleteExpired(orm.em.fork(), new Date().toISOString()).then(
      (deleted) => log.info(deleted, 'expired.deleted'),
      (error: unknown) => log.warn({ error }, 'expired.not_deleted'),
    );
  };
  run();
  const timer = setInterval(run, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

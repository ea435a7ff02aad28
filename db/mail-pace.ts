import type { EntityManager } from '@mikro-orm/postgresql';

/** How many may go at the same instant: as many as this time brings. */
const BURST_SECONDS = 0.5;

/** Takes the right to send one email now, of so many a second over all processes; false when it is not its turn. */
export async function takeTurnToSend(em: EntityManager, perSecond: number): Promise<boolean> {
  const step = 1 / perSecond;
  const ahead = Math.floor(BURST_SECONDS / step) * step;
  const taken = await em.execute<unknown[]>(
    `insert into mail_pace as m (only_row, free_at) values (true, now() + make_interval(secs => ?))
     on conflict (only_row) do update set free_at = greatest(m.free_at, now()) + make_interval(secs => ?)
     where m.free_at <= now() + make_interval(secs => ?) returning 1`,
    [step, step, ahead],
  );
  return taken.length > 0;
}

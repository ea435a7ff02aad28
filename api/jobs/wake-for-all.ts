import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { JobCommand } from '../../db/jobs/into-inboxes.ts';

/** Purchases that are woken at one time. */
const AT_ONCE = 20;

/** Wakes the purchase of each command. The sweep finds those that are not woken. */
export async function wakeForAll(commands: readonly JobCommand[], wakes: Pick<Wakes, 'wake'>): Promise<void> {
  for (let at = 0; at < commands.length; at += AT_ONCE)
    await Promise.all(
      commands
        .slice(at, at + AT_ONCE)
        .map(({ purchaseId, name, commandId }) => wakes.wake(purchaseId, { kind: name, rowId: commandId })),
    );
}

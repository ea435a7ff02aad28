import type { Wakes } from '../../activities/gateways/temporal.ts';

/**
 * Has an email sent that was just queued, if there is one, where nothing runs after a commit: if
 * this is lost the sweep finds it.
 */
export function startMail(wakes: Pick<Wakes, 'startMail'>, emailId: string | null | undefined): void {
  if (emailId) void wakes.startMail(emailId).catch(() => undefined);
}

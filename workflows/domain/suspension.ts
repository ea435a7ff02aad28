import type { Overdue } from './overdue.ts';
import { addDays, earliest, type Instant } from './instant.ts';
import { autoRevokeDaysOf, type LifecycleSettings } from './settings.ts';

type Suspension = Pick<Overdue, 'suspendsAccess' | 'suspendsAt' | 'hasSuspended'>;

/**
 * Whether and from when on an invoice whose payment has failed closes access [R11.3], as the
 * account has it when an attempt fails; `failedSince`: its first failure, from which days count.
 */
export function suspensionOf(
  failedSince: Instant | null,
  settings: LifecycleSettings,
  known: Overdue | undefined,
): Suspension {
  if (failedSince === null) return { suspendsAccess: false };
  switch (settings.autoRevoke) {
    case 'off':
    case 'on_exhausted':
      return { suspendsAccess: false };
    case 'on_first_failure':
      return { suspendsAccess: true };
    case 'after_days': {
      const suspendsAt = addDays(failedSince, autoRevokeDaysOf(settings));
      const hasSuspended = known?.suspendsAt && suspendsAt <= known.suspendsAt ? known.hasSuspended : undefined;
      return { suspendsAccess: true, suspendsAt, hasSuspended };
    }
  }
}

/** Whether it closes access already, by what was recorded. */
const isSuspending = ({ suspendsAccess, suspendsAt, hasSuspended }: Overdue): boolean =>
  suspendsAccess && (suspendsAt === undefined || hasSuspended === true);

export const isSuspended = (overdue: readonly Overdue[]): boolean => overdue.some(isSuspending);

/** Since when they close access at `now`, recorded or not [R1.5]; null = they do not. */
export const suspendedSince = (overdue: readonly Overdue[], now: Instant): Instant | null =>
  earliest(
    ...overdue
      .filter((one) => isSuspending(one) || (one.suspendsAt !== undefined && one.suspendsAt <= now))
      .map(({ suspendsAt, since }) => suspendsAt ?? since),
  );

/** When they are going to close access; null = they do not, or have done so. */
export const suspendsNextAt = (overdue: readonly Overdue[]): Instant | null =>
  earliest(...overdue.map((one) => (one.hasSuspended ? null : one.suspendsAt)));

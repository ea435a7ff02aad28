import type { Instant } from './instant.ts';

/** `isCanceled`: by the last try that fails; else it is suspended. */
export type LastWarning = { at: Instant; accessEndsAt: Instant; isCanceled: boolean };

/**
 * An invoice that is open after an attempt: since when, and when Stripe tries next (null = not
 * again) [R11].
 */
export type Overdue = {
  since: Instant;
  invoiceId: string;
  amountMinor: number;
  currency: string;
  attempts: number;
  nextTryAt: Instant | null;
  /** Stripe's code for why the last try failed; null = not known. */
  declineCode: string | null;
  /** The bank wants the customer to confirm the last try [R11.4]. */
  needsConfirmation: boolean;
  /** false = it only waits for the customer to authenticate, which is no failure [R11.4]. */
  hasFailed: boolean;
  /** It closes access until it is paid [R11.3]. */
  suspendsAccess: boolean;
  /** From when on it does; absent = since it is overdue. */
  suspendsAt?: Instant | undefined;
  /** That instant has come, and was acted on. */
  hasSuspended?: true | undefined;
  /** When its first attempt failed; absent = none has, or what was recorded does not say. */
  failedSince?: Instant | undefined;
  /** The last warning of it, while it is still to be sent; access ends in one of two ways. */
  lastWarning?: LastWarning | undefined;
  /** It was sent, for this or another open invoice of the same time [R11.3]. */
  isWarned?: true | undefined;
  /** What the last try was charged to, at Stripe; null = nothing was there, absent = not known. */
  methodId?: string | null | undefined;
  /** The method that was tried at once when it took the place of another [R11.5]. */
  retriedWith?: string | undefined;
};

/**
 * Why the last attempt failed, after which there is no other; null = not known, or there was none.
 */
export const lastDeclineCode = (overdue: Overdue[]): string | null =>
  overdue.find(({ nextTryAt }) => nextTryAt === null)?.declineCode ?? null;

/** The list with this invoice in place of an older version of it, the oldest first. */
export const withOverdue = (overdue: Overdue[], one: Overdue): Overdue[] =>
  [...withoutInvoice(overdue, one.invoiceId), one].sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));

export const withoutInvoice = (overdue: Overdue[], invoiceId: string): Overdue[] =>
  overdue.filter((one) => one.invoiceId !== invoiceId);

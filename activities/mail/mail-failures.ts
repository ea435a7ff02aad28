import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

/**
 * The email could not be sent yet; Temporal retries, after `retryAfterMs` if that is known.
 * `reason` is a code.
 */
export const mailLater = (reason: string, retryAfterMs?: number): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'MailLater',
    message: reason,
    nextRetryDelay: retryAfterMs,
    // Expected: no stack in the worker's log for each try.
    category: ApplicationFailureCategory.BENIGN,
  });

/**
 * Any other failure, without its message: that of a database contains the values of its statement
 * [R24.4].
 */
export function withoutWords(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const { name, code } = error as { name?: unknown; code?: unknown };
  const words = [name, code].filter((word) => typeof word === 'string').join(' ');
  return ApplicationFailure.create({
    type: 'MailFault',
    message: `could not be prepared: ${words || 'unknown fault'}`,
  });
}

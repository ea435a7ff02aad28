import { pino } from 'pino';
import type { Logger } from 'pino';
import { traceId } from './tracing/spans.ts';

/**
 * The log of this process: one line of JSON per fact, a past-tense event name, ids only.
 * Silent until `startLog`, so that code under test says nothing.
 * @example log.info({ purchaseId }, 'command.accepted')
 */
export const log: Logger = pino({
  level: 'silent',
  base: null,
  mixin: () => ({ traceId: traceId() }),
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: toLoggedError, error: toLoggedError },
});

/** Names the process in every line from here on, and sets the least level that is written. */
export function startLog(settings: { process: string; level: string }): void {
  log.setBindings({ process: settings.process });
  log.level = settings.level;
}

// Errors of clients carry whole requests and responses, in which people's data stands: only these
// fields are known to be free of it.
function toLoggedError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code, requestId } = error as { code?: unknown; requestId?: unknown };
  const cause = error.cause === undefined ? undefined : toLoggedError(error.cause);
  const message = isOfData(code) ? 'Postgres does not take a value' : error.message;
  const stack = error.stack?.replaceAll(error.message || message, message);
  return { type: error.name, message, code, requestId, stack, cause };
}

// SQLSTATE class 22: its messages quote the value, such as
// `invalid input syntax for type uuid: "ada@example.com"`.
const isOfData = (code: unknown): boolean => typeof code === 'string' && /^22[\dA-Z]{3}$/.test(code);

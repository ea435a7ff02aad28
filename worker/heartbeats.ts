import { activityInfo, heartbeat } from '@temporalio/activity';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';

/**
 * Keeps telling Temporal that an activity with a heartbeat timeout is still in hand: when this
 * process dies, the activity is given to another worker after seconds, and not when all the time
 * that it may take is over.
 */
export const beating: ActivityInboundCallsInterceptor = {
  async execute(input, next) {
    const { heartbeatTimeoutMs } = activityInfo();
    if (!heartbeatTimeoutMs) return next(input);
    const timer = setInterval(() => heartbeat(), heartbeatTimeoutMs / 4);
    try {
      return await next(input);
    } finally {
      clearInterval(timer);
    }
  },
};

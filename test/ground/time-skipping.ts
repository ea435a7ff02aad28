import { TestWorkflowEnvironment } from '@temporalio/testing';
import { readConfig } from '../../config.ts';
import { findTemporalTestServer } from '../../sandbox/temporal/temporal-cli.ts';

/**
 * A server that skips over timers. One per test file: it has one clock for all. The caller ends it
 * with `teardown()`.
 */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const { CACHE_DIR, TEMPORAL_TEST_SERVER } = readConfig('test');
  const path = await findTemporalTestServer({ given: TEMPORAL_TEST_SERVER, cacheDir: CACHE_DIR, say: console.error });
  return TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
}

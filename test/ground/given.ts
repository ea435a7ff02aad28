/** What test/run.ts hands to the test files through the environment. */
export type Given =
  | 'TEST_POSTGRES_URL'
  | 'TEST_TEMPORAL_ADDRESS'
  | 'TEST_TEMPORAL_CLI'
  | 'TEST_WORKFLOW_BUNDLE'
  | 'TEST_WORKFLOW_BUNDLE_FAULT';

/** @throws when the tests were not started by `npm test` */
export function given(name: Given): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the tests with "npm test -- <file>", not with jest itself`);
  return value;
}

import { given } from './given.ts';

/**
 * The Temporal dev server that all test files of a run share: give every workflow and task queue an
 * id of its own.
 */
export const temporal = {
  get address(): string {
    return given('TEST_TEMPORAL_ADDRESS');
  },
  namespace: 'default',
  /** Path of the Temporal CLI, to start a server of one's own that may be killed. */
  get cli(): string {
    return given('TEST_TEMPORAL_CLI');
  },
  /** Path of the workflow code, bundled once per run. */
  get bundle(): string {
    const fault = process.env.TEST_WORKFLOW_BUNDLE_FAULT;
    if (fault) throw new Error(`the workflows could not be bundled: ${fault}`);
    return given('TEST_WORKFLOW_BUNDLE');
  },
};

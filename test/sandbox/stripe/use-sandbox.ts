import { afterEach, beforeEach } from '@jest/globals';
import { aSandbox, type Sandbox } from './sandbox.ts';

/** The Stripe of a test; `useSandbox` sets it. */
export let sandbox: Sandbox;

/** Runs a sandbox of its own for each test of the file that calls this. */
export function useSandbox(): void {
  beforeEach(async () => {
    sandbox = await aSandbox();
  });
  afterEach(() => sandbox.close());
}

import { DefaultLogger, Runtime } from '@temporalio/worker';

let isQuiet = false;

/**
 * Has Temporal's SDK say errors only; called before the first worker or server of a test file, and
 * harmless after.
 */
export function quieten(): void {
  if (!isQuiet) Runtime.install({ logger: new DefaultLogger('ERROR') });
  isQuiet = true;
}

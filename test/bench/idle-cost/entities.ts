import { condition, defineSignal, setHandler, sleep } from '@temporalio/workflow';

/** The least that waits like a purchase: one signal, one timer, nothing in hand. */
export async function entity(): Promise<void> {
  let isWoken = false;
  setHandler(defineSignal('wake'), () => void (isWoken = true));
  await Promise.race([sleep('30 days'), condition(() => isWoken)]);
}

import { Worker } from '@temporalio/worker';
import { quieten } from '../ground/quieten.ts';
import { temporal } from '../ground/temporal.ts';

/** Where the recorded histories are: a folder for each version that made some. */
export const HISTORIES = 'test/replay/histories';

/**
 * Runs today's workflow code over a history; null where it does again what it did then, else what
 * differs.
 */
export async function replay(workflowId: string, history: unknown): Promise<string | null> {
  quieten();
  try {
    await Worker.runReplayHistory({ workflowBundle: { codePath: temporal.bundle } }, history, workflowId);
    return null;
  } catch (error) {
    return String(error);
  }
}

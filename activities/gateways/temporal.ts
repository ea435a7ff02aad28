import { SpanKind } from '@opentelemetry/api';
import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import { inSpan } from '../../tracing/spans.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import {
  clockWorkflowId,
  jobWorkflowId,
  LIFECYCLE_QUEUE,
  mailWorkflowId,
  purchaseWorkflowId,
  welcomeWorkflowId,
} from '../../workflows/ids.ts';
import type { ClockArgs, JobArgs, Look, Wake } from '../../workflows/messages.ts';

/**
 * Wakes workflows. What they have to do is already in Postgres, so a wake may be lost, repeated or
 * late. None of these throws; the sweep finds what was missed.
 */
export type Wakes = {
  /** Look into the inbox, with an answer by a live worker: used by the API, one queue hop less. */
  look(purchaseId: string, look: Look): Promise<void>;
  /** Look into the inbox; needs no live worker. */
  wake(purchaseId: string, wake: Wake): Promise<void>;
  moveClock(accountId: string, target: Instant): Promise<void>;
  /** Look how the job stands: it was begun, changed, or its time has come. */
  wakeJob(jobId: string): Promise<void>;
  /** `afterMs`: how long to wait first. */
  startMail(emailId: string, afterMs?: number): Promise<void>;
  startWelcome(purchaseId: string): Promise<void>;
  isReachable(): Promise<boolean>;
};

export type WakesOptions = { onLost?: (what: string, id: string, error: unknown) => void };

const AGAIN = { workflowIdReusePolicy: 'ALLOW_DUPLICATE', workflowIdConflictPolicy: 'USE_EXISTING' } as const;

/** How long a wake may take before it counts as lost. */
const WAKE_TIMEOUT_MS = 5_000;

export function createWakes(client: Client, { onLost }: WakesOptions = {}): Wakes {
  const attempt = async (what: string, id: string, call: () => Promise<unknown>): Promise<void> => {
    try {
      await inSpan(`temporal ${what}`, { kind: SpanKind.CLIENT, attributes: { 'perennial.subject': id } }, () =>
        client.connection.withDeadline(Date.now() + WAKE_TIMEOUT_MS, call),
      );
    } catch (error) {
      onLost?.(what, id, error);
    }
  };
  const start = (what: string, workflowId: string, args: unknown[], startDelay?: number) =>
    attempt(what, workflowId, () =>
      client.workflow.start(what, { workflowId, taskQueue: LIFECYCLE_QUEUE, args, startDelay, ...AGAIN }),
    );
  return {
    look: (purchaseId, look) => attempt('look', purchaseId, () => lookInto(client, purchaseId, look)),
    wake: (purchaseId, wake) => attempt('wake', purchaseId, () => wakeUp(client, purchaseId, wake)),
    moveClock: (accountId, target) => attempt('moveClock', accountId, () => moveClock(client, { accountId, target })),
    wakeJob: (jobId) => attempt('wakeJob', jobId, () => wakeJob(client, { jobId })),
    startMail: (emailId, afterMs) => start('mail', mailWorkflowId(emailId), [{ emailId }], afterMs),
    startWelcome: (purchaseId) => start('welcome', welcomeWorkflowId(purchaseId), [{ purchaseId }]),
    isReachable: () => isReachable(client),
  };
}

const purchase = (purchaseId: string) => ({
  workflowId: purchaseWorkflowId(purchaseId),
  taskQueue: LIFECYCLE_QUEUE,
  args: [{ purchaseId }],
  staticSummary: 'One purchase: billing, access, refunds',
  ...AGAIN,
});

const lookInto = (client: Client, purchaseId: string, look: Look): Promise<unknown> =>
  client.workflow.executeUpdateWithStart('look', {
    startWorkflowOperation: new WithStartWorkflowOperation('purchase', purchase(purchaseId)),
    args: [look],
  });

const wakeUp = (client: Client, purchaseId: string, wake: Wake): Promise<unknown> =>
  client.workflow.signalWithStart('purchase', { ...purchase(purchaseId), signal: 'wake', signalArgs: [wake] });

/** Signaled as well as started, so that a run that is about to end learns of the new target. */
const moveClock = (client: Client, args: ClockArgs): Promise<unknown> =>
  client.workflow.signalWithStart('testClock', {
    workflowId: clockWorkflowId(args.accountId),
    taskQueue: LIFECYCLE_QUEUE,
    args: [args],
    signal: 'wake',
    signalArgs: [{ kind: 'clock.asked', rowId: null } satisfies Wake],
    ...AGAIN,
  });

const wakeJob = (client: Client, args: JobArgs): Promise<unknown> =>
  client.workflow.signalWithStart('bulkJob', {
    workflowId: jobWorkflowId(args.jobId),
    taskQueue: LIFECYCLE_QUEUE,
    args: [args],
    signal: 'wake',
    signalArgs: [{ kind: 'job.changed', rowId: null } satisfies Wake],
    staticSummary: 'What was asked for many at once',
    ...AGAIN,
  });

async function isReachable({ connection }: Client): Promise<boolean> {
  try {
    await connection.withDeadline(Date.now() + 1_000, () => connection.workflowService.getSystemInfo({}));
    return true;
  } catch {
    return false;
  }
}

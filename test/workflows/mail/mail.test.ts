import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { temporal as proto } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { createWakes } from '../../../activities/gateways/temporal.ts';
import { EMAIL_QUEUE, LIFECYCLE_QUEUE, mailWorkflowId, welcomeWorkflowId } from '../../../workflows/ids.ts';
import type { mail } from '../../../workflows/mail/mail.ts';
import type { welcome } from '../../../workflows/mail/welcome.ts';
import { aMailGround, T0, type MailGround } from '../../activities/mail/a-mail-ground.ts';
import { aBoughtStory, aStory } from '../../activities/mail/a-story.ts';
import { temporal } from '../../ground/temporal.ts';
import { startTimeSkipping } from '../../ground/time-skipping.ts';

const GRANT = { isNewCustomer: true, skipConfirmation: false, skipWelcome: false };

let ground: MailGround;
let environment: TestWorkflowEnvironment;
let stopWorkers: () => Promise<void>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  [ground, environment] = await Promise.all([aMailGround(), startTimeSkipping()]);
  stopWorkers = await runWorkers();
});

beforeEach(async () => {
  await ground.mailbox.control('DELETE', '/faults');
  await ground.mailbox.control('DELETE', '/emails');
});

afterAll(async () => {
  await stopWorkers();
  await environment.teardown();
  await ground.close();
});

/** Both queues, each with its own worker, as in production. */
async function runWorkers(): Promise<() => Promise<void>> {
  const activities = ground.activities(300);
  const workflowBundle = { codePath: temporal.bundle };
  const shared = { connection: environment.nativeConnection, activities };
  const workers = await Promise.all([
    Worker.create({ ...shared, taskQueue: LIFECYCLE_QUEUE, workflowBundle }),
    Worker.create({ ...shared, taskQueue: EMAIL_QUEUE }),
  ]);
  const running = workers.map((worker) => worker.run());
  return async () => {
    workers.forEach((worker) => worker.shutdown());
    await Promise.all(running);
  };
}

const wakes = () => createWakes(environment.client);

async function sendMail(emailId: string): Promise<string> {
  await wakes().startMail(emailId);
  return environment.client.workflow.getHandle<typeof mail>(mailWorkflowId(emailId)).result();
}

async function sendWelcome(purchaseId: string) {
  await wakes().startWelcome(purchaseId);
  return environment.client.workflow.getHandle<typeof welcome>(welcomeWorkflowId(purchaseId)).result();
}

/** The emails that arrived, oldest first: their rows. */
const arrived = async () => (await ground.mailbox.emails()).map(({ idempotencyKey }) => idempotencyKey).reverse();

async function aGrant() {
  const story = await aStory(ground, { origin: 'granted' });
  const emails = await story.ask('grant', GRANT, { at: T0 });
  const order = [emails['offer-grant-confirmation'] ?? '', emails['member-welcome'] ?? ''];
  return { purchaseId: story.purchaseId, order };
}

async function historyOf(handle: WorkflowHandle): Promise<Buffer> {
  return Buffer.from(proto.api.history.v1.History.encode(await handle.fetchHistory()).finish());
}

describe('mail', () => {
  test.each(['429', '500', 'reset', 'hang', 'reset_after', 'hang_after'] as const)(
    'after %s the email arrives, once',
    async (kind) => {
      const { confirmation } = await aBoughtStory(ground);
      await ground.mailbox.fault({ kind });

      expect(await sendMail(confirmation)).toBe('sent');
      expect(await arrived()).toEqual([confirmation]);
      expect(await ground.email(confirmation)).toMatchObject({ state: 'sent', attempts: 2 });
    },
  );

  test('started again it finds the email sent', async () => {
    const { confirmation } = await aBoughtStory(ground);
    await sendMail(confirmation);

    expect(await sendMail(confirmation)).toBe('sent');
    expect(await arrived()).toEqual([confirmation]);
  });

  test('a provider that is away for more than five days leaves it failed, with the reason', async () => {
    const { confirmation } = await aBoughtStory(ground);
    await ground.mailbox.fault({ kind: '500', times: null });

    expect(await sendMail(confirmation)).toBe('given up');
    const { state, reason, attempts } = await ground.email(confirmation);
    expect({ state, reason }).toEqual({ state: 'failed', reason: 'no_try_left: 500 internal_server_error' });
    expect(attempts).toBeGreaterThan(100);
  });
});

describe('welcome', () => {
  test('a grant is confirmed before the welcome, even if the confirmation takes several tries', async () => {
    const { purchaseId, order } = await aGrant();
    await ground.mailbox.fault({ kind: '500', times: 3 });

    expect(await sendWelcome(purchaseId)).toEqual(order.map((emailId) => ({ emailId, state: 'sent' })));
    expect(await arrived()).toEqual(order);
  });

  test('what the provider refuses for good holds up nothing behind it', async () => {
    const { purchaseId, order } = await aGrant();
    await ground.sql(`update emails set subject = ' ', html = '', text = '' where id = ?`, [order[0]]);

    expect(await sendWelcome(purchaseId)).toEqual([
      { emailId: order[0], state: 'failed' },
      { emailId: order[1], state: 'sent' },
    ]);
  });

  test('is one workflow task, in which each email is a step that says what it is', async () => {
    const { purchaseId } = await aGrant();
    await sendWelcome(purchaseId);

    const handle = environment.client.workflow.getHandle(welcomeWorkflowId(purchaseId));
    const { events } = await handle.fetchHistory();
    const count = (name: string) =>
      events?.filter((event) => name in event && event[name as keyof typeof event]).length;
    const summaries = events?.flatMap(({ userMetadata }) =>
      userMetadata?.summary ? [JSON.parse(Buffer.from(userMetadata.summary.data ?? []).toString()) as string] : [],
    );
    expect(count('workflowTaskCompletedEventAttributes')).toBe(1);
    expect(count('activityTaskScheduledEventAttributes')).toBe(0);
    expect(summaries).toEqual(expect.arrayContaining(['Send the offer-grant-confirmation', 'Send the member-welcome']));
  });

  test('started again it sends nothing', async () => {
    const { purchaseId, order } = await aGrant();
    await sendWelcome(purchaseId);

    expect(await sendWelcome(purchaseId)).toEqual([]);
    expect(await arrived()).toEqual(order);
  });

  test('of a purchase sends its confirmation only', async () => {
    const { story, confirmation } = await aBoughtStory(ground);
    await story.ask('pause', { resumeAt: null, access: 'keep' }, { at: T0 });

    expect(await sendWelcome(story.purchaseId)).toEqual([{ emailId: confirmation, state: 'sent' }]);
  });
});

test('histories hold ids and nothing personal', async () => {
  const { purchaseId, order } = await aGrant();
  const { confirmation } = await aBoughtStory(ground);
  await ground.mailbox.fault({ kind: 'reset', times: 2 });
  await sendWelcome(purchaseId);
  await ground.mailbox.fault({ kind: '500' });
  await sendMail(confirmation);

  const { workflow } = environment.client;
  const histories = await Promise.all(
    [welcomeWorkflowId(purchaseId), mailWorkflowId(confirmation)].map((id) => historyOf(workflow.getHandle(id))),
  );
  expect(histories[0]?.includes(order[1] ?? 'none')).toBe(true);
  for (const history of histories)
    for (const personal of ['ada@example.com', 'Ada', 'Lovelace', 'set-password', 'Studio'])
      expect([personal, history.includes(personal)]).toEqual([personal, false]);
});

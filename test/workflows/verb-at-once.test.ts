import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { shop, stack, useShop } from '../ground/use-shop.ts';

useShop();

type Gained = { tasks: number; said: string[] };

/** Workflow tasks and the words of every step, once no task is under way and so all is there. */
const historyOf = (purchaseId: string): Promise<Gained> =>
  eventually(async () => {
    const { events = [] } = await shop.workflow(purchaseId).fetchHistory();
    const all = events ?? [];
    const tasks = all.filter((one) => one.workflowTaskCompletedEventAttributes).length;
    const failed = all.filter(
      (one) => one.workflowTaskFailedEventAttributes ?? one.workflowTaskTimedOutEventAttributes,
    );
    const begun = all.filter((one) => one.workflowTaskScheduledEventAttributes);
    if (tasks + failed.length < begun.length) return null;
    const said = all.flatMap(({ userMetadata }) =>
      userMetadata?.summary ? [JSON.parse(Buffer.from(userMetadata.summary.data ?? []).toString()) as string] : [],
    );
    return { tasks, said };
  });

async function gainedBy(purchaseId: string, act: () => Promise<unknown>) {
  const before = await historyOf(purchaseId);
  await act();
  return eventually(async () => {
    const after = await historyOf(purchaseId);
    const gained = { tasks: after.tasks - before.tasks, said: after.said.slice(before.said.length) };
    return gained.tasks > 0 && gained;
  });
}

const localSteps = ({ said }: { said: string[] }) => said.filter((words) => /^(Look|Record|Take)/.test(words));

test('a verb with a write at Stripe is one workflow task with one step: nothing is looked for that is known', async () => {
  const purchaseId = await shop.buy();

  const gained = await gainedBy(purchaseId, () => shop.ask(purchaseId, 'pause', { resumeAt: null, access: 'keep' }));

  expect(gained.tasks).toBe(1);
  expect(localSteps(gained)).toEqual([
    'Record pause as pending, send pauseCollection, voidOpenInvoices, record the answers',
  ]);
  expect(await shop.state(purchaseId)).toMatchObject({ pending: null, billing: { pause: { access: 'keep' } } });
});

test('a look that came along is not believed where the purchase has moved on since', async () => {
  const purchaseId = await shop.buy();
  const { commandId, ahead } = await shop.write(purchaseId, 'revoke', { productIds: null });
  await stack.deps.wakes.wake(purchaseId, { kind: 'test', rowId: null });
  await shop.untilEnded(commandId);

  const gained = await gainedBy(purchaseId, () =>
    stack.deps.wakes.look(purchaseId, { kind: 'revoke', rowId: commandId, ahead }),
  );

  expect(localSteps(gained)).toEqual(['Look into the inbox']);
  expect((await shop.timeline(purchaseId)).filter(([type]) => type === 'purchase.revoked')).toHaveLength(1);
});

test('a look that came along is not believed once it is old, nor beside another message', async () => {
  const purchaseId = await shop.buy();
  const old = await shop.write(purchaseId, 'revoke', { productIds: null });
  const at = new Date(Date.now() - 11_000).toISOString();

  const gained = await gainedBy(purchaseId, () =>
    stack.deps.wakes.look(purchaseId, { kind: 'revoke', rowId: old.commandId, ahead: { ...old.ahead!, at } }),
  );

  expect(localSteps(gained)).toEqual(['Look into the inbox', 'Record purchase.revoked']);
});

test('what is asked while another row is open brings no look along', async () => {
  const purchaseId = await shop.buy();
  const first = await shop.write(purchaseId, 'revoke', { productIds: null });
  const second = await shop.write(purchaseId, 'restore', { productIds: null });

  expect([first.ahead?.taken.rows.length, second.ahead]).toEqual([1, null]);
});

test('a command that was withdrawn is not carried out by the look that came along', async () => {
  const purchaseId = await shop.buy();
  const { commandId, ahead } = await shop.write(purchaseId, 'revoke', { productIds: null });
  await shop.sql(`update inbox set state = 'refused' where id = ?`, [commandId]);

  const gained = await gainedBy(purchaseId, () =>
    stack.deps.wakes.look(purchaseId, { kind: 'revoke', rowId: commandId, ahead }),
  );

  expect(localSteps(gained)).toEqual(['Record purchase.revoked', 'Take the purchase over']);
  expect((await shop.state(purchaseId)).revoked).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdir, readFile } from 'node:fs/promises';
import { v7 as uuid } from 'uuid';
import type { Browser, Page } from 'playwright-core';
import { purchaseWorkflowId } from '../../workflows/ids.ts';
import { state as stateQuery } from '../../workflows/messages.ts';
import { eventually } from '../ground/eventually.ts';
import { ownTemporal, type OwnTemporal } from '../ground/own-temporal.ts';
import { aSite, type Site } from '../journeys/a-site.ts';
import { aTown, type Town } from '../journeys/a-town.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { openBrowser } from './a-visit.ts';

/** What docs/operations.md promises of the Temporal UI; its pictures are taken here. */
const VIEW = { width: 1400, height: 1000 };
/** The UI is a large page of its own, and machines may be busy. */
const PATIENCE_MS = 60_000;
jest.setTimeout(3 * PATIENCE_MS);

let server: OwnTemporal;
let town: Town;
let browser: Browser;
let site: Site;
let page: Page;
let healthy: string;
let refused: string;
let waiting: string;
let dispute: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([ownTemporal({ hasUi: true }), openBrowser()]);
  town = await aTown({ temporal: server.place });
  site = await aSite(town);
  page = await (await browser.newContext({ viewport: VIEW, colorScheme: 'light', locale: 'en-US' })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const offer = await site.offer();
  [healthy, refused, waiting] = [await site.buy(offer), await site.buy(offer), await site.buy(offer)];
  await site.moveTo('2027-02-28T12:00:00.000Z');
  dispute = await refuseItsLastRefund(refused);
  await control(town.sandbox, 'POST', '/faults', { kind: 'reset', method: 'POST', path: '/v1/subscriptions' });
  await give(waiting, 'pause');
}, 180_000);

afterAll(async () => {
  await browser.close();
  await town.close();
  await server.close();
});

const workflowOf = (purchaseId: string) => town.deps.temporal.client.workflow.getHandle(purchaseWorkflowId(purchaseId));

const give = (purchaseId: string, verb: string, input: object = {}) =>
  workflowOf(purchaseId).executeUpdate<{ commandId: string }, [object]>('command', {
    args: [{ verb, input, operatorId: uuid() }],
  });

/**
 * Money-back of two payments, one of which is disputed between the check of everything and its
 * turn.
 */
async function refuseItsLastRefund(purchaseId: string): Promise<string> {
  await control(town.sandbox, 'POST', '/faults', { kind: 'reset', method: 'POST', path: '/v1/refunds' });
  await give(purchaseId, 'money-back');
  await eventually(async () => {
    const held = await workflowOf(purchaseId).query(stateQuery);
    return held?.pending?.writes[held.pending.answered]?.op === 'refund';
  });
  const { id } = await control(town.sandbox, 'POST', '/disputes', { charge: await site.chargeOf(purchaseId, 1) });
  await control(town.sandbox, 'DELETE', '/faults');
  await site.press(purchaseId, 'retry');
  await eventually(async () => (await site.read(purchaseId)).attentions.length > 0);
  return String(id);
}

const addressOf = (purchaseId: string): string =>
  `${server.uiUrl}/namespaces/default/workflows/${encodeURIComponent(purchaseWorkflowId(purchaseId))}`;

/** The UI keeps some of its buttons twice, one for each width. */
const seen = (text: string) => page.getByText(text).locator('visible=true').first();

async function openTab(purchaseId: string, tab: string): Promise<void> {
  await page.goto(addressOf(purchaseId));
  await seen(tab).click();
}

/** As much of it from the top as the document needs. */
async function keep(name: string, height: number): Promise<void> {
  await mkdir('test-output/screenshots', { recursive: true });
  const clip = { x: 0, y: 0, width: VIEW.width, height };
  await page.screenshot({ path: `test-output/screenshots/temporal-${name}.png`, clip });
}

/** Somewhere on the page: the UI shows Markdown in frames of their own. */
const shows = (text: string | RegExp) =>
  eventually(async () => {
    const seenIn = page.frames().map((frame) => frame.getByText(text).locator('visible=true').count());
    return (await Promise.all(seenIn)).some((count) => count > 0);
  }, PATIENCE_MS);

/** Pastes a query as the document says, until the list shows exactly these. */
async function finds(query: string, purchaseIds: string[]): Promise<void> {
  await page.goto(`${server.uiUrl}/namespaces/default/workflows`);
  await page.getByTestId('toggle-manual-query').locator('visible=true').first().click();
  await page.getByPlaceholder('Enter a query').fill(query);
  await page.getByPlaceholder('Enter a query').press('Enter');
  const wanted = purchaseIds.map(purchaseWorkflowId).sort();
  await eventually(async () => {
    const text = await page.locator('body').innerText();
    const found = [...new Set(text.match(/purchase:[\da-f-]{36}/g) ?? [])].sort();
    return expect(found).toEqual(wanted) === undefined;
  }, PATIENCE_MS);
}

/** More Actions → Send an Update. */
async function press(purchaseId: string, update: 'retry' | 'abandon', picture?: string): Promise<void> {
  await page.goto(addressOf(purchaseId));
  await page.getByRole('button', { name: 'More Actions' }).locator('visible=true').first().click();
  await page.getByRole('menuitem', { name: 'Send an Update' }).locator('visible=true').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('button[aria-haspopup]').click();
  if (picture) await dialog.screenshot({ path: `test-output/screenshots/temporal-${picture}.png` });
  await dialog.getByRole('option', { name: update }).click();
  await dialog.getByRole('button', { name: 'Submit' }).click();
}

describe('the Temporal UI', () => {
  test('says in words where a healthy purchase stands, and what is due', async () => {
    await openTab(healthy, 'User Metadata');

    await shows('One purchase: billing, access, refunds');
    await shows(/billing active, access full/);
    await shows(/refund window open, closes 2027-03-02T09:00:00.000Z/);
    await shows(/2027-03-31T09:00:00.000Z: renewal, by Stripe/);
    await keep('healthy', 940);
  });

  test('finds what is stuck by a query', async () => {
    await eventually(async () => {
      const query = 'NeedsAttention = true';
      return (await town.deps.temporal.client.workflow.count(query)).count === 1;
    });

    await finds('NeedsAttention = true', [refused]);
    await keep('list', 420);
    await finds(`AccountId = '${site.accountId}' AND WorkflowType = 'purchase'`, [healthy, refused, waiting]);
    await finds(`NextDueKind = 'refund-window-closes' AND BillingStatus = 'active'`, [healthy, waiting]);
    await finds(`NextDueAt < '2027-03-03T00:00:00Z' AND ExecutionStatus = 'Running'`, [healthy, waiting]);
  });

  test('says why a purchase needs attention and what to press', async () => {
    await openTab(refused, 'User Metadata');

    await shows('Needs attention: Stripe refused a refund after the verb had begun');
    await shows(/More Actions → Send an Update/);
    await keep('attention', 940);
    await openTab(refused, 'Search Attributes');
    await shows(/refund_refused/);
  });

  test('shows how often Stripe was tried, and what was the last failure', async () => {
    await openTab(waiting, 'Pending Activities');

    await shows(/Stripe cannot be reached/);
    await keep('pending', 615);
  });

  test('takes `retry`, which carries out what Stripe lets through by now', async () => {
    await control(town.sandbox, 'POST', `/disputes/${dispute}/win`);

    await press(refused, 'retry', 'update');

    await eventually(async () => {
      const { attentions, payments } = await site.read(refused);
      return attentions.length === 0 && payments.every(({ refundedMinor }) => refundedMinor === 2900);
    }, PATIENCE_MS);
  });

  test('takes `abandon`, after which nothing is under way', async () => {
    await press(waiting, 'abandon');

    await eventually(async () => (await site.read(waiting)).pending === null, PATIENCE_MS);
    const { body } = await site.owner.get(`/v1/commands?purchaseId=${waiting}&verb=pause`);
    expect(body.data).toMatchObject([{ status: 'failed', problem: { code: 'abandoned' } }]);
    expect((await site.read(waiting)).billingStatus).toBe('active');
  });

  test('understands every query of docs/operations.md', async () => {
    const text = await readFile('docs/operations.md', 'utf8');
    const queries = [...text.matchAll(/```text\n([^`]+)```/g)].flatMap(([, block]) => block!.trim().split('\n'));

    expect(queries.length).toBeGreaterThan(5);
    for (const query of queries) {
      const { count } = await town.deps.temporal.client.workflow.count(query.replace(/<[^>]+>/, uuid()));
      expect(count).toBeGreaterThanOrEqual(0);
    }
  });
});

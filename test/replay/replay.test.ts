import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LIFE_NAMES } from './lives.ts';
import { HISTORIES, replay } from './replay.ts';

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;
type History = { events: Record<string, Json>[] };

const files = readdirSync(HISTORIES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
const textOf = (file: string): string => readFileSync(join(HISTORIES, file), 'utf8');
const historyOf = (file: string) => JSON.parse(textOf(file)) as History;

/** Every payload of a history, decoded. */
function payloadsOf(json: Json): string[] {
  if (json === null || typeof json !== 'object') return [];
  if (Array.isArray(json)) return json.flatMap(payloadsOf);
  const { data, metadata } = json;
  if (metadata && typeof data === 'string') return [Buffer.from(data, 'base64').toString('utf8')];
  return Object.values(json).flatMap(payloadsOf);
}

test('every kind of life has been recorded', () => {
  expect(files.map((file) => basename(file, '.json'))).toEqual(expect.arrayContaining([...LIFE_NAMES]));
});

describe.each(files)('%s', (file) => {
  test('comes out the same with the workflows of today', async () => {
    expect(await replay(basename(file, '.json'), historyOf(file))).toBeNull();
  });

  test('has nothing in it by which a person or a machine is known', () => {
    const payloads = payloadsOf(historyOf(file));

    expect(payloads.length).toBeGreaterThan(0);
    expect(payloads.filter((payload) => /@|Ada|Lovelace|Willow/.test(payload))).toEqual([]);
    expect(textOf(file)).not.toMatch(/\d@|node_modules|file:/);
  });
});

describe('workflows that do something else than they did', () => {
  const recorded = (name: string) => historyOf(files.find((file) => basename(file, '.json') === name)!);

  test.each([
    ['mail', 'welcome'],
    ['welcome', 'mail'],
    ['granted', 'testClock'],
  ])('are noticed: the history of %s, told to %s', async (name, workflowType) => {
    const history = JSON.stringify(recorded(name)).replace(/"workflowType":\{"name":"\w+"\}/, () =>
      JSON.stringify({ workflowType: { name: workflowType } }).slice(1, -1),
    );

    expect(await replay(name, JSON.parse(history))).toMatch(/DeterminismViolationError/);
  });

  test('are noticed: a timer of which nothing was known then', async () => {
    const { events } = recorded('granted');
    const ofTimers = events.filter((event) => !('timerStartedEventAttributes' in event));

    expect(ofTimers.length).toBeLessThan(events.length);
    expect(await replay('granted', { events: renumbered(ofTimers) })).not.toBeNull();
  });
});

const renumbered = (events: History['events']) =>
  events.map((event, index) => ({ ...event, eventId: String(index + 1) }));

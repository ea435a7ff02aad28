import { randomUUID } from 'node:crypto';
import { addDays } from '../workflows/domain/instant.ts';
import type { DemoClient } from './api-client.ts';
import { buy, isPaid, isStarted, offersOf } from './buy.ts';
import { DISPUTED, REFUSED_LATER } from './cards.ts';

type Overview = {
  now: string;
  attention: { pastDue: number; inDispute: number };
  upcoming: unknown[];
  today: { bought: number };
};

const called = (name: string) => ({
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}-${randomUUID().slice(0, 8)}@example.com`,
});

/**
 * People who are there when the story is over: one is overdue, one disputes, one is in a trial, one
 * renews. So the home has something to show, and something to do.
 */
export async function bringNewcomers(api: DemoClient, moveTo: (to: string) => Promise<void>): Promise<string> {
  const { month, year } = await offersOf(api);
  await buy(api, year, { ...called('Eva Marchetti'), card: REFUSED_LATER }, isStarted);
  const { now } = await overviewOf(api);
  await moveTo(addDays(now, 15));
  await buy(api, month, { ...called('Ben Okafor'), card: DISPUTED }, isPaid);
  await buy(api, month, called('Dan Novák'), isPaid);
  await buy(api, year, called('Cleo Sørensen'), isStarted);
  await api.until<Overview>('the home to show all of them', '/overview', isFull);
  return 'four more people: one overdue, one who disputes, one in a trial, one who renews';
}

const overviewOf = (api: DemoClient): Promise<Overview> => api.get('/overview');

const isFull = ({ attention: { pastDue, inDispute }, upcoming, today }: Overview): boolean =>
  pastDue > 0 && inDispute > 0 && upcoming.length >= 3 && today.bought >= 3;

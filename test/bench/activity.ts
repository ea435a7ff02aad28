import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { scopeTo } from '../../db/account-scope.ts';
import { aSegment } from '../builders/rows.ts';
import type { Bench, Figure, Tools } from './bench.ts';
import type { BenchStack } from './bench-stack.ts';
import { atMost, byItself, short } from './figures.ts';
import type { Ask } from './read/asks.ts';
import { figureOfReads } from './read/figures.ts';
import { keepPlans } from './read/plans.ts';
import { percentile } from './rounds.ts';
import { openSite, type Site } from './site.ts';
import { fillWithActivity } from './store/activity.ts';

const SCALES = {
  full: { customers: 100_000, each: 100, samples: 100, rounds: 3, reports: 50, atOnce: 1_000 },
  small: { customers: 200, each: 10, samples: 3, rounds: 1, reports: 2, atOnce: 20 },
};
type Size = (typeof SCALES)['full'];

/** Who is active, and what a person did, where much has been done [R17]. */
export const activity: Bench = {
  name: 'activity',
  about: 'active customers and what people do, with 100,000 customers and 10 million rows of it; and taking it in',
  async run(scale, tools) {
    const size = SCALES[scale];
    const folder = join('test-output', 'bench', 'plans-of-activity');
    const stack = await tools.ground.stack();
    try {
      const site = await openSite(stack, 'live');
      const { id: productId } = await site.post<{ id: string }>('/v1/products', { name: 'Course' });
      tools.say(`making ${size.customers} customers who did ${size.each} things each`);
      await fillWithActivity(stack.deps.orm.em.fork(), site.accountId, { ...size, productId });
      const asks = await asksOf(stack, site);
      await keepPlans({ get: site.get, stack, shop: site }, asks, folder);
      const figures: Figure[] = [];
      for (const ask of asks) figures.push(await figureOfReads(site, ask, { ...size, limit: atMost(50), tools }));
      return [...figures, await ofReports(site, size, tools)];
    } finally {
      await stack.close();
    }
  },
};

async function asksOf(stack: BenchStack, site: Site): Promise<Ask[]> {
  const em = scopeTo(stack.deps.orm.em.fork(), site.accountId);
  const segment = (days: number, isNot: boolean) =>
    aSegment(em, site.accountId, { filters: [{ kind: 'active', days, isNot }] });
  const [few, others] = [await segment(7, false), await segment(30, true)];
  const people = await someWithProgress(site);
  const [busiest = ''] = people;
  const ofPeople =
    (what: string): Ask['paths'] =>
    (n) => [`/v1/contacts/${people[n % people.length]}/${what}`];
  const one = (name: string, path: string): Ask => ({ name, kind: 'page', paths: () => [path] });
  return [
    one('active customers', '/v1/account/usage'),
    one('active customers by day', '/v1/account/usage/days'),
    one('plan of the account', '/v1/account/plan'),
    { name: 'what a person did', kind: 'list', paths: ofPeople('activity') },
    { name: 'what a person did, by day', kind: 'page', paths: ofPeople('activity/summary') },
    { name: 'how far a person is', kind: 'page', paths: ofPeople('progress') },
    one('what the busiest person did, by day', `/v1/contacts/${busiest}/activity/summary`),
    one('segment: active in the last 7 days', `/v1/contacts?segment=${few}`),
    one('count of those active in the last 7 days', `/v1/contacts/count?segment=${few}`),
    one('segment: not active in the last 30 days', `/v1/contacts?segment=${others}`),
    one('count of those not active in the last 30 days', `/v1/contacts/count?segment=${others}`),
  ];
}

/** The first is who did most. */
async function someWithProgress({ sql, accountId }: Site): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `select contact_id as id from progress p join contacts c on c.id = p.contact_id where p.account_id = ? and lesson_id = 'lesson-1'
     order by c.created_at desc limit 500`,
    [accountId],
  );
  return rows.map(({ id }) => id);
}

/** So many that nobody has reported before, in one request. */
async function ofReports(site: Site, { reports, atOnce }: Size, tools: Tools): Promise<Figure> {
  const people = await site.sql<{ id: string }>(
    'select id from contacts where account_id = ? order by random() limit 5000',
    [site.accountId],
  );
  const one = (n: number) => ({
    id: uuid(),
    contactId: people[n % people.length]?.id,
    kind: n % 5 === 0 ? 'login' : 'posted',
    at: new Date().toISOString(),
  });
  const { value: taken, others } = await tools.quiet.watch(async () => {
    const times: number[] = [];
    for (let request = 0; request < reports; request += 1) {
      const data = Array.from({ length: atOnce }, (_, n) => one(request * atOnce + n));
      const began = performance.now();
      await site.post('/v1/activity', { data });
      times.push(performance.now() - began);
    }
    return times;
  });
  const notes = [`p50 ${short(percentile(taken, 0.5))}`];
  return byItself({ name: `taking in ${atOnce}`, unit: 'ms, p99', notes }, [percentile(taken, 0.99)], [others]);
}

import { setTimeout as pause } from 'node:timers/promises';
import { EMAIL_KINDS } from '../../emails/catalogue.ts';
import { eventually } from '../ground/eventually.ts';
import type { Shop } from '../ground/shop.ts';
import type { Bench, Figure, Scale, Tools } from './bench.ts';
import { PROCESSES, type BenchStack } from './bench-stack.ts';
import { besideFloor, byItself, short } from './figures.ts';
import { allOf, processorMs, type ProcessorMs } from './processor-time.ts';
import { runLoad } from './programs.ts';
import { buyAll, quiet, type Bought } from './purchases.ts';
import { legsOf, percentile, rounds, type Measures, type Round } from './rounds.ts';
import { openSite, type Site } from './site.ts';
import { clonePurchases } from './store/clone-purchases.ts';
import type { VerbLoad, VerbTimes } from './verb-latency/load.ts';

type Step = { atOnce: number; times: number };
type Size = { steps: Step[]; customers: number; rounds: number; listed: number; looks: number; restMs: number };

const scales: Record<Scale, Size> = {
  full: {
    steps: [
      { atOnce: 1, times: 40 },
      { atOnce: 16, times: 8 },
    ],
    customers: 25,
    rounds: 5,
    listed: 10_000,
    looks: 50,
    restMs: 20_000,
  },
  small: { steps: [{ atOnce: 1, times: 2 }], customers: 1, rounds: 1, listed: 20, looks: 2, restMs: 200 },
};

/**
 * What one would ask of any system that keeps subscriptions, to stand beside another; the floor is
 * the same with all emails off.
 */
export const peer: Bench = {
  name: 'peer',
  about: 'verbs, new customers and a list, with the processor time of each process; with emails, and beside it without',
  async run(scale, tools) {
    const stack = await tools.ground.stack();
    const size = scales[scale];
    try {
      const resting = await atRest(stack, size, tools);
      const most = Math.max(...size.steps.map(({ atOnce }) => atOnce));
      const [on, off] = [await buyAll(stack, most), await buyAll(stack, most)];
      await switchEmailsOff(off.shop);
      const verbs: Figure[] = [];
      for (const step of size.steps) verbs.push(...(await ofVerbs({ stack, on, off, step, size, tools })));
      return [...verbs, ...(await ofNewCustomers(stack, size, tools)), resting, await ofList(stack, on, size, tools)];
    } finally {
      await stack.close();
    }
  },
};

/** What all processes take of the processors while nothing happens. */
async function atRest(stack: BenchStack, { restMs }: Size, { quiet: machine }: Tools): Promise<Figure> {
  const { value, others } = await machine.watch(() => processorMs(stack, () => pause(restMs)));
  const perSecond = (ms: number) => (ms * 1_000) / restMs;
  const notes = [PROCESSES.map((kind) => `${kind} ${short(perSecond(value.ms[kind]))}`).join(', ')];
  return byItself({ name: 'at rest, processor time', unit: 'ms/s', notes }, [perSecond(allOf(value.ms))], [others]);
}

type OfVerbs = { stack: BenchStack; on: Bought; off: Bought; step: Step; size: Size; tools: Tools };

async function ofVerbs({ stack, on, off, step, size, tools }: OfVerbs): Promise<Figure[]> {
  const { atOnce, times } = step;
  const leg = (bought: Bought) => async (): Promise<Measures> => {
    const ids = bought.purchaseIds.slice(0, atOnce);
    const by: VerbLoad['by'] = { kind: 'http', url: stack.apiUrl, key: bought.key, verbs: ['pause', 'resume'] };
    const before = await emailsOf(bought.shop);
    const { value, ms } = await processorMs(stack, async () => {
      const { ms: each, perSecond } = await runLoad<VerbTimes>('verb-latency/load.ts', { ids, times, by });
      await quiet(bought.shop); // what its emails take is counted, too
      return { p50: percentile(each, 0.5), perSecond };
    });
    const count = atOnce * times;
    const emails = ((await emailsOf(bought.shop)) - before) / count;
    return { ...value, emails, ...measuresOf(ms, count) };
  };
  const legs = { ours: leg(on), floor: leg(off) };
  await legs.ours();
  await legs.floor();
  const done = await rounds(size.rounds, legs, tools);
  const name = atOnce === 1 ? 'one at a time' : `${atOnce} at once`;
  return [
    besideFloor({ name: `${name}, p50`, unit: 'ms', measure: 'p50' }, done),
    besideFloor({ name: `${name}, rate`, unit: 'verbs/s', measure: 'perSecond' }, done),
    ...timesOf(name, done),
  ];
}

/** From the checkout until everything is recorded and the confirmation has been sent. */
async function ofNewCustomers(stack: BenchStack, { customers, rounds: count }: Size, tools: Tools): Promise<Figure[]> {
  const side = async () => {
    const site = await openSite(stack, 'live');
    return { site, offerId: await site.offer() };
  };
  const [on, off] = [await side(), await side()];
  await switchEmailsOff(off.site);
  const leg =
    ({ site, offerId }: Awaited<ReturnType<typeof side>>) =>
    async (): Promise<Measures> => {
      const before = await emailsOf(site);
      const { ms } = await processorMs(stack, async () => {
        for (let bought = 0; bought < customers; bought += 1) await site.checkOut(offerId);
        await allBegun(site);
      });
      return { emails: ((await emailsOf(site)) - before) / customers, ...measuresOf(ms, customers) };
    };
  const legs = { ours: leg(on), floor: leg(off) };
  await legs.ours();
  await legs.floor();
  return timesOf('a new paid customer', await rounds(count, legs, tools));
}

async function allBegun(site: Site): Promise<void> {
  await eventually(async () => {
    const [left] = await site.sql<{ count: string }>(
      'select count(*) as count from purchases where account_id = ? and started_at is null',
      [site.accountId],
    );
    return left?.count === '0';
  }, 60_000);
  await site.quiet();
}

/** Of one verb or one customer. */
const measuresOf = (ms: ProcessorMs, count: number): Measures => ({
  all: allOf(ms) / count,
  ...Object.fromEntries(PROCESSES.map((kind) => [kind, ms[kind] / count])),
});

function timesOf(name: string, done: readonly Round[]): Figure[] {
  const figure = (measure: string, what: string) =>
    besideFloor({ name: `${name}, processor time, ${what}`, unit: 'ms', measure }, done);
  return [figure('all', 'all processes'), ...PROCESSES.map((kind) => figure(kind, kind)), mailOf(name, done)];
}

/** What one email takes more, from its record to its sending, by the difference of the sides. */
function mailOf(name: string, done: readonly Round[]): Figure {
  const emails = legsOf(done, 'ours', 'emails');
  const without = legsOf(done, 'floor', 'all');
  const each = legsOf(done, 'ours', 'all').map((all, leg) => (all - (without[leg] ?? NaN)) / (emails[leg] ?? NaN));
  const notes = [`${short(percentile(emails, 0.5))} emails each`];
  const others = done.flatMap((round) => [round.others, round.others]);
  return byItself({ name: `${name}, processor time, an email`, unit: 'ms', notes }, each, others);
}

async function ofList(
  stack: BenchStack,
  { shop, key, purchaseIds }: Bought,
  size: Size,
  tools: Tools,
): Promise<Figure> {
  await clonePurchases(shop, { templates: [{ purchaseId: purchaseIds[0] ?? '', share: 100 }], count: size.listed });
  const look = async (): Promise<number> => {
    const began = performance.now();
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${stack.apiUrl}/v1/purchases?limit=100`, { headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the list was answered with ${answer.status}: ${text}`);
    return performance.now() - began;
  };
  await look();
  const { value, others } = await tools.quiet.watch(async () => {
    const taken: number[] = [];
    while (taken.length < size.looks) taken.push(await look());
    return taken;
  });
  return byItself({ name: `list 100 of ${size.listed}, p50`, unit: 'ms' }, [percentile(value, 0.5)], [others]);
}

type Account = Pick<Shop, 'accountId' | 'sql'>;

const switchEmailsOff = ({ sql, accountId }: Account) =>
  sql('update accounts set settings = settings || ?::jsonb where id = ?', [
    JSON.stringify({ receipts: 'off', emailsOff: EMAIL_KINDS }),
    accountId,
  ]);

async function emailsOf({ sql, accountId }: Account): Promise<number> {
  const [row] = await sql<{ count: string }>('select count(*) as count from emails where account_id = ?', [accountId]);
  return Number(row?.count);
}

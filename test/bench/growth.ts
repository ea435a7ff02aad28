import type { Bench, Figure, Tools } from './bench.ts';
import type { BenchStack } from './bench-stack.ts';
import type { EventLoad, EventTimes } from './event-to-read/load.ts';
import { besideFloor, ratioAtMost } from './figures.ts';
import { runLoad } from './programs.ts';
import { buyAll, quiet, type Bought } from './purchases.ts';
import { percentile, rounds, type Measures } from './rounds.ts';
import { asksOf, type Ask, type AskKind } from './read/asks.ts';
import { timeReads } from './read/time-reads.ts';
import { openStore, type Store } from './store/open-store.ts';
import { stripeEvents } from './stripe-events.ts';
import type { VerbLoad, VerbTimes } from './verb-latency/load.ts';

const scales = {
  full: { few: 1_000, many: 100_000, rounds: 5, samples: 10, times: 20, events: 60 },
  small: { few: 20, many: 200, rounds: 1, samples: 1, times: 2, events: 6 },
};

type Size = (typeof scales)['full'];

const NAMES: Record<'verbs' | 'events' | AskKind, string> = {
  verbs: 'pause and resume, p50',
  events: 'from an event to what is read of it, 20 a second, p50',
  page: 'purchase page and contact, p50',
  list: 'lists by filter and sort, p50 of all together',
  search: 'searches, p50 of all together',
  scan: 'counts and searches by two letters, p50 of all together',
};

/**
 * The same on two stacks, one of which has a hundred times as many purchases in its store: that is
 * "ours", the other the floor.
 */
export const growth: Bench = {
  name: 'growth',
  about: 'verbs, events and reads with 100,000 purchases in the store, beside 1,000',
  async run(scale, tools) {
    const size = scales[scale];
    const sides: Side[] = [];
    try {
      for (const purchases of [size.few, size.many]) sides.push(await openSide(tools, purchases));
      const [floor, ours] = sides.map((side) => legOf(side, size));
      if (!ours || !floor) throw new Error('two sides were to be opened');
      await ours();
      await floor();
      const done = await rounds(size.rounds, { ours, floor }, tools);
      return Object.entries(NAMES).map(([measure, name]) => figureOf(measure, name, done));
    } finally {
      for (const { stack } of sides) await stack.close();
    }
  },
};

const figureOf = (measure: string, name: string, done: Parameters<typeof besideFloor>[1]): Figure =>
  besideFloor({ name, unit: 'ms', measure, limit: ratioAtMost(1.2) }, done);

type Side = { stack: BenchStack; bought: Bought; bodies: string[]; store: Store; asks: Ask[] };

async function openSide({ ground, say }: Tools, purchases: number): Promise<Side> {
  const stack = await ground.stack({ isAlone: true });
  const bought = await buyAll(stack, 9);
  const bodies = await stripeEvents(stack, 'invoice.paid');
  say(`making ${purchases} contacts with a purchase each`);
  const store = await openStore(stack, bought, purchases);
  return { stack, bought, bodies, store, asks: await asksOf(store) };
}

const legOf = (side: Side, size: Size) => async (): Promise<Measures> => ({
  ...(await verbLeg(side, size)),
  ...(await eventLeg(side, size)),
  ...(await readLeg(side, size)),
});

async function verbLeg({ stack, bought }: Side, { times }: Size): Promise<Measures> {
  const { key, purchaseIds, shop } = bought;
  const by: VerbLoad['by'] = { kind: 'http', url: stack.apiUrl, key, verbs: ['pause', 'resume'] };
  const { ms } = await runLoad<VerbTimes>('verb-latency/load.ts', { ids: purchaseIds.slice(0, 1), times, by });
  await quiet(shop); // its emails are not sent during what comes next
  return { verbs: percentile(ms, 0.5) };
}

/** Of the purchases that no verb is asked of. */
async function eventLeg({ stack, bought, bodies }: Side, { events }: Size): Promise<Measures> {
  const { DATABASE_URL: databaseUrl = '', STRIPE_WEBHOOK_SECRET: secret = '' } = stack.environment;
  const theirs = bought.purchaseIds.slice(1).map((id) => bodies.find((body) => body.includes(id)) ?? '');
  const load: EventLoad = {
    databaseUrl,
    by: { kind: 'webhook', url: `${stack.apiUrl}/webhooks/stripe/platform`, secret, bodies: theirs },
    how: { kind: 'steady', perSecond: 20, events },
  };
  const { ms } = await runLoad<EventTimes>('event-to-read/load.ts', load);
  await quiet(bought.shop);
  return { events: percentile(ms, 0.5) };
}

async function readLeg({ store, asks }: Side, { samples }: Size): Promise<Measures> {
  const sums: Record<AskKind, number> = { page: 0, list: 0, search: 0, scan: 0 };
  for (const ask of asks.filter(({ isBeside }) => !isBeside))
    sums[ask.kind] += (await timeReads(store, tenRows(ask), samples)).p50;
  return sums;
}

/** So many there are of everything in the smaller store too; fuller pages would be no growth. */
const tenRows = (ask: Ask): Ask => {
  const isPaged = ask.kind === 'list' || ask.kind === 'search';
  return isPaged
    ? { ...ask, paths: (n) => ask.paths(n).map((path) => `${path}${path.includes('?') ? '&' : '?'}limit=10`) }
    : ask;
};

import { openBareEntities } from './bare/entities.ts';
import type { Bench, Figure, Scale, Tools } from './bench.ts';
import type { BenchStack } from './bench-stack.ts';
import type { EventLoad, EventTimes } from './event-to-read/load.ts';
import { besideFloor, ratioAtLeast } from './figures.ts';
import { runLoad } from './programs.ts';
import { buyAll, quiet, type Bought } from './purchases.ts';
import { percentile, rounds, type Legs, type Measures } from './rounds.ts';
import { stripeEvents } from './stripe-events.ts';

type Wish = { purchases: number; steady: EventLoad['how']; flood: EventLoad['how']; rounds: number };

const wishes: Record<Scale, Wish> = {
  full: {
    // One event each in a leg, so that none gets more payments than years of months would bring.
    purchases: 400,
    steady: { kind: 'steady', perSecond: 20, events: 200 },
    flood: { kind: 'flood', atOnce: 32, events: 384 },
    rounds: 3,
  },
  small: {
    purchases: 2,
    steady: { kind: 'steady', perSecond: 20, events: 10 },
    flood: { kind: 'flood', atOnce: 2, events: 10 },
    rounds: 1,
  },
};

/**
 * What Stripe tells of a renewal, from its acceptance until the payment can be read; beside a
 * signal that ends in one row.
 */
export const eventToRead: Bench = {
  name: 'eventToRead',
  about: 'from an accepted invoice.paid until its payment can be read, beside signals with one local activity',
  async run(scale, tools) {
    const wish = wishes[scale];
    const stack = await tools.ground.stack();
    const bare = await openBareEntities(stack, tools.ground, wish.purchases);
    try {
      const bought = await buyAll(stack, wish.purchases);
      const legsOf = await legsBy(stack, bought, bare.ids);
      return [
        ...(await steadyFigures(legsOf(wish.steady), wish, tools)),
        await floodFigure('highest rate that holds, with its receipt by mail', legsOf(wish.flood), wish, tools, 0.6),
        await withoutReceipts(bought, () =>
          floodFigure('highest rate that holds', legsOf(wish.flood), wish, tools, 0.8),
        ),
      ];
    } finally {
      await bare.close();
      await stack.close();
    }
  },
};

async function legsBy(stack: BenchStack, { shop, purchaseIds }: Bought, ids: string[]) {
  const databaseUrl = stack.environment.DATABASE_URL ?? '';
  const secret = stack.environment.STRIPE_WEBHOOK_SECRET ?? '';
  const told = await stripeEvents(stack, 'invoice.paid');
  const bodies = purchaseIds.map((id) => told.find((body) => body.includes(id)) ?? '');
  const webhook = { kind: 'webhook' as const, url: `${stack.apiUrl}/webhooks/stripe/platform`, secret, bodies };
  const signal = { kind: 'signal' as const, ...stack.temporal, ids };
  return (how: EventLoad['how']): Legs => ({
    async ours() {
      const measured = await runLeg({ databaseUrl, by: webhook, how });
      await quiet(shop); // the emails of this leg are not sent during the next
      return measured;
    },
    floor: () => runLeg({ databaseUrl, by: signal, how }),
  });
}

async function runLeg(load: EventLoad): Promise<Measures> {
  const { ms, perSecond } = await runLoad<EventTimes>('event-to-read/load.ts', load);
  return { p50: percentile(ms, 0.5), p99: percentile(ms, 0.99), perSecond };
}

async function steadyFigures(legs: Legs, wish: Wish, tools: Tools): Promise<Figure[]> {
  await legs.ours();
  await legs.floor();
  const done = await rounds(wish.rounds, legs, tools);
  return [
    besideFloor({ name: 'at 20 a second, p50', unit: 'ms', measure: 'p50' }, done),
    besideFloor({ name: 'at 20 a second, p99', unit: 'ms', measure: 'p99' }, done),
  ];
}

async function floodFigure(name: string, legs: Legs, wish: Wish, tools: Tools, limit: number) {
  const done = await rounds(wish.rounds, legs, tools);
  return besideFloor({ name, unit: 'events/s', measure: 'perSecond', limit: ratioAtLeast(limit) }, done);
}

/**
 * A mail is a workflow of its own with a call of its own, which nothing in a bare entity stands
 * for.
 */
async function withoutReceipts<T>({ shop: { sql, accountId } }: Bought, work: () => Promise<T>): Promise<T> {
  const set = (receipts: string) =>
    sql(`update accounts set settings = jsonb_set(settings, '{receipts}', to_jsonb(?::text)) where id = ?`, [
      receipts,
      accountId,
    ]);
  await set('off');
  try {
    return await work();
  } finally {
    await set('all');
  }
}

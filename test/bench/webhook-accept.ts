import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { freePort } from '../ground/ports.ts';
import { aShop } from '../ground/shop.ts';
import type { Bench, Figure, Limit, Tools } from './bench.ts';
import type { BenchStack } from './bench-stack.ts';
import { besideFloor, ratioAtLeast } from './figures.ts';
import { benchProcess, runLoad } from './programs.ts';
import { rounds, type Measures } from './rounds.ts';
import { stripeEvents } from './stripe-events.ts';
import type { LoadAnswer, LoadInput } from './webhook-accept/load.ts';

/**
 * One side: where it takes webhooks, and how many of these ids it has kept, each as its purchase's.
 */
type Side = { url: string; kept: (ids: string[]) => Promise<number> };

type Step = { connections: number; events: number; rounds: number };

const steps = {
  full: [
    { connections: 1, events: 1_500, rounds: 3 },
    { connections: 16, events: 4_000, rounds: 3 },
    { connections: 64, events: 6_000, rounds: 5 },
  ],
  small: [{ connections: 8, events: 40, rounds: 1 }],
} satisfies Record<string, Step[]>;

const LIMITS: Record<number, Limit> = { 1: ratioAtLeast(0.8), 64: ratioAtLeast(1.3) };

/**
 * Signed events of four purchases, beside a bare Express with one insert a request; no worker runs,
 * since only keeping is measured.
 */
export const webhookAccept: Bench = {
  name: 'webhookAccept',
  about: 'signed webhooks a second, durably stored before they are acknowledged',
  async run(scale, tools) {
    const stack = await tools.ground.stack({ hasWorker: false });
    const floor = await openFloor(stack, tools);
    try {
      const secret = stack.environment.STRIPE_WEBHOOK_SECRET ?? '';
      const bodies = await someEvents(stack);
      const leg = (side: Side, step: Step) => () => runLeg(side, { ...step, secret, bodies });
      const figures: Figure[] = [];
      for (const step of steps[scale]) {
        const legs = { ours: leg(oursOf(stack), step), floor: leg(floor, step) };
        // Both have compiled their code and opened their connections before the first round.
        await legs.ours();
        await legs.floor();
        figures.push(figureOf(step, await rounds(step.rounds, legs, tools)));
      }
      return figures;
    } finally {
      await floor.close();
      await stack.close();
    }
  },
};

const figureOf = ({ connections }: Step, done: Parameters<typeof besideFloor>[1]): Figure =>
  besideFloor(
    {
      name: `${connections} connection${connections === 1 ? '' : 's'}`,
      unit: 'webhooks/s',
      measure: 'perSecond',
      limit: LIMITS[connections],
    },
    done,
  );

const oursOf = ({ apiUrl, deps }: BenchStack): Side => ({
  url: `${apiUrl}/webhooks/stripe/platform`,
  async kept(ids) {
    const rows = await deps.orm.em.fork().execute<{ count: string }[]>(
      `select count(*) from inbox join inbox_bodies on inbox_id = id
         where external_id in (select jsonb_array_elements_text(?::jsonb)) and subject_id is not null`,
      [JSON.stringify(ids)],
    );
    return Number(rows[0]?.count);
  },
});

async function openFloor(stack: BenchStack, { ground }: Tools): Promise<Side & { close: () => Promise<void> }> {
  const [database, port] = [await ground.database(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const { STRIPE_WEBHOOK_SECRET } = stack.environment;
  const env = { PORT: String(port), DATABASE_URL: database.url, STRIPE_WEBHOOK_SECRET };
  const file = 'webhook-accept/floor.ts';
  const running = await ground.start(benchProcess({ name: 'bare Express', file, env, readyAt: url }));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return {
    url: `${url}/webhooks/stripe`,
    async kept(ids) {
      const { rows } = await client.query<{ count: string }>('select count(*) from events where id = any($1)', [ids]);
      return Number(rows[0]?.count);
    },
    async close() {
      await client.end();
      await running.stop();
      await database.drop();
    },
  };
}

/** What Stripe says when four people have paid. */
async function someEvents(stack: BenchStack): Promise<string[]> {
  const shop = await aShop(stack, { mode: 'live' });
  for (let buyer = 0; buyer < 4; buyer += 1) await shop.checkOut();
  // Until their completion is heard, nobody knows whose the payments are.
  await shop.deliver();
  return stripeEvents(stack, 'invoice.paid');
}

type Leg = Step & Pick<LoadInput, 'secret' | 'bodies'>;

/** @throws when one that was acknowledged is not in the table: such a leg counts for nothing */
async function runLeg({ url, kept }: Side, { connections, events, secret, bodies }: Leg): Promise<Measures> {
  const input: LoadInput = { url, connections, events, secret, bodies, run: uuid().slice(-12) };
  const { seconds, acknowledged, refused } = await runLoad<LoadAnswer>('webhook-accept/load.ts', input);
  if (refused > 0) throw new Error(`${refused} webhooks were refused by ${url}`);
  const found = await kept(acknowledged);
  if (found !== acknowledged.length) throw new Error(`${acknowledged.length} were acknowledged, ${found} are there`);
  return { perSecond: acknowledged.length / seconds };
}

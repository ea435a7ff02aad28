import { eventually } from '../ground/eventually.ts';
import type { Bench, Scale, Tools } from './bench.ts';
import type { BenchStack } from './bench-stack.ts';
import { atMost, byItself } from './figures.ts';
import { openSite, T0, type Site } from './site.ts';
import type { Watched } from './quiet.ts';

const SCALES = {
  full: { months: 13, purchases: 100, rounds: 3 },
  small: { months: 2, purchases: 3, rounds: 1 },
};

/**
 * A test account's year, as it would have been: every renewal billed, every email rendered and sent
 * [R23.3].
 */
export const simulate: Bench = {
  name: 'simulate',
  about: 'test accounts through 13 months of their own time, in real seconds',
  async run(scale, tools) {
    const stack = await tools.ground.stack();
    try {
      return [
        await inSeconds('one purchase', 5, { count: 1, scale, stack, tools }),
        await inSeconds(`${SCALES[scale].purchases} purchases in one account`, 30, {
          count: SCALES[scale].purchases,
          scale,
          stack,
          tools,
        }),
      ];
    } finally {
      await stack.close();
    }
  },
};

type Given = { count: number; scale: Scale; stack: BenchStack; tools: Tools };

async function inSeconds(what: string, limit: number, { count, scale, stack, tools }: Given) {
  const { rounds, months } = SCALES[scale];
  const done: Watched<number>[] = [];
  let emails = 0;
  while (done.length < rounds) {
    const site = await openSite(stack, 'test');
    await buy(site, count);
    done.push(await tools.quiet.watch(() => move(site, monthsOn(months))));
    emails = await sent(site, count * months);
    tools.say(`${what}: ${done.at(-1)?.value.toFixed(1)} s, ${emails} emails`);
  }
  const named = {
    name: `${what}, ${months} months`,
    unit: 's',
    limit: atMost(limit),
    notes: [`${emails} emails sent`],
  };
  return byItself(
    named,
    done.map(({ value }) => value),
    done.map(({ others }) => others),
  );
}

async function buy(site: Site, count: number): Promise<void> {
  const offerId = await site.offer();
  for (let bought = 0; bought < count; bought += 1) await site.checkOut(offerId);
  await eventually(async () => {
    const [started] = await site.sql<{ count: string }>(
      'select count(*) as count from purchases where account_id = ? and started_at is not null',
      [site.accountId],
    );
    return started?.count === String(count);
  }, 60_000);
  await site.quiet();
}

/** How many seconds it takes until the clock has arrived. */
async function move(site: Site, to: string): Promise<number> {
  const began = performance.now();
  await site.post('/v1/test-clock/advance', { to });
  await eventually(async () => !(await site.get<{ isMoving: boolean }>('/v1/test-clock')).isMoving, 600_000);
  return (performance.now() - began) / 1000;
}

/**
 * Every receipt and confirmation went out, and nothing is left to do. @throws where one is missing
 */
async function sent(site: Site, expected: number): Promise<number> {
  await site.quiet();
  const [row] = await site.sql<{ count: string }>(
    `select count(*) as count from emails where account_id = ? and html is not null and state in ('sent', 'delivered')`,
    [site.accountId],
  );
  const count = Number(row?.count);
  if (count < expected) throw new Error(`${count} emails were sent, and not ${expected}`);
  return count;
}

function monthsOn(months: number): string {
  const at = new Date(T0);
  at.setUTCMonth(at.getUTCMonth() + months, 1);
  return at.toISOString();
}

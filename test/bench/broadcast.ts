import { setTimeout as pause } from 'node:timers/promises';
import { people } from '../builders/broadcasts.ts';
import { eventually } from '../ground/eventually.ts';
import { freePort } from '../ground/ports.ts';
import type { Bench, Figure, Tools } from './bench.ts';
import type { BenchStack } from './bench-stack.ts';
import { atMost, byItself, short } from './figures.ts';
import { forgetPeak, peakMb, residentMb } from './idle-cost/memory.ts';
import { benchProcess } from './programs.ts';
import { openSite, type Site } from './site.ts';

const SCALES = {
  /** Behind the memory that a worker gives back some seconds after its start. */
  full: { recipients: 40_000, restMs: 20_000 },
  small: { recipients: 250, restMs: 0 },
};

/** One email to everybody of a large site [R3.4]. */
export const broadcast: Bench = {
  name: 'broadcast',
  about: 'one email to 40,000: what its worker needs more memory for it, and how fast it goes',
  async run(scale, tools) {
    const { recipients, restMs } = SCALES[scale];
    const mailer = await startMailer(tools);
    const stack = await tools.ground.stack({ settings: { RESEND_BASE_URL: mailer.url } });
    try {
      const site = await openSite(stack, 'live');
      await people(stack.deps.orm.em.fork(), site.accountId, recipients);
      await site.sql('vacuum (analyze)');
      await pause(restMs);
      const before = residentMb(workerOf(stack));
      forgetPeak(workerOf(stack));
      const { value: seconds, others } = await tools.quiet.watch(() => send(site));
      const most = peakMb(workerOf(stack));
      await eachGotOne(mailer.url, recipients);
      return figuresOf({ recipients, before, most, seconds, others });
    } finally {
      await stack.close();
      await mailer.stop();
    }
  },
};

type Sent = { recipients: number; before: number; most: number; seconds: number; others: number | null };

function figuresOf({ recipients, before, most, seconds, others }: Sent): Figure[] {
  const to = `to ${recipients}`;
  const notes = [`at rest ${short(before)}, at most ${short(most)}`];
  return [
    byItself({ name: `${to}, memory of the worker for it`, unit: 'MB', limit: atMost(300), notes }, [most - before]),
    byItself({ name: `${to}, memory of the worker in all`, unit: 'MB' }, [most]),
    byItself({ name: `${to}, each exactly one`, unit: 'recipients/s' }, [recipients / seconds], [others]),
  ];
}

async function startMailer({ ground }: Tools) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { PORT: String(port) };
  const started = await ground.start(
    benchProcess({ name: 'mailer', file: 'broadcast/mailer.ts', env, readyAt: `${url}/` }),
  );
  return { url, stop: () => started.stop() };
}

const WORDS = {
  subject: 'The spring kiln opens',
  segment: 'all',
  body: ['Dear {{contactName}}, the kiln opens on Monday.', 'There is room for twelve.', '{{action}}'],
  button: { label: 'Take a place', url: 'https://willow.example/kiln' },
};

/** From the request until its job is done, in seconds. */
async function send({ post, get }: Site): Promise<number> {
  const { id } = await post<{ id: string }>('/v1/broadcasts', WORDS);
  const began = performance.now();
  const { jobId } = await post<{ jobId: string }>(`/v1/broadcasts/${id}/send`);
  await eventually(async () => {
    await pause(200); // asking takes of the processors as well
    return (await get<{ state: string }>(`/v1/jobs/${jobId}`)).state === 'done';
  }, AN_HOUR_MS);
  return (performance.now() - began) / 1_000;
}

const AN_HOUR_MS = 3_600_000;

async function eachGotOne(url: string, recipients: number): Promise<void> {
  const told = (await (await fetch(url)).json()) as { emails: number; addresses: number };
  if (told.emails !== recipients || told.addresses !== recipients)
    throw new Error(`${told.addresses} of ${recipients} got ${told.emails} emails`);
}

function workerOf(stack: BenchStack): number {
  const [pid] = stack.pidsOf('worker');
  if (pid === undefined) throw new Error('the stack has no worker');
  return pid;
}

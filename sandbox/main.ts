/** The sandbox process: the Stripe stand-in and the mailbox, or only those named as arguments. */
import { readConfigOrExit } from '../config.ts';
import { log, startLog } from '../log.ts';
import { releaseStartMemory } from '../memory.ts';
import { startMailbox } from './mailbox/server.ts';
import { startStripeSandbox } from './stripe/server.ts';

const config = readConfigOrExit('sandbox');
startLog({ process: 'sandbox', level: config.LOG_LEVEL });

const dataDir = config.DATA_DIR;
const standIns = {
  stripe: () => startStripeSandbox({ port: config.STRIPE_PORT, dataDir }),
  mailbox: () => startMailbox({ port: config.MAILBOX_PORT, dataDir }),
};
const named = process.argv.slice(2);
const started = Object.entries(standIns).filter(([name]) => named.length === 0 || named.includes(name));
const running = await Promise.all(started.map(([, start]) => start()));
log.info({ urls: running.map(({ url }) => url) }, 'sandbox.started');
releaseStartMemory();

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  await Promise.all(running.map((standIn) => standIn.close()));
  log.info('sandbox.stopped');
}

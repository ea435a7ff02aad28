import { registerSearchAttributes } from '../activities/gateways/register-search-attributes.ts';
import { readConfigOrExit, type Config } from '../config.ts';
import { writeBackup } from '../db/backup/write-backup.ts';
import { tellOfBackup } from './tell-of-backup.ts';
import { hastenJob } from '../db/jobs/worker-jobs.ts';
import { recountFigures, rejudgeRevenue } from '../db/money/recount-figures.ts';
import { recountContacts } from '../db/people/recount-contacts.ts';
import { recountSpent, rewriteFieldValues } from '../db/people/recount-kept-values.ts';
import { rewriteReadState } from '../db/purchase/rewrite-read-state.ts';
import { startLog } from '../log.ts';
import { fromMs, toMs } from '../workflows/domain/instant.ts';
import { searchAttributes } from '../workflows/search-attribute-types.ts';
import { backFill } from './back-fill.ts';
import { openDeps, type WorkerDeps } from './deps.ts';
import { platform } from './platform.ts';
import { startDueRuns } from './reconcile.ts';
import { resetLostFactor } from './reset-second-factor.ts';
import { restore } from './restore.ts';
import { revive } from './revive.ts';
import { status } from './status.ts';
import { stripeEndpoint } from './stripe-endpoint.ts';
import { sweep } from './sweep.ts';

type Asked = { config: Config<'ops'>; args: string[] };
type Command = { help: string; run(deps: WorkerDeps, asked: Asked): Promise<unknown> };

/**
 * What who keeps the system running may do by hand; each prints one line of JSON and is safe at any
 * time.
 */
const COMMANDS: Record<string, Command> = {
  revive: {
    help: 'wake every purchase of which something is due, pending or open, e.g. after Temporal has lost its store',
    run: (deps) => revive(deps),
  },
  sweep: {
    help: 'wake what has been open for longer than it should, as the worker does by itself',
    run: (deps) => sweep(deps),
  },
  'back-fill': {
    help: 'fetch what Stripe has told and no webhook has brought, as the worker does by itself; [since]: from this instant on',
    run: (deps, { args: [since = null] }) =>
      backFill(deps, { since: since && fromMs(toMs(since)), now: fromMs(Date.now()) }),
  },
  reconcile: {
    help: 'compare every purchase with Stripe now, as the worker does by itself once a day; what differs is shown on the page Reconciliation',
    run: async (deps) => {
      const accounts = await startDueRuns(deps, fromMs(Date.now()));
      await hastenJob(deps.orm.em.fork(), 'reconcile');
      return { accounts };
    },
  },
  status: {
    help: 'what is open, stuck or waiting, in numbers',
    run: (deps) => status(deps),
  },
  'stripe-endpoint': {
    help: 'make the webhook endpoint at Stripe, or put it right; [check]: only say what differs',
    run: ({ gateway }, { config, args }) =>
      stripeEndpoint({ gateway, publicUrl: config.PUBLIC_URL }, { isCheck: args.includes('check') }),
  },
  'search-attributes': {
    help: 'make the namespace at Temporal know the search attributes; an unknown one blocks every workflow that sets it',
    run: async ({ temporal }) => ({ added: await registerSearchAttributes(temporal.client, searchAttributes) }),
  },
  backup: {
    help: '<file>: copy everything that Postgres holds, as of this instant, while all goes on',
    run: ({ orm }, { args: [file] }) =>
      tellOfBackup(orm, 'backup.made', writeBackup(orm, given(file), new Date().toISOString())),
  },
  restore: {
    help: '<file> [--replace]: make the database what a backup says, then hear what Stripe has said since',
    run: (deps, { config: { DATABASE_URL: url, MIGRATE_DATABASE_URL: ownerUrl }, args: [file, flag] }) =>
      tellOfBackup(
        deps.orm,
        'backup.restored',
        restore(deps, { url, ownerUrl, file: given(file), isToReplace: flag === '--replace' }),
      ),
  },
  platform: {
    help: "<owner's email> [time zone] [test]: make the platform's own account with its offers, once, and mail its owner a link",
    run: (deps, { args: [owner, timeZone = 'UTC', mode] }) =>
      platform(deps, {
        ownerEmail: emailIn(owner),
        timeZone: zone(timeZone),
        mode: mode === 'test' ? mode : 'live',
      }),
  },
  'reset-second-factor': {
    help: '<email>: take away the second factor of an owner or operator who has lost it, and whom nobody else can help; it is recorded, and mailed to them',
    run: (deps, { args: [email] }) => resetLostFactor(deps, emailIn(email)),
  },
  'rewrite-read-state': {
    help: 'derive anew all that is read of purchases, and count contacts anew, beside running workers',
    run: async ({ orm }) => {
      const { rewritten, skipped } = await rewriteReadState(orm.em.fork());
      const recounted = await recountContacts(orm.em.fork());
      const spent = await recountSpent(orm.em.fork());
      const fields = await rewriteFieldValues(orm.em.fork());
      const figures = await recountFigures(orm.em.fork());
      return { rewritten, skipped, recounted, spent, fields, figures, movements: await rejudgeRevenue(orm.em.fork()) };
    },
  },
};

function given(file: string | undefined): string {
  if (!file) throw new Error('name a file');
  return file;
}

function emailIn(given: string | undefined): string {
  if (!given?.includes('@')) throw new Error('name an email');
  return given;
}

/** @throws RangeError where there is no such zone */
const zone = (timeZone: string): string => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;

const usage = (): string =>
  [
    'npm run ops -- <command>',
    ...Object.entries(COMMANDS).map(([name, { help }]) => `  ${name.padEnd(19)} ${help}`),
  ].join('\n');

const name = process.argv[2] ?? '';
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (!command) {
  console.error(usage());
  process.exit(name === 'help' ? 0 : 2);
}
const config = readConfigOrExit('ops');
startLog({ process: 'ops', level: 'silent' });
const deps = await openDeps(config);
try {
  console.log(JSON.stringify(await command.run(deps, { config, args: process.argv.slice(3) })));
} finally {
  await deps.close();
}

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readConfig } from '../../config.ts';
import { aPurchase, endCommand } from './a-world.ts';
import { api, world, useApi } from './use-api.ts';

const run = promisify(execFile);
const PYTHON_GENERATOR = '0.29.1';
const cache = resolve(readConfig('test').CACHE_DIR);
const clean = { ...process.env, NODE_OPTIONS: '', PYTHONDONTWRITEBYTECODE: '1' };

let folder: string;
let env: NodeJS.ProcessEnv;

useApi({ waitMs: 5_000 });
beforeAll(async () => {
  // A purchase that is asked for something does it, as its workflow would.
  api.onLook(async (_purchaseId, rowId) => (rowId === null ? undefined : endCommand(api.orm, rowId)));
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'clients-'));
  await writeFile(join(folder, 'openapi.json'), await (await fetch(`${api.url}/openapi.json`)).text());
});
beforeEach(async () => {
  env = { ...clean, API_URL: api.url, API_KEY: world.keys.owner };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const programOf = (name: string, path: string): string =>
  join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), path);

/** Runs a program; a failure says all that it said. */
async function runIn(program: string, args: string[], more: NodeJS.ProcessEnv = env): Promise<string> {
  const { stdout } = await run(program, args, { cwd: folder, env: more, maxBuffer: 2 ** 26 }).catch(
    ({ stdout: said, stderr, message }: { stdout: string; stderr: string; message: string }) => {
      throw new Error(`${message}\n${said}\n${stderr}`);
    },
  );
  return stdout;
}

const TYPESCRIPT_USE = `
import { createClient } from './client/client';
import { listOffers, pausePurchase } from './client/sdk.gen';

const client = createClient({ baseUrl: process.env.API_URL as string, auth: () => process.env.API_KEY });
const path = { purchaseId: process.env.PURCHASE_ID as string };

const { data: offers } = await listOffers({ client, throwOnError: true });
const names: string[] = offers.data.map(({ name }) => name);
const { data: looked } = await pausePurchase({ client, path, body: { dryRun: true }, throwOnError: true });
if (looked.status !== 'preview') throw new Error(looked.status);
const after: 'paused' | string = looked.after.billingStatus;
const { data: done } = await pausePurchase({ client, path, body: { planHash: looked.planHash }, throwOnError: true });
if (done.status !== 'applied') throw new Error(done.status);
const { error } = await pausePurchase({ client, path, body: { expectedVersion: 999 } });
console.log(JSON.stringify([names, after, done.command.status, error && 'code' in error ? error.code : null]));
`;

const SEEN = [['Monthly'], 'paused', 'applied', 'state_moved'];

test('a TypeScript client made from the document compiles, and lists, previews and pauses', async () => {
  const purchaseId = await aPurchase(api.orm, world);
  const compiler = { strict: true, noEmit: false, target: 'es2022', module: 'esnext', moduleResolution: 'bundler' };
  const options = { ...compiler, lib: ['es2023', 'dom', 'dom.iterable'], types: ['node'], outDir: 'out' };
  const generator = programOf('@hey-api/openapi-ts', 'bin/run.js');
  const settings = ['-i', 'openapi.json', '-o', 'client', '--silent', '--no-log-file'];

  await runIn(process.execPath, [generator, ...settings]);
  await writeFile(join(folder, 'use.ts'), TYPESCRIPT_USE);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['use.ts'] }));
  await runIn(process.execPath, [programOf('typescript', 'bin/tsc'), '--project', '.']);
  await runIn(process.execPath, [programOf('esbuild', 'bin/esbuild'), 'use.ts', ...BUNDLED]);
  const said = await runIn(process.execPath, ['use.mjs'], { ...env, PURCHASE_ID: purchaseId });

  expect(JSON.parse(said)).toEqual(SEEN);
});

const BUNDLED = ['--bundle', '--format=esm', '--platform=node', '--outfile=use.mjs', '--log-level=warning'];

const PYTHON_USE = `
import json, os
from perennial_client import AuthenticatedClient
from perennial_client.api.offers import list_offers
from perennial_client.api.verbs import pause_purchase
from perennial_client.models import Done, PausePurchaseBody, Preview, Problem

client = AuthenticatedClient(base_url=os.environ["API_URL"], token=os.environ["API_KEY"])
purchase_id = os.environ["PURCHASE_ID"]

def pause(**fields):
    return pause_purchase.sync(purchase_id, client=client, body=PausePurchaseBody(**fields))

offers = list_offers.sync(client=client)
looked = pause(dry_run=True)
assert isinstance(looked, Preview), looked
done = pause(plan_hash=looked.plan_hash)
assert isinstance(done, Done), done
refused = pause(expected_version=999)
assert isinstance(refused, Problem), refused
names = [offer.name for offer in offers.data]
print(json.dumps([names, looked.after.billing_status, done.command.status, refused.code]))
`;

test('a Python client made from the document lists, previews and pauses', async () => {
  const purchaseId = await aPurchase(api.orm, world);
  const bin = join(await pythonWithGenerator(), 'bin');
  // It knows no PDFs, but bytes.
  const asBytes = { 'application/pdf': 'application/octet-stream' };
  const config = { project_name_override: 'perennial-client', post_hooks: [], content_type_overrides: asBytes };

  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const files = ['--path', 'openapi.json', '--config', 'config.json', '--output-path', 'python', '--meta', 'setup'];
  const said = await runIn(join(bin, 'openapi-python-client'), ['generate', ...files, '--fail-on-warning']);
  await writeFile(join(folder, 'python', 'use.py'), PYTHON_USE);
  const used = await runIn(join(bin, 'python'), ['python/use.py'], { ...env, PURCHASE_ID: purchaseId });

  expect(said).not.toContain('WARNING');
  expect(JSON.parse(used)).toEqual(SEEN);
}, 180_000);

/** The generator in an environment of its own, brought by pip once and kept in the cache. */
async function pythonWithGenerator(): Promise<string> {
  const kept = join(cache, `openapi-python-client-${PYTHON_GENERATOR}`);
  const stamp = join(kept, 'complete');
  if (
    await readFile(stamp).then(
      () => true,
      () => false,
    )
  )
    return kept;
  await rm(kept, { recursive: true, force: true });
  await runIn('python3', ['-m', 'venv', kept], clean);
  const wanted = [`openapi-python-client==${PYTHON_GENERATOR}`, '--quiet', '--disable-pip-version-check'];
  await runIn(join(kept, 'bin', 'python'), ['-m', 'pip', 'install', ...wanted], clean);
  await writeFile(`${stamp}.new`, '');
  await rename(`${stamp}.new`, stamp);
  return kept;
}

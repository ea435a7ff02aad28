import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { namesOf, readConfig } from '../config.ts';
import type { ProcessName } from '../config.ts';
import { silentLog } from '../sandbox/postgres.ts';
import { readCompose } from './ground/compose.ts';
import { eventually } from './ground/eventually.ts';
import { layOutImage } from './ground/image.ts';
import { freePort, freePorts } from './ground/ports.ts';
import { createDatabase } from './ground/postgres.ts';
import type { TestDatabase } from './ground/postgres.ts';
import { temporal } from './ground/temporal.ts';

const run = promisify(execFile);
const given = {
  POSTGRES_PASSWORD: 'a-password',
  POSTGRES_APP_PASSWORD: 'another-password',
  STRIPE_API_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
  RESEND_API_KEY: 're_1',
  MAIL_FROM: 'Perennial <hello@example.com>',
  PUBLIC_URL: 'https://perennial.example.com',
  SECRET_KEY: 'x'.repeat(32),
};
const { services, volumes } = readCompose(given);
const ours = ['migrate', 'search-attributes', 'worker', 'api'] as const;
const schemaOf = (name: (typeof ours)[number]): ProcessName => (name === 'search-attributes' ? 'ops' : name);

const serviceOf = (name: string) => {
  const service = services[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
};

describe('docker-compose.yml', () => {
  test('has Postgres, Temporal with its UI, the migrations, the API and the worker', () => {
    expect(Object.keys(services).toSorted()).toEqual(['postgres', 'temporal', 'temporal-ui', ...ours].toSorted());
    expect(Object.keys(volumes)).toEqual(['postgres']);
    for (const name of ours) expect(serviceOf(name)).toMatchObject({ build: '.', image: 'perennial' });
  });

  test('keeps the data of Temporal in Postgres', () => {
    expect(serviceOf('temporal').environment).toMatchObject({ DB: 'postgres12', POSTGRES_SEEDS: 'postgres' });
    expect(serviceOf('postgres').volumes).toEqual(['postgres:/var/lib/postgresql']);
  });

  test('waits only for services that it has, by a condition that they can meet', () => {
    for (const service of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        if (condition === 'service_healthy') expect(serviceOf(name).healthcheck).toBeDefined();
        else expect([condition, serviceOf(name).restart]).toEqual(['service_completed_successfully', 'on-failure']);
      }
    }
  });

  test('pins every foreign image to a version', () => {
    const foreign = Object.values(services).flatMap(({ build: built, image }) => (built ? [] : [image]));

    for (const image of foreign) expect(image).toMatch(/:\d/);
  });

  test.each(ours)('gives %s everything that its schema needs', (name) => {
    expect(() => readConfig(schemaOf(name), serviceOf(name).environment)).not.toThrow();
  });

  test.each(ours)('passes every setting of the schema to %s', (name) => {
    const unset = ['PERENNIAL_FAULTS']; // set in tests alone
    // A restore runs in the service that migrates, since no other is told of the owner of the
    // tables.
    const ofOps = namesOf('ops').filter((each) => each !== 'MIGRATE_DATABASE_URL');
    const own = name === 'search-attributes' ? [] : namesOf(name);
    const needed = [...own, ...(name === 'worker' || name === 'search-attributes' ? ofOps : [])];

    expect(needed.filter((each) => !(each in (serviceOf(name).environment ?? {})))).toEqual(
      needed.filter((each) => unset.includes(each)),
    );
  });

  test.each(['RESEND_WEBHOOK_SECRET', 'SECRET_KEY_PREVIOUS', 'DATABASE_POOL_SIZE', 'SHUTDOWN_GRACE_MS'])(
    'hands on %s as it is given',
    (name) => {
      const { services: told } = readCompose({ ...given, [name]: '12345' });

      expect([told.api?.environment?.[name], told.worker?.environment?.[name]]).toEqual(['12345', '12345']);
    },
  );

  test('publishes on 127.0.0.1 only, and the metrics not at all', () => {
    const published = Object.values(services).flatMap(({ ports = [] }) => ports);

    expect(published).toEqual(['127.0.0.1:4401:8080', '127.0.0.1:4400:4400']);
  });

  test('has Postgres keep rows out of its log, as npm start does', () => {
    const words = String(serviceOf('postgres').command);

    for (const setting of silentLog) expect(words).toContain(`-c ${setting}`);
  });

  test('tells the password of the role that owns the tables to the migrations alone', () => {
    const knowing = ours.filter((name) => JSON.stringify(serviceOf(name)).includes(given.POSTGRES_PASSWORD));

    expect(knowing).toEqual(['migrate']);
    expect(serviceOf('api').environment?.DATABASE_URL).toContain('perennial_app:another-password@');
  });

  test.each(Object.keys(given))('does not come up without %s', (name) => {
    expect(() => readCompose({ ...given, [name]: undefined })).toThrow(`${name} is missing`);
  });
});

describe('every command of docker-compose.yml starts from what the image holds', () => {
  let database: TestDatabase;
  let image: Awaited<ReturnType<typeof layOutImage>>;

  beforeAll(async () => {
    [database, image] = await Promise.all([createDatabase(), layOutImage()]);
  }, 120_000);

  afterAll(async () => {
    await database.drop();
    await image.remove();
  });

  const environmentOf = (name: string, more: Record<string, string | undefined> = {}) => ({
    PATH: process.env.PATH,
    ...serviceOf(name).environment,
    DATABASE_URL: database.url,
    MIGRATE_DATABASE_URL: '',
    TEMPORAL_ADDRESS: temporal.address,
    ...more,
  });
  const commandOf = (name: string): [string, string[]] => {
    const [program = '', ...args] = serviceOf(name).command ?? [];
    return [program === 'node' ? process.execPath : program, args];
  };

  test('migrate', async () => {
    await expect(
      run(...commandOf('migrate'), { cwd: image.folder, env: environmentOf('migrate') }),
    ).resolves.toBeDefined();
  });

  test('search-attributes', async () => {
    const ran = await run(...commandOf('search-attributes'), {
      cwd: image.folder,
      env: environmentOf('search-attributes'),
    });

    expect(JSON.parse(ran.stdout)).toEqual({ added: [] }); // the tests' server has been told of them
  });

  test.each([
    ['api', 'PORT', '4400'],
    ['worker', 'WORKER_PORT', '4408'],
  ])('%s becomes healthy by its own health check, and ends on SIGTERM', async (name, setting, inContainer) => {
    const port = `${await freePort()}`;
    const [program, args] = commandOf(name);
    const [METRICS_PORT, WORKER_METRICS_PORT] = (await freePorts(2)).map(String);
    const env = environmentOf(name, { [setting]: port, METRICS_PORT, WORKER_METRICS_PORT });
    const child = spawn(program, args, { cwd: image.folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.on('data', (chunk) => (words += String(chunk)));
    const [kind, check, ...checkArgs] = serviceOf(name).healthcheck?.test ?? [];
    const here = checkArgs.map((word) => word.replace(`:${inContainer}/`, `:${port}/`));

    const ended = once(child, 'exit');
    const health = eventually(() => run(process.execPath, here)).then(() => 'healthy');
    expect(await Promise.race([health, ended.then(() => words)])).toBe('healthy');

    expect([kind, check]).toEqual(['CMD', 'node']);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});

test('the image holds what the compose file starts', () => {
  for (const name of ours) {
    const program = serviceOf(name).command?.find((word) => word.endsWith('.js')) ?? '';
    expect(existsSync(program.replace('dist/', '').replace('.js', '.ts'))).toBe(true);
  }
});

import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { allImports, sourceFiles, valueImports, waitsWhenLoaded } from './ground/imports.ts';
import type { Import } from './ground/imports.ts';

type Rule = {
  folder: string;
  /**
   * What of this repository its files may import: a folder's name with a slash, or a file. Itself
   * is always meant.
   */
  may: string[];
  /** Packages and builtins it may import; anything when left out. */
  packages?: RegExp;
  why: string;
};

/** The folder table. The first rule whose folder holds a file is the one that counts. */
const rules: Rule[] = [
  {
    folder: 'workflows/domain/',
    may: [],
    packages: /^$/,
    why: 'The domain is pure: no clock, I/O, builtin or package. What it needs is handed to it.',
  },
  {
    folder: 'workflows/verbs/',
    may: ['workflows/domain/'],
    packages: /^@temporalio\/workflow$/,
    why: 'A verb is one story, told in terms of the domain.',
  },
  {
    folder: 'workflows/',
    may: ['workflows/domain/', 'workflows/verbs/'],
    packages: /^@temporalio\/(workflow|common)$/,
    why: 'Workflows are bundled and replayed: whatever touches the world is an activity, called through a proxy.',
  },
  {
    folder: 'activities/gateways/',
    may: [
      'workflows/domain/',
      'workflows/verbs/',
      'workflows/messages.ts',
      'workflows/ids.ts',
      'db/',
      'tracing/',
      'log.ts',
    ],
    why: 'A gateway knows the outside and the terms of the domain; whoever uses it stands above it.',
  },
  {
    folder: 'activities/',
    may: [
      'workflows/domain/',
      'workflows/verbs/',
      'workflows/messages.ts',
      'workflows/ids.ts',
      'db/',
      'emails/',
      'log.ts',
      'tracing/',
      // Both sides work out what comes of a verb.
      'workflows/purchase/finish-verb.ts',
      // A command given by hand is read as one over HTTP is.
      'api/verbs/index.ts',
    ],
    why: 'Activities carry effects out; they neither run workflows nor serve requests.',
  },
  {
    folder: 'db/',
    may: [
      'workflows/domain/',
      'workflows/verbs/',
      'workflows/messages.ts',
      'workflows/ids.ts',
      'emails/catalogue.ts',
      'emails/languages/codes.ts',
      'config.ts',
      'log.ts',
      'tracing/',
    ],
    why: 'The database serves what reads and records; it knows the domain, and what the catalogue says of an email.',
  },
  {
    folder: 'emails/',
    may: [],
    packages: /^(react|html-to-text|ical-generator)/,
    why: 'An email is handed everything that it shows.',
  },
  {
    folder: 'api/',
    may: [
      'workflows/messages.ts',
      'workflows/ids.ts',
      'workflows/domain/',
      'workflows/verbs/',
      'workflows/forecast/',
      'db/',
      'activities/gateways/',
      'config.ts',
      'log.ts',
      'memory.ts',
      'tracing/',
      'emails/format.ts',
      'emails/brand.ts',
      'emails/catalogue.ts',
      'emails/words/',
      'emails/causes.ts',
      'emails/examples.ts',
      'emails/own-words.ts',
      'emails/languages/',
      'emails/translate.ts',
      // An email that is not sent is written by what writes those that are.
      'activities/mail/preview.ts',
    ],
    why: 'The API writes the inbox and wakes; only workflows change a state, through their activities.',
  },
  {
    folder: 'worker/',
    may: [
      'activities/',
      'db/',
      'emails/',
      'config.ts',
      'log.ts',
      'memory.ts',
      'tracing/',
      'workflows/domain/',
      'workflows/verbs/',
      'workflows/messages.ts',
      'workflows/ids.ts',
      'workflows/search-attribute-types.ts',
    ],
    why: 'The worker loads the workflows by path, from the bundle: importing one would run it outside its sandbox.',
  },
  {
    folder: 'demo/',
    may: ['workflows/domain/', 'db/', 'config.ts', 'log.ts'],
    why: 'The demo account is made of rows; the rest of the demo is told over HTTP, as anybody could.',
  },
  {
    folder: 'tracing/',
    may: [],
    packages: /^@opentelemetry\//,
    why: 'It says how work is followed, and knows nothing of the work.',
  },
  { folder: 'clients/', may: [], why: 'Others copy a file of it into their product.' },
  {
    folder: 'scripts/ops.ts',
    may: ['config.ts', 'sandbox/processes/programs.ts', 'sandbox/environment/started-with.ts'],
    why: 'It asks what npm start left of its environment, and starts what is built.',
  },
  {
    folder: 'scripts/',
    may: ['config.ts'],
    why: 'What builds is needed where the image is built, and there is no sandbox.',
  },
  {
    folder: 'sandbox/',
    may: ['config.ts', 'log.ts', 'memory.ts', 'scripts/', 'workflows/search-attribute-types.ts'],
    why: 'A stand-in that knew our code would agree with it rather than with Stripe.',
  },
];

/**
 * Clients of the outside, each held by few, so that retries, keys and limits are decided in one
 * place.
 */
const holders: [packages: RegExp, folders: string[], why: string][] = [
  [/^stripe$/, ['activities/gateways/'], 'Stripe is asked through its gateway, which gives every write its key.'],
  [/^resend$/, ['activities/gateways/'], 'Mail leaves through its gateway, which keeps to the limits.'],
  [/^@temporalio\/client$/, ['activities/gateways/'], 'Temporal is woken through its gateway.'],
  [/^@temporalio\/worker$/, ['worker/', 'scripts/workflow-bundle.ts'], 'Only the worker runs workflows.'],
  [
    /^(pg|kysely|@mikro-orm\/.*)$/,
    ['db/', 'sandbox/postgres.ts'],
    'Queries go through db/, where each is scoped to its account.',
  ],
  [/^express/, ['api/', 'worker/', 'sandbox/'], 'HTTP is spoken by the API, and by health pages.'],
  [/^react-email$/, ['emails/'], 'Email is laid out in one place.'],
];

/**
 * The sandbox's layers, lowest first: each may import itself and those that it names, which stand
 * above it in this list, so that no two need each other. Here importing a type counts.
 */
const sandboxLayers: [layer: string, may: string[]][] = [
  ['sandbox/sqlite.ts', []],
  ...under('sandbox/stripe/', [
    ['protocol/', []],
    ['data/', ['../sqlite.ts', 'protocol/']],
    ['shapes/', ['protocol/', 'data/']],
    ['payments/', ['protocol/', 'data/', 'shapes/']],
    ['billing/', ['protocol/', 'data/', 'shapes/', 'payments/']],
    ['checkout/', ['protocol/', 'data/', 'shapes/', 'payments/', 'billing/']],
    ['background/', ['../sqlite.ts', 'data/', 'payments/', 'billing/', 'checkout/']],
    ['resources/', ['../sqlite.ts', 'protocol/', 'data/', 'shapes/', 'payments/', 'billing/', 'checkout/']],
    ['http/', ['../sqlite.ts', 'protocol/', 'data/', 'resources/']],
    ['hosted/', ['../sqlite.ts', 'protocol/', 'data/', 'shapes/', 'payments/', 'checkout/']],
    ['control/', ['../sqlite.ts', 'protocol/', 'data/', 'payments/', 'checkout/']],
    ['server.ts', ['data/', 'background/', 'http/', 'hosted/', 'control/']],
  ]),
  ['sandbox/mailbox/', ['sandbox/sqlite.ts']],
  ['sandbox/processes/', []],
  ['sandbox/temporal/', ['sandbox/processes/']],
  ['sandbox/postgres.ts', ['sandbox/processes/']],
  ['sandbox/environment/', ['sandbox/postgres.ts']],
];

/** Layers by their paths from one folder, as paths from the root. */
function under(folder: string, layers: [layer: string, may: string[]][]): [layer: string, may: string[]][] {
  return layers.map(([layer, may]) => [folder + layer, may.map((other) => join(folder, other))]);
}

const isRepository = (target: string) => /\.(tsx?|json)$/.test(target);
const isIn = (target: string, places: string[]) =>
  places.some((place) => (place.endsWith('/') ? target.startsWith(place) : target === place));

function ruleFor(file: string): Rule | undefined {
  return rules.find(({ folder }) => file.startsWith(folder));
}

/** Says what is wrong with an import, and why; undefined when nothing is. */
function fault({ from, to }: Import): string | undefined {
  const rule = ruleFor(from);
  if (!rule) return undefined;
  const told = (why: string) => `${from} imports ${to}. ${why}`;
  if (isRepository(to)) return isIn(to, [rule.folder, ...rule.may]) ? undefined : told(rule.why);
  if (rule.packages && !rule.packages.test(to)) return told(rule.why);
  const holder = holders.find(([packages]) => packages.test(to));
  return holder && !isIn(from, holder[1]) ? told(holder[2]) : undefined;
}

const layerOf = (file: string) => sandboxLayers.find(([layer]) => isIn(file, [layer]));

/** Says which import leaves its layer the wrong way; undefined when none does. */
function layerFault({ from, to }: Import): string | undefined {
  const layer = layerOf(from);
  if (!layer || !to.startsWith('sandbox/') || isIn(to, layer.flat())) return undefined;
  return `${from} imports ${to}. The layers of the sandbox point one way: move what both need below them.`;
}

describe('the folder table', () => {
  const files = sourceFiles().filter((file) => !file.startsWith('test/'));

  test('every source file is in the table, or is one of the settings at the root', () => {
    const homeless = files.filter((file) => !ruleFor(file));

    expect(homeless.toSorted()).toEqual(['config.ts', 'log.ts', 'memory.ts']);
  });

  test('nobody imports a value from where it must not', () => {
    const faults = files.flatMap((file) => valueImports(file)).flatMap((found) => fault(found) ?? []);

    expect(faults).toEqual([]);
  });

  test('nothing outside test/ imports from test/', () => {
    const faults = files.flatMap((file) => valueImports(file)).filter(({ to }) => to.startsWith('test/'));

    expect(faults).toEqual([]);
  });
});

describe('the layers of the sandbox', () => {
  const files = sourceFiles().filter((file) => file.startsWith('sandbox/'));

  test('every file is in a layer, or is one of those that put them together', () => {
    const others = files.filter((file) => !layerOf(file)).map((file) => file.replace('sandbox/', ''));

    expect(others.toSorted()).toEqual([
      'banner.ts',
      'demo-plan.ts',
      'main.ts',
      'reset.ts',
      'stack.ts',
      'start.ts',
      'webhook-endpoint.ts',
    ]);
  });

  test('a layer names only layers below it', () => {
    const upward = sandboxLayers.flatMap(([layer, may], place) =>
      may
        .filter((other) => sandboxLayers.findIndex(([name]) => name === other) >= place)
        .map((other) => [layer, other]),
    );

    expect(upward).toEqual([]);
  });

  test('nobody imports a value or a type from a layer that it does not name', () => {
    const faults = files.flatMap((file) => allImports(file)).flatMap((found) => layerFault(found) ?? []);

    expect(faults).toEqual([]);
  });
});

/** What is left once every import is gone from or to a file that is in no circle with others. */
function circling(imports: Import[]): Import[] {
  const from = new Set(imports.map((one) => one.from));
  const to = new Set(imports.map((one) => one.to));
  const left = imports.filter((one) => from.has(one.to) && to.has(one.from));
  return left.length === imports.length ? left : circling(left);
}

test('no files import each other in a circle, types counted: what both need stands in a third', () => {
  const imports = sourceFiles().flatMap((file) => allImports(file));

  expect(circling(imports)).toEqual([]);
});

test('no file that another imports waits when it is loaded: jest loads all above it several times over', () => {
  const imported = new Set(sourceFiles().flatMap((file) => valueImports(file).map(({ to }) => to)));

  expect(sourceFiles().filter((file) => imported.has(file) && waitsWhenLoaded(file))).toEqual([]);
});

describe('the check itself', () => {
  const faultsOf = (file: string, text: string) => valueImports(file, text).flatMap((found) => fault(found) ?? []);

  test.each([
    ['workflows/domain/a.ts', "import { readFile } from 'node:fs';"],
    ['workflows/domain/a.ts', "import { log } from '../../log.ts';"],
    ['workflows/a.ts', "import { z } from 'zod';"],
    ['workflows/a.ts', "export { db } from '../db/orm.ts';"],
    ['api/a.ts', "import { refund } from '../activities/refund.ts';"],
    ['api/a.ts', "const stripe = await import('stripe');"],
    ['worker/a.ts', "import { purchase } from '../workflows/purchase/purchase.ts';"],
    ['sandbox/a.ts', "import { orm } from '../db/orm.ts';"],
    ['activities/a.ts', "import { Client } from '@temporalio/client';"],
  ])('%s: %s is found', (file, text) => {
    expect(faultsOf(file, text)).toHaveLength(1);
  });

  test('importing a type is free', () => {
    expect(faultsOf('workflows/domain/a.ts', "import type { Stripe } from 'stripe';")).toEqual([]);
  });

  test.each([
    ['sandbox/stripe/data/a.ts', "import { runDue } from '../background/run-due.ts';"],
    ['sandbox/stripe/data/a.ts', "import type { Route } from '../resources/route.ts';"],
    ['sandbox/stripe/data/a.ts', "export type * from '../http/api.ts';"],
    ['sandbox/stripe/data/a.ts', "type Route = import('../resources/route.ts').Route;"],
    ['sandbox/stripe/hosted/a.ts', "import { controlHandler } from '../control/control.ts';"],
    ['sandbox/processes/a.ts', "import { bringUp } from '../stack.ts';"],
  ])('between layers of the sandbox, %s: %s is found', (file, text) => {
    expect(allImports(file, text).flatMap((found) => layerFault(found) ?? [])).toHaveLength(1);
  });

  test.each([
    ['await run();', true],
    ['for await (const line of lines) say(line);', true],
    ['if (isMain) { const end = await run(); }', true],
    ['const run = async () => { await end; };', false],
  ])('%s waits when loaded: %s', (text, waits) => {
    expect(waitsWhenLoaded('a.ts', text)).toBe(waits);
  });

  test('of four files, the two that import each other are found', () => {
    const [into, there, back, out] = ['a b', 'b c', 'c b', 'c d'].map((one) => {
      const [from = '', to = ''] = one.split(' ');
      return { from, to };
    });

    expect(circling([into!, there!, back!, out!])).toEqual([there, back]);
  });
});

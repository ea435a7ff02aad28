import tseslint from 'typescript-eslint';

const syntax = [
  {
    selector:
      ':matches(ObjectExpression, ArrayExpression) > SpreadElement > :matches(ObjectExpression, ArrayExpression, TSAsExpression[expression.type="ArrayExpression"])',
    message: 'Write what a literal holds where it belongs: spread into place it escapes the check of its properties.',
  },
  {
    selector:
      'CallExpression[callee.object.name="log"] > Literal[value!=/^[a-z]+(_[a-z]+)*\\.[a-z]+(_[a-z]+)*$/]:last-child',
    message: 'A line of the log is named after its fact, as `subject.what_happened`.',
  },
  { selector: 'JSXSpreadAttribute > ObjectExpression', message: 'Write attributes as attributes.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  {
    selector: 'CallExpression[callee.object.name="jest"][callee.property.name=/^(mock|unstable_mockModule)$/]',
    message: 'Dependencies are passed in: hand the test double over.',
  },
];

/**
 * What a price or billing is, is asked by the functions of `workflows/domain`: each a switch in
 * which a new kind has to be named.
 */
const KINDS = '/^(free|subscription|payment_plan|one_time|none|grant)$/';
const byWhatItDoes = ['member', 'name'].map((kind) => ({
  selector: `BinaryExpression[operator=/^[!=]==?$/]:has(> Literal[value=${KINDS}]):has(> ${
    kind === 'member' ? 'MemberExpression[property.name="kind"]' : 'Identifier[name="kind"]'
  })`,
  message:
    'Ask what it does (workflows/domain/price.ts, billing-parts.ts), or switch over its kinds without a default.',
}));

/** Statements of our own are kysely's `sql`, run by db/sql.ts in the unit of work's transaction. */
const oneDialect = [
  {
    selector:
      'CallExpression[callee.property.name="getKysely"], CallExpression[callee.property.name="execute"][arguments.length>0]',
    message: 'Run it by `query` or `run` of db/sql.ts.',
  },
];

const nondeterministic = [
  ['Math', 'random', 'take randomness from an activity, or ids from the command'],
  ['Intl', 'DateTimeFormat', "the process's zone and locale leak into the workflow; use UTC getters"],
];
const localTime =
  'getDate getDay getFullYear getHours getMinutes getMonth getSeconds getMilliseconds getTimezoneOffset setDate setFullYear ' +
  'setHours setMinutes setMonth setSeconds setMilliseconds toLocaleString toLocaleDateString toLocaleTimeString';

/**
 * The workflows are replayed: whatever they compute must come out the same on every machine, at any
 * time.
 */
const determinism = {
  files: ['workflows/**/*.{ts,tsx}'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { group: ['node:*'], message: 'A Node builtin breaks the workflow bundle: do it in an activity.' },
          { group: ['zod', 'uuid', 'pino', 'stripe', 'pg', '@mikro-orm/*'], allowTypeImports: true },
        ],
      },
    ],
    'no-restricted-properties': [
      'error',
      ...nondeterministic.map(([object, property, message]) => ({ object, property, message })),
      ...localTime
        .split(' ')
        .map((property) => ({ property, message: 'UTC only: use the getUTC.../toISOString form.' })),
    ],
    'no-restricted-globals': [
      'error',
      ...['process', 'Buffer', 'crypto', 'fetch', 'performance', 'require', 'setImmediate'].map((name) => ({
        name,
        message: 'Not the same on replay: do it in an activity.',
      })),
    ],
  },
};

const pureDomain = {
  files: ['workflows/{domain,verbs}/**/*.ts'],
  rules: {
    'no-restricted-syntax': [
      'error',
      ...syntax,
      ...byWhatItDoes,
      { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: '`now` is an argument here.' },
      {
        selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
        message: '`now` is an argument here.',
      },
    ],
  },
};

/**
 * In the API whoever is asked for knows whose it is: what belongs to an account is reached from
 * inside that account.
 */
const inScope = [
  {
    selector: 'MemberExpression[object.name=/^unscoped/][property.name!=/^(transactional|fork)$/]',
    message: 'What sees every account is asked by name, in db/: see db/platform/enter.ts.',
  },
];

const scopedData = {
  files: ['api/**/*.{ts,tsx}'],
  ignores: ['api/auth/**', 'api/http/serve.ts', 'api/pages/visitor.ts', 'api/webhooks/**', 'api/*.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: ['@mikro-orm/*', 'pg', 'kysely'],
            message: 'Data is reached through `Scoped` (db/account-scope.ts).',
          },
        ],
      },
    ],
    'no-restricted-syntax': ['error', ...syntax, ...byWhatItDoes, ...oneDialect, ...inScope],
  },
};

/** Pages get the types of an answer from the route that they ask. */
const typedQuestions = {
  files: ['api/pages/**/*.{ts,tsx}'],
  rules: {
    'no-restricted-syntax': [
      'error',
      ...syntax,
      ...byWhatItDoes,
      ...oneDialect,
      ...inScope,
      {
        selector: 'CallExpression[callee.property.name=/^(read|ask)$/] > TSTypeParameterInstantiation',
        message: 'The route says what it answers.',
      },
      { selector: 'TSAsExpression > AwaitExpression', message: 'The route says what it answers.' },
      {
        selector:
          'TSAsExpression:matches([typeAnnotation.type="TSNeverKeyword"], [typeAnnotation.type="TSAnyKeyword"])',
        message: 'Nothing is known of it then.',
      },
      { selector: 'TSAsExpression > TSAsExpression', message: 'Two casts hide that the types do not fit.' },
    ],
  },
};

export default tseslint.config(
  { ignores: ['dist/', '.dist-*/', '.data/', '.cache/', 'node_modules/', 'test-output/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 40 }],
      'max-params': ['error', 4],
      // Prettier cares for the code; a comment is to be read in one go.
      'max-len': ['error', { code: 10_000, comments: 100, ignoreUrls: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
      'no-param-reassign': 'error',
      'no-restricted-syntax': ['error', ...syntax],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // Of our own unions every member is named, and a default hides none.
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Express 5 and event emitters take functions that promise.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/require-await': 'off', // an async function may satisfy a type that promises
    },
  },
  {
    files: ['{activities,api,db,emails,worker,workflows}/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...syntax, ...byWhatItDoes, ...oneDialect] },
  },
  { files: ['db/sql.ts'], rules: { 'no-restricted-syntax': ['error', ...syntax] } },
  determinism,
  pureDomain,
  // What has landed there is frozen.
  { files: ['db/migrations/0*.ts'], rules: { 'max-len': 'off' } },
  scopedData,
  typedQuestions,
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': 'off',
      'max-params': 'off', // the columns of a table of cases
      // Tests read answers as anybody outside would: as JSON of which nothing is known beforehand.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);

const swc = (syntax) => [
  '@swc/jest',
  {
    module: { type: 'es6' },
    jsc: { target: 'es2024', parser: syntax, transform: { react: { runtime: 'automatic' } } },
  },
];

/** Runs through `npm test` (test/run.ts), which starts the servers that the tests need. */
export default {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.{ts,tsx}'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data', '<rootDir>/.cache'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '\\.ts$': swc({ syntax: 'typescript' }),
    '\\.tsx$': swc({ syntax: 'typescript', tsx: true }),
  },
  testSequencer: '<rootDir>/test/sequencer.js',
  cacheDirectory: '<rootDir>/.cache/jest',
  testTimeout: 60_000,
  maxWorkers: 2,
  // Modules of ES cannot be unloaded: a worker that has run a hundred files holds all of theirs.
  workerIdleMemoryLimit: '1.5GB',
};

import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { ConfigFault, readConfig, settings } from '../config.ts';

const production = {
  DATABASE_URL: 'postgres://perennial@db/perennial',
  TEMPORAL_ADDRESS: 'temporal:7233',
  STRIPE_API_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
  RESEND_API_KEY: 're_1',
  MAIL_FROM: 'Perennial <hello@example.com>',
  PUBLIC_URL: 'https://perennial.example.com',
  SECRET_KEY: 'x'.repeat(32),
  TRUST_PROXY: '1',
};

describe('reading the environment', () => {
  test('every missing and every wrong name is reported at once, without its value', () => {
    const read = () => readConfig('api', { ...production, SECRET_KEY: undefined, PORT: 'four', STRIPE_API_KEY: '' });

    expect(read).toThrow(ConfigFault);
    expect(read).toThrow(/3 fault\(s\)/);
    expect(read).toThrow(/STRIPE_API_KEY is missing/);
    expect(read).toThrow(/SECRET_KEY is missing/);
    expect(read).toThrow(/PORT is wrong/);
    expect(read).not.toThrow(/four/);
  });

  test.each(['DATABASE_URL', 'STRIPE_API_KEY', 'RESEND_API_KEY', 'SECRET_KEY'] as const)(
    'the worker has no default for %s',
    (name) => {
      expect(() => readConfig('worker', { ...production, [name]: undefined })).toThrow(`${name} is missing`);
    },
  );

  test('a secret of fewer than 32 characters is refused', () => {
    expect(() => readConfig('api', { ...production, SECRET_KEY: 'short' })).toThrow(/SECRET_KEY is wrong/);
  });

  test.each(['api', 'starter'] as const)(
    'an https address without a proxy that could serve it is refused by %s, beside whatever else is wrong',
    (name) => {
      const read = (given: Record<string, string>) => () =>
        readConfig(name, { ...production, TRUST_PROXY: undefined, ...given });

      expect(read({})).toThrow(/TRUST_PROXY is wrong: .* PUBLIC_URL begins with https/);
      expect(read({ PUBLIC_URL: 'HTTPS://perennial.example.com', TRUST_PROXY: '0', PORT: 'four' })).toThrow(
        /2 fault\(s\)[^]*PORT is wrong[^]*TRUST_PROXY is wrong/,
      );
      expect(read({ PUBLIC_URL: 'http://perennial.example.com' })).not.toThrow();
      expect(read({ TRUST_PROXY: '1' })).not.toThrow();
    },
  );

  test('numbers and defaults come typed', () => {
    const config = readConfig('api', { ...production, PORT: '80' });

    expect(config.PORT).toBe(80);
    expect(config.TEMPORAL_NAMESPACE).toBe('default');
    expect(config.TRUST_PROXY).toBe(1);
  });

  test('the starter needs nothing, and takes whatever real service it is given', () => {
    expect(readConfig('starter', {})).toMatchObject({ PORT: 4400, POSTGRES_PORT: 4405, DATA_DIR: '.data' });
    expect(readConfig('starter', { STRIPE_API_KEY: 'sk_test_1' }).STRIPE_API_KEY).toBe('sk_test_1');
  });
});

test('.env.example says what the schema says', () => {
  const expected = Object.entries(settings).map(([name, schema]) => {
    const preset = schema.safeParse(undefined).data;
    return `# ${schema.description}\n${preset === undefined ? `# ${name}=` : `${name}=${preset}`}\n`;
  });

  expect(readFileSync('.env.example', 'utf8')).toBe(expected.join('\n'));
});

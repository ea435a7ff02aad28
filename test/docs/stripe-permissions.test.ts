import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { PERMISSIONS, TEST_CLOCKS, WEBHOOK_ENDPOINTS } from '../../activities/gateways/stripe/permissions.ts';

test('the permissions of a restricted key that the docs list are those that are tried', () => {
  const [, section = ''] = readFileSync('docs/operations.md', 'utf8').split('## Stripe accounts of accounts');
  const rows = [...section.matchAll(/^\| ([A-Z][^|]*?) +\| (read|write) +\|$/gm)];

  const listed = rows.map(([, resource, level]) => ({ resource, level }));

  expect(listed).toEqual(
    [...PERMISSIONS, TEST_CLOCKS, WEBHOOK_ENDPOINTS].map(({ resource, level }) => ({ resource, level })),
  );
});

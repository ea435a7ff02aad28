import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { registerSearchAttributes } from '../../activities/gateways/register-search-attributes.ts';
import { searchAttributes } from '../../workflows/search-attribute-types.ts';
import { createNamespace, type TestNamespace } from '../ground/namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await createNamespace(); // knows them all
});
afterAll(() => namespace.close());

test('a namespace is told of the search attributes once, and of what is new later', async () => {
  const again = await registerSearchAttributes(namespace.client, searchAttributes);
  const later = await registerSearchAttributes(namespace.client, { ...searchAttributes, LaterAt: 'Datetime' });

  expect([again, later]).toEqual([[], ['LaterAt']]);
  await expect(registerSearchAttributes(namespace.client, { LaterAt: 'Bool' })).rejects.toThrow(
    'knows by another type: LaterAt',
  );
});

import { expect, test } from '@jest/globals';
import { searchAttributes } from '../../workflows/search-attribute-types.ts';
import { KEYS } from '../../workflows/search-attributes.ts';

test('a Temporal server is told of exactly the search attributes that the workflows use, with their types', () => {
  const used = Object.values(KEYS).map(({ name, type }) => [name, type.toUpperCase()]);
  const told = Object.entries(searchAttributes).map(([name, type]) => [name, type.toUpperCase()]);

  expect(used.toSorted()).toEqual(told.toSorted());
});

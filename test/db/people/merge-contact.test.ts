import { expect, test } from '@jest/globals';
import { CONTACT_COLUMNS } from '../../../db/people/merge-contact.ts';
import { orm, useOrm } from '../../ground/orm.ts';

useOrm();

/** By a foreign key, or by what it is called; of a partitioned table once. */
const NAMING = `
  select c.relname || '.' || a.attname as "column"
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped and (
      a.attname in ('contact_id', 'holder_id', 'recipient_id', 'sold_to', 'merged_from')
      or exists (select from pg_constraint f where f.contype = 'f' and f.conrelid = c.oid
        and f.confrelid = 'contacts'::regclass and a.attnum = any(f.conkey)))`;

test('merging says what becomes of every column that names a contact', async () => {
  const named = await orm.em.fork().execute<{ column: string }[]>(NAMING);

  expect(Object.keys(CONTACT_COLUMNS).toSorted()).toEqual(named.map(({ column }) => column).toSorted());
});

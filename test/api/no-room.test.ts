import { expect, test } from '@jest/globals';
import { signedByStripe } from './a-stranger.ts';
import { api, owner, useApi } from './use-api.ts';

useApi({ worldOf: 'all tests' });

/**
 * Postgres then refuses every write to the table with this SQLSTATE, as it does where it has no
 * room.
 */
async function refuseWrites(table: string, sqlState: string): Promise<void> {
  await api.pool.query(`
    create or replace function refuse_${table}() returns trigger language plpgsql
      as $$ begin raise exception 'could not extend file' using errcode = '${sqlState}'; end $$;
    create or replace trigger refuse before insert on ${table} for each row execute function refuse_${table}()`);
}

test.each([
  ['disk full', '53100'],
  ['out of memory', '53200'],
  ['too many connections', '53300'],
  ['it may only be read just now', '25006'],
  ['the disk fails', '58030'],
])('a write that Postgres refuses (%s) is 503, to be tried again', async (_why, sqlState) => {
  await refuseWrites('contacts', sqlState);

  const answer = await owner.post('/v1/contacts', { email: 'eve@example.com' });

  expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
});

test('a webhook that cannot be stored for lack of room is 503, so that Stripe brings it again', async () => {
  await refuseWrites('inbox', '53100');
  const event = { id: 'evt_1', object: 'event', type: 'invoice.paid', created: 1_800_000_000, livemode: false };
  const body = JSON.stringify({ ...event, data: { object: { object: 'invoice', id: 'in_1' } } });

  const headers = signedByStripe(body);
  const answer = await fetch(`${api.url}/webhooks/stripe/platform`, { method: 'POST', body, headers });

  expect(answer.status).toBe(503);
});

import { expect, test } from '@jest/globals';
import { LAG_NAMES } from '../../db/jobs/lags.ts';
import { ROLES } from '../../workflows/domain/verb.ts';
import { api, useApi, world } from './use-api.ts';

useApi();

test('operators see how far behind the service is over all accounts, and nobody else does', async () => {
  await api.orm.em.fork().execute(
    `insert into inbox (id, class, kind, at, arrived_at) values
      (gen_random_uuid(), 'fact', 'invoice.paid', now(), now() - interval '10 minutes')`,
  );
  await api.orm.em
    .fork()
    .execute(
      `insert into worker_jobs (name, due_at) values ('reconcile', now() - interval '6 minutes'), ('back-fill', now())`,
    );

  const statuses = Object.fromEntries(
    await Promise.all(
      ROLES.map(
        async (role) => [role, (await api.client(world.keys[role]).get('/v1/operator/system')).status] as const,
      ),
    ),
  );
  const { body } = await api.client(world.keys.operator).get('/v1/operator/system');
  const { lags, jobs, counts } = body as unknown as System;

  expect(statuses).toEqual(Object.fromEntries(ROLES.map((role) => [role, role === 'operator' ? 200 : 403])));
  expect(lags.map(({ name }) => name)).toEqual(LAG_NAMES);
  expect(lags.filter(({ isLate }) => isLate)).toMatchObject([{ name: 'inbox', waiting: 1, limitSeconds: 300 }]);
  expect(jobs).toMatchObject([
    { name: 'back-fill', isLate: false },
    { name: 'reconcile', isLate: true },
  ]);
  expect(counts).toMatchObject({ openRows: 1 });
});

type System = {
  lags: { name: string; waiting: number | null; limitSeconds: number; isLate: boolean }[];
  jobs: { name: string; isLate: boolean }[];
  counts: object;
};

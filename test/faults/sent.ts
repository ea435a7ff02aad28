import { control, type Sandbox } from '../sandbox/stripe/sandbox.ts';

/**
 * A request that was to change something at Stripe. `isFirst`: it had its effect now, and was not
 * the stored answer of an earlier one.
 */
export type Sent = { route: string; id: string | null; commandId: string | null; isFirst: boolean };

type Logged = {
  method: string;
  path: string;
  idempotencyKey: string | null;
  status: number | null;
  replayed: boolean;
};

/**
 * Every write that Stripe was asked for, the oldest first; `commandId` is the root of its key,
 * which a DELETE does not have.
 */
export async function aRequestLog(sandbox: Sandbox): Promise<Sent[]> {
  const { data } = (await control(sandbox, 'GET', '/requests')) as { data: Logged[] };
  return data
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, idempotencyKey, status, replayed }) => ({
      route: `${method} ${path.split('/').slice(0, 3).join('/')}`,
      id: path.split('/')[3] ?? null,
      commandId: idempotencyKey?.split(':')[0] ?? null,
      isFirst: status === 200 && !replayed,
    }));
}

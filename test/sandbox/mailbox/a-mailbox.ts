import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../../../sandbox/mailbox/faults.ts';
import type { StoredEmail } from '../../../sandbox/mailbox/email.ts';
import { startMailbox } from '../../../sandbox/mailbox/server.ts';

/** A mailbox on a free port with its own data and a clock that the test moves. */
export async function aMailbox() {
  const dataDir = mkdtempSync(join(tmpdir(), 'mailbox-'));
  const clock = { nowMs: Date.now() };
  const start = () => startMailbox({ port: 0, dataDir, now: () => clock.nowMs });
  let mailbox = await start();

  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${mailbox.url}/_mailbox${path}`, { method, headers, body: JSON.stringify(body) });
    return response.status === 204 ? null : response.json();
  };

  return {
    clock,
    get url() {
      return mailbox.url;
    },
    control,
    emails: async (to = '') =>
      ((await control('GET', `/emails?to=${encodeURIComponent(to)}`)) as { data: StoredEmail[] }).data,
    fault: (fault: Partial<Fault> & Pick<Fault, 'kind'>) => control('POST', '/faults', fault),
    async restart() {
      await mailbox.close();
      mailbox = await start();
    },
    async close() {
      await mailbox.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

export type TestMailbox = Awaited<ReturnType<typeof aMailbox>>;

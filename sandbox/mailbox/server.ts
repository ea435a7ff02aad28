import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { NextFunction, Request, Response } from 'express';
import { controlApi } from './control-api.ts';
import { createFaults } from './faults.ts';
import { mailboxPages } from './pages.ts';
import { INTERNAL_SERVER_ERROR, invalid } from './refusals.ts';
import { resendApi } from './resend-api.ts';
import { refuse } from './sends.ts';
import { openStore } from './store.ts';
import { startDeliveries } from './webhooks.ts';

export type MailboxOptions = {
  /** 0: any free port. */
  port: number;
  /** Where `mailbox.sqlite` is kept. */
  dataDir: string;
  /** `127.0.0.1` if absent: the mailbox has no login. */
  host?: string;
  /** Milliseconds since the epoch; the machine's clock if absent. */
  now?: () => number;
};

export type Mailbox = { url: string; close: () => Promise<void> };

/**
 * Starts the stand-in for Resend: its API, a control API and pages. Rejects with `EADDRINUSE` if
 * the port is taken.
 */
export async function startMailbox({
  port,
  dataDir,
  host = '127.0.0.1',
  now = Date.now,
}: MailboxOptions): Promise<Mailbox> {
  const store = openStore(dataDir, now);
  const deliveries = startDeliveries(store, now);
  const parts = { store, faults: createFaults(), now, wake: deliveries.wake };

  const app = express();
  app.disable('x-powered-by');
  app.use(resendApi(parts));
  app.use('/_mailbox', controlApi(parts));
  app.use(mailboxPages(store));
  app.use(failed);

  const server = app.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    await deliveries.close();
    store.close();
    throw error;
  }

  async function close(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    await deliveries.close();
    store.close();
  }

  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, close };
}

/** The last handler: a body that cannot be read is the client's fault, anything else ours. */
function failed(error: Error & { status?: number }, _req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return next(error);
  const isClients = error.status !== undefined && error.status < 500;
  refuse(res, isClients ? invalid(error.message) : INTERNAL_SERVER_ERROR);
}

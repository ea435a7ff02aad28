import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Timekeeper } from './background/timekeeper.ts';
import { controlHandler } from './control/control.ts';
import { RequestLog } from './data/request-log.ts';
import { StagedFaults } from './data/staged-faults.ts';
import { openDatabase } from './data/database.ts';
import { Courier } from './background/courier.ts';
import { oauthHandler } from './hosted/oauth.ts';
import { hostedHandler } from './hosted/hosted.ts';
import { apiHandler } from './http/api.ts';
import { forgetOldAnswers } from './http/idempotency.ts';
import { readSettings, writeSettings } from './data/settings.ts';

const LONGEST_BODY = 1_000_000;

export interface SandboxLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface StripeSandboxOptions {
  /** 0: any free one. */
  port: number;
  host?: string;
  /** Where `stripe-books.sqlite` is kept. */
  dataDir: string;
  /** How people reach the hosted pages, if not by host and port. */
  publicUrl?: string;
  log?: SandboxLog;
}

/** Settings of the whole sandbox are kept under this name beside those of the accounts. */
const WHOLE = '*';

/** Starts the Stripe stand-in; what it has answered survives the process. */
export async function startStripeSandbox(
  options: StripeSandboxOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const parts = assemble(options);
  const server = createServer((request, response) => {
    void serve(request, response, parts).catch((error: unknown) => {
      parts.onError(error, request.url ?? '');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const url = await listen(server, options);
  parts.address.url = url;
  parts.onChange();
  options.log?.info({ url }, 'sandbox_stripe_started');
  return {
    url,
    close: async () => {
      parts.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      parts.database.close();
    },
  };
}

/** The running parts over one database, and what each tells the others. */
function assemble(options: StripeSandboxOptions) {
  const database = openDatabase(options.dataDir);
  forgetOldAnswers(database);
  const stored = readSettings(database, WHOLE) as { offsetSeconds?: number };
  const time = { offsetSeconds: stored.offsetSeconds ?? 0 };
  const now = () => Math.floor(Date.now() / 1000) + time.offsetSeconds;
  const address = { url: '' };
  const contextOf = (account: string) => ({ database, account, publicUrl: options.publicUrl ?? address.url, now });
  const [faults, log] = [new StagedFaults(), new RequestLog()];
  const courier = new Courier(database, faults);
  const onError = (error: unknown, id: string) => options.log?.error({ err: error, id }, 'sandbox_stripe_failed');
  const timekeeper = new Timekeeper({ contextOf, now, onChange: () => courier.wake(), onError });
  const onChange = () => [courier, timekeeper].forEach((part) => part.wake());
  const moveTime = (offsetSeconds: number) => {
    time.offsetSeconds = offsetSeconds;
    writeSettings(database, WHOLE, { offsetSeconds } as object);
  };
  return {
    database,
    address,
    onError,
    onChange,
    api: apiHandler({ contextOf, faults, log, onChange, onError }),
    control: controlHandler({ contextOf, faults, log, onChange, moveTime, now }),
    hosted: hostedHandler({ contextOf, onChange }),
    oauth: oauthHandler({ contextOf, onChange }),
    stop: () => [courier, timekeeper].forEach((part) => part.stop()),
  };
}

function listen(
  server: ReturnType<typeof createServer>,
  { port, host = '127.0.0.1' }: StripeSandboxOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () =>
      resolve(`http://${host === '0.0.0.0' ? 'localhost' : host}:${(server.address() as AddressInfo).port}`),
    );
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { api, control, hosted, oauth }: Pick<ReturnType<typeof assemble>, 'api' | 'control' | 'hosted' | 'oauth'>,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const body = await readBody(request);
  if (url.pathname.startsWith('/v1/')) return api(request, response, url, body);
  if (url.pathname.startsWith('/oauth/')) return oauth(request, response, url, body);
  if (url.pathname === '/healthz')
    return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
  if (url.pathname.startsWith('/_sandbox/')) return control(request, response, url, body);
  return hosted(request, response, url, body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_BODY) throw new Error('The request body is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

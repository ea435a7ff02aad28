import { lookup } from 'node:dns';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { faultOfAddress, mayReach, type Reach } from './outside-address.ts';

/** Why an address could not be read, in a sentence for whoever gave it. */
export class OutsideFault extends Error {
  override readonly name = 'OutsideFault';
}

type Limits = { reach: Reach; mostBytes: number; timeoutMs: number };

const MOST_REDIRECTS = 3;

/**
 * Reads the text at an address that somebody gave us. Names are looked up once a connection, and
 * the very address that was judged is connected to, at each redirect again [R24.6].
 * @throws OutsideFault
 */
export async function fetchOutside(address: string, limits: Limits): Promise<string> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  let at = address;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const fault = faultOfAddress(at, limits.reach);
    if (fault) throw new OutsideFault(`The address ${fault}.`);
    const response = await ask(at, limits.reach, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode < 300 || statusCode >= 400 || !headers.location) return readText(response, limits.mostBytes, signal);
    response.destroy();
    if (!URL.canParse(headers.location, at)) throw new OutsideFault('The address leads on to nowhere.');
    at = new URL(headers.location, at).href;
  }
  throw new OutsideFault('The address leads on to others without an end.');
}

function ask(address: string, reach: Reach, signal: AbortSignal): Promise<IncomingMessage> {
  const options: RequestOptions = {
    agent: false,
    signal,
    lookup: judgedLookup(reach),
    headers: { accept: 'text/calendar, */*;q=0.1', 'accept-encoding': 'identity', 'user-agent': 'Perennial' },
  };
  return new Promise((resolve, reject) => {
    const { get } = address.startsWith('https:') ? https : http;
    get(address, options, resolve).on('error', (error) => reject(inWords(error, signal)));
  });
}

/** As the system looks names up, but for what may not be reached. */
const judgedLookup =
  (reach: Reach): NonNullable<RequestOptions['lookup']> =>
  (hostname, options, answer) => {
    lookup(hostname, { family: options.family ?? 0, all: true }, (error, found) => {
      const refused = error ? undefined : found.find(({ address }) => !mayReach(address, reach));
      const fault = error ?? (refused && new OutsideFault('The address must not lead into a private network.'));
      const [first] = fault ? [] : found;
      if (fault || !first) return answer(fault ?? new OutsideFault(NOWHERE), '', 0);
      if (options.all) answer(null, found);
      else answer(null, first.address, first.family);
    });
  };

const NOWHERE = 'The name in the address is not known.';

async function readText(response: IncomingMessage, mostBytes: number, signal: AbortSignal): Promise<string> {
  if (response.statusCode !== 200) {
    response.destroy();
    throw new OutsideFault(`The address answers with status ${response.statusCode}.`);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes)
        throw new OutsideFault(`What is there has more than ${Math.floor(mostBytes / 1_000_000)} MB.`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw inWords(error, signal);
  }
  return Buffer.concat(chunks).toString();
}

function inWords(error: unknown, signal: AbortSignal): OutsideFault {
  if (error instanceof OutsideFault) return error;
  if (signal.aborted) return new OutsideFault('The address did not answer in time.');
  const { code } = error as { code?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new OutsideFault(NOWHERE);
  return new OutsideFault(`The address could not be reached${code === undefined ? '' : ` (${code})`}.`);
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The facts of a running stack that the demo needs, as `npm start` keeps them. */
export type DemoFacts = {
  apiUrl: string;
  stripeUrl: string | null;
  mailboxUrl: string | null;
  temporalUiUrl: string | null;
  apiKey: string;
};

export async function readDemoFacts(dataDir: string): Promise<DemoFacts> {
  const path = join(dataDir, 'demo.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} is not there: run npm start first, and leave it running.`);
  });
  return JSON.parse(text) as DemoFacts;
}

export type Json = Record<string, unknown>;

/** The API as anybody outside would call it. */
export class DemoClient {
  private readonly facts: DemoFacts;

  constructor(facts: DemoFacts) {
    this.facts = facts;
  }

  get = <Body>(path: string): Promise<Body> => this.call('GET', path);

  post = <Body>(path: string, body: Json = {}): Promise<Body> => this.call('POST', path, body);

  /** Asks until the answer is what is waited for. */
  async until<Body>(what: string, path: string, isIt: (body: Body) => boolean, seconds = 20): Promise<Body> {
    for (const endsAt = Date.now() + seconds * 1_000; Date.now() < endsAt;) {
      const body = await this.get<Body>(path).catch(() => undefined);
      if (body !== undefined && isIt(body)) return body;
      await pause(100);
    }
    throw new Error(`waited in vain for ${what}`);
  }

  /** Pays an open checkout as a person would on Stripe's page. */
  async pay(checkoutUrl: string, card = '4242424242424242'): Promise<void> {
    const [sessionId] = /cs_\w+/.exec(checkoutUrl) ?? [];
    const response = await fetch(`${this.facts.stripeUrl}/_sandbox/checkout/${sessionId}/pay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ card }),
    });
    if (!response.ok) throw new Error(`paying answered ${response.status}: ${await response.text()}`);
  }

  private async call<Body>(method: string, path: string, body?: Json): Promise<Body> {
    const response = await fetch(`${this.facts.apiUrl}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.facts.apiKey}`, 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Body;
  }
}

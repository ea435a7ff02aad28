import type { BenchStack } from './bench-stack.ts';

/** Bodies of the events of one kind that the sandbox Stripe has told so far, newest first. */
export async function stripeEvents({ sandbox, environment }: BenchStack, type: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${environment.STRIPE_API_KEY}` };
  const answer = await fetch(`${sandbox.url}/v1/events?limit=100&type=${type}`, { headers });
  const { data } = (await answer.json()) as { data: object[] };
  if (data.length === 0) throw new Error(`the sandbox has told nothing of ${type}`);
  return data.map((event) => JSON.stringify(event));
}

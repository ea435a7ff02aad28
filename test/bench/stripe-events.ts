import type { BenchStack } from './bench-stack.ts';

/** Bodies of the events of one kind that the sandbox Stripe has told so far, newest first. */
export async function stripeEvents({ sandbox, environment }: BenchStack, type: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${environment.STRIPE_API_KEY}` };
  const events: { id: string }[] = [];
  for (let isMore = true; isMore;) {
    const after = events.length > 0 ? `&starting_after=${events.at(-1)?.id}` : '';
    const answer = await fetch(`${sandbox.url}/v1/events?limit=100&type=${type}${after}`, { headers });
    const page = (await answer.json()) as { data: { id: string }[]; has_more: boolean };
    events.push(...page.data);
    isMore = page.has_more;
  }
  if (events.length === 0) throw new Error(`the sandbox has told nothing of ${type}`);
  return events.map((event) => JSON.stringify(event));
}

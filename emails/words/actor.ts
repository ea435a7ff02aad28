import type { Actor } from '../../workflows/domain/verb.ts';

/** Who did something, where no name is known; as it follows "by". */
export const ACTOR_WORDS = {
  admin: 'an admin',
  operator: 'an operator of the platform',
  api_key: 'an API key',
  customer: 'the customer',
  expert: 'the expert',
  automation: 'the schedule',
  system: 'the system',
  stripe: 'Stripe',
} satisfies Record<Actor['kind'], string>;

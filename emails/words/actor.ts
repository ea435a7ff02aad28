import type { Actor } from '../../workflows/domain/verb.ts';

/** Actors who are known by their kind alone. */
export const ACTOR_WORDS = {
  admin: 'an admin',
  operator: 'an operator',
  api_key: 'an API key',
  customer: 'the customer',
  automation: 'itself, when due',
  system: 'the system',
  stripe: 'Stripe',
} satisfies Record<Actor['kind'], string>;

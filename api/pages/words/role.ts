import type { Role } from '../../../workflows/domain/verb.ts';

/** What a role is called. */
export const ROLE_WORDS: Record<Role, string> = {
  owner: 'Owner',
  administrator: 'Administrator',
  assistant: 'Assistant',
  support: 'Support',
  operator: 'Operator',
};

/** The same with what it may, where one is chosen [R2.1]. */
export const GIVEN_ROLE_WORDS = {
  administrator: 'Administrator: everything but the connection to Stripe and API keys',
  assistant: 'Assistant: products and offers, no money',
  support: 'Support: people and their access',
  operator: 'Operator: may act on every account',
} as const;

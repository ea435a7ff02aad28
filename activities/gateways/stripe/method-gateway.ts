import type { Instant } from '../../../workflows/domain/instant.ts';
import type { Account } from './lists.ts';

/** How a customer can be charged; what a kind of it does not have is null. */
export type Method = {
  methodId: string;
  /** Stripe's word: `card`, `sepa_debit`, `link`, ... */
  kind: string;
  brand: string | null;
  last4: string | null;
  expMonth: number | null;
  expYear: number | null;
  /** In which wallet a card lies: `apple_pay`, `google_pay`, ... */
  wallet: string | null;
};

/** Everything that a customer can be charged by, and what each live subscription is charged to. */
export type Methods = { methods: Method[]; defaultId: string | null; usedBy: Record<string, string | null> };

/** The payment methods of customers [R12]. @throws as the rest of the gateway */
export type MethodGateway = {
  /** A customer that was deleted at Stripe has none. */
  readMethods(customerId: string, stripeAccount: Account): Promise<Methods>;
  /** One by its id; null = there is none. Tried for two seconds. */
  readMethod(methodId: string, stripeAccount: Account): Promise<Method | null>;
  /** When the month of a card is over, by its id; null = it is none. Tried for two seconds. */
  cardEnd(methodId: string, stripeAccount: Account): Promise<Instant | null>;
  /** For every subscription that has no method of its own. */
  useByDefault(customerId: string, methodId: string, key: string, stripeAccount: Account): Promise<void>;
  /** For this subscription. */
  useFor(subscriptionId: string, methodId: string, key: string, stripeAccount: Account): Promise<void>;
  removeMethod(methodId: string, key: string, stripeAccount: Account): Promise<void>;
};

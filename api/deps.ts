import type { Reach } from '../activities/gateways/outside-address.ts';
import type { AccessDeps } from './platform/access.ts';
import type { CheckoutDeps } from './purchase/check-out.ts';
import type { VerbDeps } from './verbs/ask-verb.ts';
import type { HealthDeps } from './health.ts';
import type { ServeDeps } from './http/serve.ts';
import type { CustomerCardDeps } from './money/customer-cards.ts';
import type { MyCardDeps } from './money/my-cards.ts';
import type { CardDeps } from './money/purchase-card.ts';
import type { ReceiptDeps } from './money/receipt-file.ts';
import type { ConnectionDeps } from './money/stripe-state.ts';
import type { SuppressionDeps } from './mail/suppressions.ts';
import type { PaymentPageDeps } from './money/public-payments.ts';
import type { RepairDeps } from './reconcile/repair.ts';
import type { PromotionDeps } from './catalog/promotion-codes.ts';
import type { ClockDeps } from './clock/test-clock.ts';
import type { WebhookDeps } from './webhooks/receive.ts';
import type { StripePage } from './stripe-page.ts';

/** Everything that the API is given; nothing in it reaches for the environment. */
export type ApiDeps = ServeDeps &
  Omit<VerbDeps, 'stripe'> &
  HealthDeps &
  SuppressionDeps &
  ClockDeps & {
    stripe: VerbDeps['stripe'] &
      CheckoutDeps['stripe'] &
      AccessDeps['stripe'] &
      CardDeps['stripe'] &
      ReceiptDeps['stripe'] &
      CustomerCardDeps['stripe'] &
      MyCardDeps['stripe'] &
      PaymentPageDeps['stripe'] &
      PromotionDeps['stripe'] &
      ConnectionDeps['stripe'] &
      RepairDeps['stripe'];
    publicUrl: string;
    /** Names the platform on Stripe's page for connecting; undefined = it cannot be used. */
    connectClientId: string | undefined;
    /** Into which networks addresses may lead that people give us. */
    outsideReach: Reach;
    /** The Temporal UI's page of a workflow; null where no UI is known. */
    workflowPage: (workflowId: string) => string | null;
    stripePage: StripePage;
    webhooks: WebhookDeps;
    /** A request that is not complete after this time is cut off. */
    receiveMs: number;
    /** Number of reverse proxies in front of us. */
    trustProxy: number;
  };

import type { Command } from './pending.ts';
import type { Fact } from './facts.ts';

type Named = { command?: Command | undefined; fact?: Fact | null | undefined };

/** The payment that a row speaks of, which a snapshot may not keep; null = of none. */
export function namedPayment({ command, fact }: Named): string | null {
  if (command?.name === 'refund') return (command.input as { paymentId: string }).paymentId;
  switch (fact?.object.type) {
    case 'invoice':
      return fact.object.invoiceId;
    case 'refund':
    case 'dispute':
      return fact.object.paymentId;
    case 'subscription':
    case undefined:
      return null;
  }
}

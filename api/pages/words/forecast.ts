import type { z } from 'zod';
import type { forecastEntrySchema } from '../../forecast/forecast-schema.ts';
import type { Standing } from '../../../workflows/domain/standing.ts';
import { ACCESS_WORDS } from './access.ts';
import { BILLING_WORDS } from './billing.ts';
import { CREDIT_KIND_WORDS } from './credit.ts';
import { DUE_WORDS } from './due.ts';
import { emailInWords } from './email.ts';
import { ENTRY_WORDS } from './entry.ts';

export type ForecastEntry = z.output<typeof forecastEntrySchema>;

/** What an entry of a forecast says, without its amount. */
export function forecastInWords(entry: ForecastEntry): string {
  switch (entry.kind) {
    case 'due':
      return DUE_WORDS[entry.due];
    case 'charge':
      return entry.instalment === null ? 'Payment' : `Payment ${entry.instalment} of ${entry.instalments ?? '?'}`;
    case 'event':
      return ENTRY_WORDS[entry.event].label;
    case 'credit':
      return `${entry.count} call ${entry.count === 1 ? 'credit' : 'credits'}: ${CREDIT_KIND_WORDS[entry.change].toLowerCase()}`;
    case 'email':
      return `Email “${emailInWords(entry.email)}” to ${TO[entry.to]}`;
    case 'state':
      return standingInWords(entry.before, entry.after);
  }
}

const TO = { customer: 'the customer', admins: 'the admins', expert: 'the expert' } as const;

function standingInWords(before: Standing, after: Standing): string {
  const moved: string[] = [];
  if (before.billingStatus !== after.billingStatus)
    moved.push(`Billing: ${BILLING_WORDS[before.billingStatus].label} → ${BILLING_WORDS[after.billingStatus].label}`);
  if (before.accessStatus !== after.accessStatus)
    moved.push(`Access: ${ACCESS_WORDS[before.accessStatus].label} → ${ACCESS_WORDS[after.accessStatus].label}`);
  return moved.join('. ');
}

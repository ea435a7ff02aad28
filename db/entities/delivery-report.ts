import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

/** `suppressed`: the provider did not send it, since the address is on its list. */
export const REPORT_KINDS = ['hard_bounced', 'complained', 'suppressed'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

const schema = defineEntity({
  name: 'DeliveryReport',
  tableName: 'delivery_reports',
  properties: {
    emailId: p.uuid().primary(),
    kind: p.text().$type<ReportKind>().primary(),
    accountId: p.uuid(),
    contactId: p.uuid(),
    /** When the email was sent, by the account's time. */
    sentAt: instant(),
    /** When it was heard of, by the account's time. */
    reportedAt: instant(),
    /** Since when the address is written to again; null = it has not been lifted. */
    liftId: p.uuid().strictNullable(),
  },
});

/** Why the provider sends a contact nothing more: what became of one email [R3.5]. */
export class DeliveryReport extends schema.class {}
schema.setClass(DeliveryReport);

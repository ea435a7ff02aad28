import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'DeliveryReport',
  tableName: 'delivery_reports',
  properties: {
    emailId: p.uuid().primary(),
    kind: p.text().$type<'hard_bounced' | 'complained'>().primary(),
    accountId: p.uuid(),
    contactId: p.uuid(),
    /** When the email was sent, by the account's time. */
    sentAt: instant(),
  },
});

/** An email to a contact that has bounced for good, or that they marked as spam [R3.5]. */
export class DeliveryReport extends schema.class {}
schema.setClass(DeliveryReport);

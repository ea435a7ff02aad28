import type { LanguageCode } from '../../emails/languages/codes.ts';

/** What receipts and credit notes say beside names and figures. */
export type ReceiptWords = {
  titles: { receipt: string; credit_note: string };
  number: { receipt: string; credit_note: string };
  paidOn: string;
  refundedOn: string;
  invoice: string;
  soldBy: string;
  soldTo: string;
  erased: string;
  /** `{{id}}` */
  taxId: string;
  columns: { what: string; quantity: string; amount: string };
  subtotal: string;
  discount: string;
  /** `{{name}}`, `{{percent}}` */
  tax: string;
  /** `{{tax}}` */
  included: string;
  other: string;
  total: string;
  balance: string;
  paid: string;
  refunded: string;
  /** `{{number}}` */
  refundOf: string;
  /** `{{card}}` */
  paidBy: string;
  /** `{{page}}`, `{{pages}}` */
  page: string;
};

export const RECEIPT_WORDS: Record<LanguageCode, ReceiptWords> = {
  en: {
    titles: { receipt: 'Receipt', credit_note: 'Credit note' },
    number: { receipt: 'Receipt number', credit_note: 'Credit note number' },
    paidOn: 'Paid on',
    refundedOn: 'Refunded on',
    invoice: 'Stripe’s number',
    soldBy: 'From',
    soldTo: 'To',
    erased: 'Erased at their request',
    taxId: 'Tax ID {{id}}',
    columns: { what: 'Description', quantity: 'Quantity', amount: 'Amount' },
    subtotal: 'Subtotal',
    discount: 'Discount',
    tax: '{{name}} {{percent}}',
    included: '{{tax}}, included',
    other: 'Other',
    total: 'Total',
    balance: 'From your balance',
    paid: 'Paid',
    refunded: 'Refunded',
    refundOf: 'Refund of receipt {{number}}',
    paidBy: 'Paid by {{card}}.',
    page: 'Page {{page}} of {{pages}}',
  },
  de: {
    titles: { receipt: 'Zahlungsbeleg', credit_note: 'Gutschrift' },
    number: { receipt: 'Belegnummer', credit_note: 'Nummer der Gutschrift' },
    paidOn: 'Bezahlt am',
    refundedOn: 'Erstattet am',
    invoice: 'Nummer bei Stripe',
    soldBy: 'Von',
    soldTo: 'An',
    erased: 'Auf Wunsch gelöscht',
    taxId: 'Steuernummer {{id}}',
    columns: { what: 'Beschreibung', quantity: 'Anzahl', amount: 'Betrag' },
    subtotal: 'Zwischensumme',
    discount: 'Rabatt',
    tax: '{{name}} {{percent}}',
    included: 'Darin {{tax}}',
    other: 'Sonstiges',
    total: 'Gesamt',
    balance: 'Aus Ihrem Guthaben',
    paid: 'Bezahlt',
    refunded: 'Erstattet',
    refundOf: 'Erstattung zu Beleg {{number}}',
    paidBy: 'Bezahlt mit {{card}}.',
    page: 'Seite {{page}} von {{pages}}',
  },
};

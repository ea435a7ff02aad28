/** What the routes are about, in the order in which the docs show it. */
export const TAGS = {
  Products: 'What access is given to.',
  Offers: 'One price for one or more products, with its terms.',
  'Promotion codes': 'What lessens a purchase: a percentage or an amount, for how long, for whom, how often.',
  Content: 'What an account has beside its products that a quota may count: pipelines, websites, and other kinds.',
  Contacts: 'People: who they are, what they reach, and what they paid.',
  Activity: 'What people do by themselves, here and at the product, and how far they are.',
  Access: 'Whether somebody reaches a product, for the site that shows it.',
  Checkouts: "Selling an offer through Stripe's page.",
  Grants: 'Giving an offer without billing.',
  Experts: 'Who gives calls and hosts office hours: when they work, and when they are away.',
  Slots: 'When experts can be called.',
  'Office hours': 'Weekly blocks with seats, each hosted by an expert.',
  Account: "The account's own state, settings, figures and API keys.",
  Purchases: 'What was bought or granted: both axes, money, what is due, what has happened.',
  Verbs: 'What can be asked of a purchase. Each is carried out once, and can be previewed with `dryRun`.',
  Calls: 'Calls with experts: booked for a credit, moved, canceled, marked.',
  'Cancellation requests':
    'What customers ask for where an offer is canceled by request, and what became of it; and why customers cancel.',
  Commands: 'What was asked, and how it ended.',
  Jobs: 'What was asked for many at once, and how far it is.',
  Webhooks: 'What Stripe has told, and what became of it.',
  Reconciliation: 'In what purchases differ from Stripe, and how that is mended.',
  Payments: 'Payments and their refunds.',
  Emails: 'Emails and what became of them.',
  'Test clock': 'The time of a test account, which can be moved.',
  Login: 'Sessions of admins and customers.',
  Public: 'What anybody may ask: offers, and the checkout that they began.',
  Customer: "A customer's own account, library, purchases and card.",
  Operators: 'The platform: its accounts.',
} as const;

export type Tag = keyof typeof TAGS;

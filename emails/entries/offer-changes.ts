import { CUSTOMER, OF_A_PURCHASE, type Entries } from './entry.ts';

/** A purchase becomes another offer: planned, undone, done [R26]. */
export const OFFER_CHANGE_ENTRIES = {
  /** At the request to change with the end of the period; another email comes then. */
  'offer-change-scheduled': {
    ...OF_A_PURCHASE,
    name: 'Change of offer scheduled',
    variables: {
      ...CUSTOMER,
      newOfferName: 'text',
      changesAt: 'instant',
      nextCharge: { of: 'charge', orElse: 'none' },
    },
    text: {
      subject: '{{offerName}} will become {{newOfferName}}',
      preview: 'Your change to {{newOfferName}} is planned for {{changesAt}}.',
      heading: '{{offerName}} will become {{newOfferName}}',
      body: ['Nothing changes until then, and nothing is charged now.', '{{facts}}'],
    },
    facts: [
      ['Now', 'offerName'],
      ['Then', 'newOfferName'],
      ['Changes', 'changesAt'],
      ['Next payment', 'nextCharge'],
    ],
  },
  /** It stays the offer that it is. */
  'offer-change-undone': {
    ...OF_A_PURCHASE,
    name: 'Change of offer undone',
    variables: { ...CUSTOMER, newOfferName: 'text', nextCharge: { of: 'charge', orElse: 'none' } },
    text: {
      subject: '{{offerName}} stays as it is',
      preview: '{{offerName}} does not become {{newOfferName}}.',
      heading: '{{offerName}} stays as it is',
      body: ['It does not become {{newOfferName}} after all. Nothing is charged now.', '{{facts}}'],
    },
    facts: [
      ['Offer', 'offerName'],
      ['Next payment', 'nextCharge'],
    ],
  },
  /** The end of the period has come, and nobody had confirmed what stays [R18.2]. */
  'higher-plan-stays': {
    ...OF_A_PURCHASE,
    name: 'Higher plan stays',
    variables: {
      ...CUSTOMER,
      newOfferName: 'text',
      changesAt: 'instant',
    },
    text: {
      subject: '{{offerName}} stays for now',
      preview: 'It could not become {{newOfferName}} yet.',
      heading: '{{offerName}} stays for now',
      body: [
        'Your account has more than {{newOfferName}} has room for, and it is not confirmed yet what you keep. So {{offerName}} went on, and was charged.',
        'List what you wish to keep, and we confirm it. The change is then made with the end of the next period.',
        '{{facts}}',
      ],
    },
    facts: [
      ['Now', 'offerName'],
      ['Planned', 'newOfferName'],
      ['Changes', 'changesAt'],
    ],
  },
  /** It is the other offer now, with its products. */
  'offer-changed': {
    ...OF_A_PURCHASE,
    name: 'Offer changed',
    variables: {
      ...CUSTOMER,
      previousOfferName: 'text',
      products: 'list',
      changedAt: 'instant',
      nextCharge: { of: 'charge', orElse: 'none' },
      loginUrl: 'url',
    },
    text: {
      subject: '{{previousOfferName}} is now {{offerName}}',
      preview: 'You have {{offerName}} now.',
      heading: '{{previousOfferName}} is now {{offerName}}',
      body: ['Your progress is kept.', '{{facts}}', '{{action}}'],
    },
    facts: [
      ['Before', 'previousOfferName'],
      ['Now', 'offerName'],
      ['Included', 'products'],
      ['Changed on', 'changedAt'],
      ['Next payment', 'nextCharge'],
    ],
    action: { label: 'Log in', url: 'loginUrl' },
  },
} as const satisfies Entries;

/** Each place's sign, drawn on a ground of 16 by 16. */
const PATHS = {
  home: 'M2.5 7 8 2.5 13.5 7v6.5h-4V9.5h-3v4h-4z',
  purchases: 'M3 5h10l-.7 8.5H3.7zM5.5 5a2.5 2.5 0 0 1 5 0',
  contacts: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zM2.5 13.5c.6-2.3 2.7-3.5 5.5-3.5s4.9 1.2 5.5 3.5',
  forms: 'M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h2.5',
  payments: 'M1.5 4h13v8.5h-13zM1.5 7h13M4 10h3',
  forecast: 'M2 13.5h12M3.5 11V8M8 11V5.5M12.5 11V2.5',
  chart: 'M2 2.5v11h12M4.5 10.5 7.5 7l2.5 2 4-5',
  offers: 'M2.5 2.5h5l6 6-5 5-6-6zM5.5 5.5h.01',
  products: 'M8 2 13.5 5v6L8 14l-5.5-3V5zM2.5 5 8 8l5.5-3M8 8v6',
  codes: 'M2 4h12v2.5a1.5 1.5 0 0 0 0 3V12H2V9.5a1.5 1.5 0 0 0 0-3zM6.5 10l3-4M6.5 6.5h.01M9.5 9.5h.01',
  emails: 'M1.5 3.5h13v9h-13zM1.5 4.5 8 9l6.5-4.5',
  commands: 'M1.5 8.5h3l2-5.5 3 10 2-4.5h3',
  webhooks: 'M5.5 5.5 3 8l2.5 2.5M10.5 5.5 13 8l-2.5 2.5M9 3.5l-2 9',
  compare: 'M2 5.5h10L9.5 3M14 10.5H4L6.5 13',
  calls:
    'M4 2.5 6.5 5 5 7c.8 1.8 2.2 3.2 4 4l2-1.5 2.5 2.5c-.5 1-1.5 1.5-2.5 1.5-4.5 0-8.5-4-8.5-8.5 0-1 .5-2 1.5-2.5z',
  clock: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 4.5V8l2.5 1.5',
  accounts: 'M2.5 13.5v-9L8 2l5.5 2.5v9zM6 13.5v-3h4v3M5.5 6.5h.01M8 6.5h.01M10.5 6.5h.01',
  experts: 'M2.5 9.5V8a5.5 5.5 0 0 1 11 0v1.5M2.5 9h2v4h-2zM11.5 9h2v4h-2zM13 13c0 1-1.5 1.5-4 1.5',
  hours: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3M5.5 9.5h5',
  settings: 'M2 5h7M12 5h2M2 11h2M7 11h7M10.5 3.2v3.6M5.5 9.2v3.6',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14',
  requests: 'M2 3h12v8H8.5L5 13.5V11H2zM5 6h6M5 8.5h4',
  disputes: 'M8 1.5 14.5 13.5h-13zM8 6v4M8 12h.01',
  leave: 'M9 2.5H3v11h6M6.5 8h7M11 5.5 13.5 8 11 10.5',
  cart: 'M1.5 2.5h2l1.6 7.5h7l1.4-5.5H4M6 13.5h.01M11.5 13.5h.01',
  more: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
} as const;

export type IconName = keyof typeof PATHS;

/** A sign beside its word, or in its place where the word is hidden. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);

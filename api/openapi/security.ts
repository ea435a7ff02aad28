import type { Route } from '../http/route.ts';

const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description });

/** Who may call a route. All send `Authorization: Bearer <token>`; the tokens differ. */
export const SECURITY_SCHEMES = {
  apiKey: bearer('An API key of the account, made under `/v1/api-keys`; its role says what it may.'),
  adminSession: bearer("The token of an admin's or operator's session, from `POST /v1/sessions`."),
  operatorKey: bearer('The key of an operator, who names the account in the header `Perennial-Account`.'),
  customerSession: bearer("The token of a customer's session, from `POST /v1/customer-sessions` or a link."),
};

type Scheme = keyof typeof SECURITY_SCHEMES;

/** Any one of them will do. */
export const SECURITY: Record<Route['scope'], Partial<Record<Scheme, string[]>>[]> = {
  account: [{ apiKey: [] }, { adminSession: [] }, { operatorKey: [] }],
  platform: [{ operatorKey: [] }, { adminSession: [] }],
  admin: [{ adminSession: [] }],
  customer: [{ customerSession: [] }],
  public: [],
};

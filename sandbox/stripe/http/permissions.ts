import type { DatabaseSync } from 'node:sqlite';
import { isRevoked } from '../data/connected-accounts.ts';
import type { RestrictedKey } from '../data/restricted-keys.ts';
import { publicAccountId } from '../data/ids.ts';
import { ApiFault } from '../protocol/fault.ts';

/** What is under an address, as Stripe's dashboard calls it; the first that fits. */
const RESOURCES: readonly [path: RegExp, resource: string][] = [
  [/^\/v1\/account$/, 'Accounts'],
  [/^\/v1\/customers/, 'Customers'],
  [/^\/v1\/payment_methods/, 'Payment Methods'],
  [/^\/v1\/products/, 'Products'],
  [/^\/v1\/prices/, 'Prices'],
  [/^\/v1\/coupons/, 'Coupons'],
  [/^\/v1\/promotion_codes/, 'Promotion Codes'],
  [/^\/v1\/checkout\/sessions/, 'Checkout Sessions'],
  [/^\/v1\/subscription/, 'Subscriptions'],
  [/^\/v1\/invoice/, 'Invoices'],
  [/^\/v1\/(charges|refunds)/, 'Charges and Refunds'],
  [/^\/v1\/payment_intents/, 'PaymentIntents'],
  [/^\/v1\/setup_intents/, 'SetupIntents'],
  [/^\/v1\/disputes/, 'Disputes'],
  [/^\/v1\/events/, 'Events'],
  [/^\/v1\/webhook_endpoints/, 'Webhook Endpoints'],
  [/^\/v1\/test_helpers\/test_clocks/, 'Test clocks'],
];

/** Refuses a platform for which somebody has taken access back. */
export function checkAccess(database: DatabaseSync, { account }: RestrictedKey): void {
  if (!isRevoked(database, account)) return;
  const message = `The provided key does not have access to account '${publicAccountId(account)}' (or that account does not exist). Application access may have been revoked.`;
  throw new ApiFault({
    status: 403,
    type: 'invalid_request_error',
    code: 'account_invalid',
    message,
    beforeExecution: true,
  });
}

/** Refuses what a restricted key may not do, before the request is looked at. */
export function checkPermission({ account, permissions }: RestrictedKey, method: string, path: string): void {
  if (permissions === null) return;
  const resource = RESOURCES.find(([pattern]) => pattern.test(path))?.[1];
  if (resource === undefined) return;
  const may = (level: string) => permissions.includes(`${resource} (${level})`);
  if (may('write') || (method === 'GET' && may('read'))) return;
  const name = `rak_${resource.toLowerCase().replaceAll(' ', '_')}_${method === 'GET' ? 'read' : 'write'}`;
  const message = `The provided key 'rk_test_*********' does not have the required permissions for this endpoint on account '${publicAccountId(account)}'. Having the '${name}' permission would allow this request to continue.`;
  throw new ApiFault({ status: 403, type: 'invalid_request_error', message, beforeExecution: true });
}

import type Stripe from 'stripe';
import { reading, writing } from './call.ts';
import { orNull, orThrow } from './failures.ts';
import { findMethod, readCardEnd } from './card-end.ts';
import { make } from './make.ts';
import type { MethodGateway } from './method-gateway.ts';
import { toMethod } from './to-method.ts';
import { idOf } from './unreadable.ts';

/** More than anybody keeps; Stripe's largest page. */
const MOST = 100;

export const methodsOf = (stripe: Stripe): MethodGateway => ({
  async readMethods(customerId, account) {
    const options = reading(account);
    const customer = await orNull(stripe.customers.retrieve(customerId, {}, options));
    if (customer === null || customer.deleted) return { methods: [], defaultId: null, usedBy: {} };
    const { data } = await orThrow(stripe.customers.listPaymentMethods(customerId, { limit: MOST }, options));
    const live = await orThrow(stripe.subscriptions.list({ customer: customerId, limit: MOST }, options));
    const defaultId = idOf(customer.invoice_settings.default_payment_method);
    const used = live.data.map((one) => [one.id, idOf(one.default_payment_method) ?? defaultId] as const);
    return { methods: data.map(toMethod), defaultId, usedBy: Object.fromEntries(used) };
  },

  async readMethod(methodId, account) {
    const method = await findMethod(stripe, methodId, account);
    return method && toMethod(method);
  },

  cardEnd: (methodId, account) => readCardEnd(stripe, methodId, account),

  async useByDefault(customerId, methodId, key, account) {
    const params = { invoice_settings: { default_payment_method: methodId } };
    await make(stripe, key, (once) => stripe.customers.update(customerId, params, writing(once, account)));
  },

  async useFor(subscriptionId, methodId, key, account) {
    const params = { default_payment_method: methodId };
    await make(stripe, key, (once) => stripe.subscriptions.update(subscriptionId, params, writing(once, account)));
  },

  async removeMethod(methodId, key, account) {
    await make(stripe, key, (once) => stripe.paymentMethods.detach(methodId, {}, writing(once, account)));
  },
});

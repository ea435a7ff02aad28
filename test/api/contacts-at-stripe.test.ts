import { beforeEach, describe, expect, test } from '@jest/globals';
import { StripeRefused, StripeUnavailable, type CustomerChange } from '../../activities/gateways/stripe.ts';
import { updateCustomers } from '../../activities/people/update-customers.ts';
import { Contact } from '../../db/entities/contact.ts';
import { aCustomerAtStripe } from '../builders/rows.ts';
import { api, owner, world, useApi } from './use-api.ts';

let told: CustomerChange[];
let customerId: string;

useApi();
beforeEach(async () => {
  told = [];
  customerId = await aCustomerAtStripe(api.orm.em.fork(), world.contactId);
});

const change = (data: Partial<Contact>) => api.orm.em.fork().nativeUpdate(Contact, { id: world.contactId }, data);
const rename = (body: object) => owner.patch(`/v1/contacts/${world.contactId}`, body);
const tell = async (answer: () => Promise<void> = async () => {}) => {
  const updateCustomer = async (sent: CustomerChange) => {
    await answer();
    told.push(sent);
  };
  return updateCustomers({ orm: api.orm, gateway: { updateCustomer } });
};
const dueNow = () => change({ stripeSyncAt: '2026-01-01T00:00:00.000Z' });

describe('a changed address or name', () => {
  test('reaches the customer at Stripe once; what is not changed is not told [R22.7]', async () => {
    await rename({ email: 'countess@example.com' });
    await tell();
    await rename({ email: 'countess@example.com' });
    await tell();
    await rename({ name: null });
    await tell();

    expect(told).toEqual([
      { customerId, email: 'countess@example.com', name: expect.any(String) },
      { customerId, email: 'countess@example.com', name: null },
    ]);
  });

  test('is told again while Stripe is away, or has refused it', async () => {
    await rename({ email: 'new@example.com' });
    for (const error of [
      new StripeUnavailable('connection'),
      new StripeRefused({ stripeCode: 'email_invalid', isCard: false }),
    ]) {
      expect(await tell(() => Promise.reject(error))).toBe(0);
      expect(await tell()).toBe(0);
      await dueNow();
    }

    expect(await tell()).toBe(1);
    expect(told).toMatchObject([{ email: 'new@example.com' }]);
  });

  test('that is changed once more while it is being told is told as well', async () => {
    await rename({ email: 'first@example.com' });
    await tell(async () => {
      await rename({ email: 'second@example.com' });
    });

    await tell();

    expect(told.map(({ email }) => email)).toEqual(['first@example.com', 'second@example.com']);
  });
});

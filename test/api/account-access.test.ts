import { expect, test } from '@jest/globals';
import { Purchase } from '../../db/entities/purchase.ts';
import { addDays } from '../../workflows/domain/instant.ts';
import { aPaymentRow } from '../builders/rows.ts';
import { anAddOn } from './an-add-on.ts';
import { T0 } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

test('says the first payment of an add-on whose state keeps the latest ones only [R20.4]', async () => {
  const { addOnId } = await anAddOn(api, world.accountId);
  const em = api.orm.em.fork();
  const { snapshot, accountId, contactId } = await em.findOneOrFail(Purchase, { id: addOnId });
  await aPaymentRow(em, { accountId, contactId, purchaseId: addOnId, id: 'in_first' });
  const later = snapshot.payments.map((payment) => ({ ...payment, paidAt: addDays(T0, 400) }));
  const earlierPayments = { count: 13, leftMinor: 37_700, until: addDays(T0, 370) };
  const keeping = { payments: later, earlierPayments };

  for (const refundWindow of [snapshot.refundWindow, null]) {
    await em.nativeUpdate(Purchase, { id: addOnId }, { snapshot: { ...snapshot, ...keeping, refundWindow } });
    expect((await owner.get('/v1/account/access')).body).toMatchObject({ firstPaymentAt: T0 });
  }
});

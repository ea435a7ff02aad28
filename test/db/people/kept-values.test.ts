import { beforeAll, expect, test } from '@jest/globals';
import { recountSpent, rewriteFieldValues } from '../../../db/people/recount-kept-values.ts';
import { aContact, aField, anAccount, anIncompletePurchase, anOffer, aPaymentRow } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';

let accountId: string;

useOrm();
beforeAll(async () => {
  ({ accountId } = await anAccount(orm.em.fork()));
});

const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> => orm.em.fork().execute(text, values);

test('what somebody has spent is added up anew, and only where it was wrong', async () => {
  const em = orm.em.fork();
  const { offerId } = await anOffer(em, accountId);
  const [contactId, other] = [await aContact(em, accountId), await aContact(em, accountId)];
  const [unpaid, unsaid] = [await aContact(em, accountId), await aContact(em, accountId)];
  for (const one of [contactId, other]) {
    const { purchaseId } = await anIncompletePurchase(em, { contactId: one, offerId });
    await aPaymentRow(em, { accountId, contactId: one, purchaseId, id: `in_${one}` });
  }
  const spent = () => sql('select contact_id, currency, minor from contact_spent order by contact_id, currency');
  const right = await spent();
  await sql('update contact_spent set minor = minor + 100 where contact_id = ?', [contactId]);
  await sql('delete from contact_spent where contact_id in (?, ?)', [other, unsaid]);
  await sql(`insert into contact_spent select contact_id, account_id, '', 0 from contact_spent where contact_id = ?`, [
    contactId,
  ]);

  expect(await recountSpent(orm.em.fork())).toBe(3);
  expect(await spent()).toEqual(right);
  expect(right).toContainEqual({ contact_id: unpaid, currency: '', minor: '0' });
  expect(right).toHaveLength(4);
  expect(await recountSpent(orm.em.fork())).toBe(0);
});

test('own fields are written anew as segments read them, of the contacts of whom they were wrong', async () => {
  const em = orm.em.fork();
  const fieldId = await aField(em, accountId, 'city', 'text');
  const ids = [await aContact(em, accountId), await aContact(em, accountId), await aContact(em, accountId)];
  for (const id of ids)
    await sql(`update contacts set fields = jsonb_build_object(?::text, 'Bonn') where id = ?`, [fieldId, id]);
  const values = () => sql('select contact_id, field_id, folded from contact_field_values order by contact_id');
  const right = await values();
  await sql('delete from contact_field_values where contact_id = ?', [ids[0]]);
  await sql(`update contact_field_values set folded = 'kiel' where contact_id = ?`, [ids[1]]);

  expect(await rewriteFieldValues(orm.em.fork())).toBe(2);
  expect(await values()).toEqual(right);
  expect(right).toHaveLength(3);
  expect(await rewriteFieldValues(orm.em.fork())).toBe(0);
});

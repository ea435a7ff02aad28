import { expect, test } from '@jest/globals';
import { wrap } from '@mikro-orm/core';
import { Account } from '../../db/entities/account.ts';
import { Contact } from '../../db/entities/contact.ts';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { findRow } from '../../db/find-row.ts';
import { acceptCommand } from '../../db/inbox/accept-command.ts';
import { query, sql } from '../../db/sql.ts';
import { anAccount, anIncompletePurchase, anOffer, aContact, T0 } from '../builders/rows.ts';
import { orm, useOrm } from '../ground/orm.ts';

useOrm(1);

const COMMAND = '0190a000-0000-7000-8000-000000000001';
const NOBODY = '0190a000-0000-7000-8000-00000000dead';

test('a row is found as the entity manager finds it, whatever its columns are', async () => {
  const em = orm.em.fork();
  const { accountId } = await anAccount(em);
  const contactId = await aContact(em, accountId);
  const { offerId } = await anOffer(em, accountId, {});
  const { purchaseId } = await anIncompletePurchase(em, { contactId, offerId });
  const actor = { kind: 'api_key', id: NOBODY, role: 'owner' } as const;
  const asked = {
    name: 'pause',
    input: { access: 'keep' },
    actor,
    askedAt: T0,
    planHash: null,
    expectedVersion: 3,
  } as const;
  await acceptCommand(em, { ...asked, commandId: COMMAND, accountId, purchaseId, reason: 'r', feedback: null });

  for (const [entity, id] of [
    [Purchase, purchaseId],
    [Account, accountId],
    [Contact, contactId],
    [InboxRow, COMMAND],
  ] as const) {
    const found = await findRow<{ id: string }>(orm.em.fork(), entity, { id });
    const managed = await orm.em.fork().findOneOrFail<{ id: string }>(entity, { id });
    expect(found).toBeInstanceOf(entity);
    expect(wrap(found!).toPOJO()).toEqual(wrap(managed).toPOJO());
  }
  const command = await findRow(em, InboxRow, { id: COMMAND, accountId, class: 'command' });
  expect(command).toMatchObject({ kind: 'pause', input: { access: 'keep' }, actor, at: T0, expectedVersion: 3 });
});

test('all values have to fit, and nothing is a row of nobody', async () => {
  const em = orm.em.fork();
  const { accountId } = await anAccount(em);
  const contactId = await aContact(em, accountId);

  expect(await findRow(em, Contact, { id: contactId, accountId })).toMatchObject({ id: contactId });
  expect(await findRow(em, Contact, { id: contactId, accountId: NOBODY })).toBeNull();
});

test('it is as it stands now, nobody else has it, and its statement is planned once', async () => {
  const em = orm.em.fork();
  const { accountId } = await anAccount(em);
  const before = await findRow(em, Account, { id: accountId });
  await query(em, sql`update accounts set name = ${'Another'} where id = ${accountId}`);
  const after = await findRow(em, Account, { id: accountId });

  expect([before?.name === after?.name, after?.name]).toEqual([false, 'Another']);
  expect(em.getUnitOfWork().getIdentityMap().keys()).toEqual([]);
  const planned = await query<{ name: string }>(
    em,
    sql`select name from pg_prepared_statements where statement like 'select % from "accounts" where "id" = $1 limit 1'`,
  );
  expect(planned).toHaveLength(1);
});

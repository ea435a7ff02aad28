import { describe, expect, test } from '@jest/globals';
import type { ApiAuditEntry } from '../../api/platform/audit-schema.ts';
import { hashPassword } from '../../api/auth/passwords.ts';
import { beginSession } from '../../db/people/sessions.ts';
import { bindAsker } from '../../db/asker.ts';
import { acceptCommand } from '../../db/inbox/accept-command.ts';
import { eraseContact } from '../../db/people/erase-contact.ts';
import { COMMAND_OPTIONS } from '../../api/pages/words/command.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import { v7 as uuid } from 'uuid';
import { anAuditRow } from '../builders/audit.ts';
import { expertToken } from '../../db/credits/expert-link.ts';
import { anAccount, anAdmin, aContact, anExpert } from '../builders/rows.ts';
import { SECRET_KEY } from './an-api.ts';
import type { Client } from './a-client.ts';
import { aKey, aPurchase, aWorld } from './a-world.ts';
import { api, guest, owner, useApi, world } from './use-api.ts';

useApi({ trustProxy: 1 });

const em = () => api.orm.em.fork();
type Query = Record<string, string>;
const entriesAs = async (client: Client, query: Query = {}, path = '/v1/audit-log') => {
  const { status, body } = await client.get(`${path}?${new URLSearchParams(query).toString()}`);
  return { status, data: (body as unknown as { data: ApiAuditEntry[] }).data };
};
const entries = async (query: Query = {}) => (await entriesAs(owner, query)).data;
const kinds = async (query: Query = {}) => (await entries(query)).map(({ kind }) => kind);
const PASSWORD = 'correct horse battery staple';

describe('an entry says who, from where, what, before and after', () => {
  test('of a change the fields that are others now, and no others', async () => {
    await owner.patch(`/v1/offers/${world.offerId}`, { name: 'Every month', refundWindowDays: 30, accessDays: 60 });

    const [entry] = await entries({ subjectId: world.offerId });
    expect(entry).toEqual({
      id: expect.any(String),
      accountId: world.accountId,
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      kind: 'offer.changed',
      by: { kind: 'api_key', id: expect.any(String), role: 'owner', email: null },
      ip: '127.0.0.1',
      requestId: expect.any(String),
      subject: { kind: 'offer', id: world.offerId },
      commandId: null,
      before: { name: 'Monthly', accessDays: null },
      after: { name: 'Every month', accessDays: 60 },
      forgottenAt: null,
    });
  });

  test('of settings those inside of others by their path; of nothing that changed, nothing', async () => {
    await owner.patch('/v1/settings', { selfCancel: { isOn: false }, language: 'de' });
    await owner.patch('/v1/settings', { language: 'de' });

    const [again, changed] = await entries({ kind: 'settings.changed' });
    expect(changed).toMatchObject({ after: { 'settings.selfCancel.isOn': false, 'site.language': 'de' } });
    expect(again).toMatchObject({ before: {}, after: {} });
  });

  test('of a verb its command and what was asked for; not of a preview', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    await owner.post(`/v1/purchases/${purchaseId}/cancel`, { when: 'period_end', dryRun: true });
    const { body } = await owner.post(`/v1/purchases/${purchaseId}/revoke`, { reason: 'Shared the login' });

    const told = await entries({ subjectId: purchaseId });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ kind: 'purchase.revoke', commandId: (body as unknown as { id: string }).id });
    expect(JSON.stringify(told)).not.toContain('Shared the login');
  });

  test('what is refused, and what is repeated with its key, is no entry', async () => {
    const again = api.client(world.keys.owner, { 'idempotency-key': 'once' });
    await owner.patch(`/v1/offers/${world.offerId}`, { refundWindowDays: -1 });
    await again.patch(`/v1/offers/${world.offerId}`, { name: 'Gold' });
    await again.patch(`/v1/offers/${world.offerId}`, { name: 'Gold' });

    expect(await kinds({ subjectKind: 'offer' })).toEqual(['offer.changed']);
  });

  test('a secret is named as changed and never told: of a key, of a calendar, of a connection', async () => {
    const made = await owner.post('/v1/api-keys', { name: 'Shop', role: 'support' });
    const calendarUrl = 'https://calendar.example.com/private-5f2b.ics';
    const hours = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    const expert = {
      name: 'Ines',
      email: 'ines@example.com',
      timeZone: 'UTC',
      meetingUrl: 'https://meet.example.com/i',
    };
    await owner.post('/v1/experts', { ...expert, workingHours: hours, calendarUrl });
    await owner.post('/v1/account/stripe/key', { restrictedKey: 'rk_test_secret_of_theirs' });

    const all = JSON.stringify(await entries());
    expect(all).toContain('"keyHash":"(hidden)"');
    expect(all).toContain('"restrictedKey":"(hidden)"');
    for (const secret of [(made.body as unknown as { key: string }).key, calendarUrl, 'rk_test_secret_of_theirs'])
      expect(all).not.toContain(secret);
  });

  test('every command leaves one in the statement that accepts it, of its account and of the asker’s', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const { accountId: other } = await anAccount(em());
    const tx = em();
    bindAsker(tx, { actor: SYSTEM, accountId: other, ip: '192.0.2.1', requestId: null });
    const given = {
      input: {},
      actor: SYSTEM,
      askedAt: '2027-02-01T09:00:00.000Z',
      planHash: null,
      expectedVersion: null,
    };
    for (const { value: name } of COMMAND_OPTIONS)
      await acceptCommand(tx, {
        ...given,
        name,
        commandId: uuid(),
        accountId: world.accountId,
        purchaseId,
        reason: null,
        feedback: null,
      });

    const named = COMMAND_OPTIONS.map(({ value }) => `purchase.${value}`).sort();
    const operator = api.client(world.keys.operator, { 'perennial-account': other });
    expect((await kinds({ limit: '200' })).filter((kind) => kind.startsWith('purchase.')).sort()).toEqual(named);
    expect((await entriesAs(operator, { limit: '200' })).data.map(({ kind }) => kind).sort()).toEqual(named);
  });
});

test('what an expert does by their link, and that a Stripe account is disconnected', async () => {
  const expertId = await anExpert(em(), world.accountId);
  const page = `/v1/public/experts/${expertToken({ expertId, linkNumber: 1 }, SECRET_KEY[0])}`;
  const { body } = await guest.post(`${page}/time-off`, { from: '2027-08-02', to: '2027-08-13' });
  await guest.delete(`${page}/time-off/${(body as unknown as { id: string }).id}`);
  await guest.post(`${page}/cancel-bookings`, { from: '2027-08-02', to: '2027-08-03' });
  await owner.post('/v1/account/stripe/key', { restrictedKey: 'rk_test_of_the_log' });
  const { body: stripe } = await owner.get('/v1/account/stripe');
  const name = (stripe as unknown as { connections: { stripeAccount: string }[] }).connections[0]!.stripeAccount;
  await owner.post(`/v1/account/stripe/${name}/disconnect`, {});

  const told = (await entries())
    .filter(({ kind }) => !kind.startsWith('api_key'))
    .map(({ kind, by }) => [kind, by?.kind]);
  expect(told).toEqual([
    ['stripe.disconnected', 'api_key'],
    ['stripe.connected', 'api_key'],
    ['expert.bookings_canceled', 'expert'],
    ['expert.time_off_removed', 'expert'],
    ['expert.time_off_added', 'expert'],
  ]);
});

describe('signing in', () => {
  const anAdministrator = async () => {
    const email = `grete-${uuid().slice(-6)}@example.com`;
    const passwordHash = await hashPassword(PASSWORD);
    const adminId = await anAdmin(em(), { accountId: world.accountId, email, role: 'administrator', passwordHash });
    return { email, adminId };
  };

  test('a refused one, the one too many, a right one, and signing out', async () => {
    const { email, adminId } = await anAdministrator();
    for (let tries = 0; tries < 2; tries += 1) await guest.post('/v1/sessions', { email, password: 'wrong' });
    const { body } = await guest.post('/v1/sessions', { email, password: PASSWORD });
    await api.client((body as unknown as { token: string }).token).delete('/v1/sessions/current');

    const told = (await entries({ subjectId: adminId })).map(({ kind, by, after }) => ({ kind, by: by?.email, after }));
    expect(told).toEqual([
      { kind: 'admin.logged_out', by: email, after: null },
      { kind: 'admin.logged_in', by: email, after: { by: 'password' } },
      { kind: 'admin.login_refused', by: undefined, after: { by: 'password' } },
      { kind: 'admin.login_refused', by: undefined, after: { by: 'password' } },
    ]);
  });

  test('with an address that nobody has, operators read it, and no account does', async () => {
    await guest.post('/v1/sessions', { email: 'nobody@nowhere.example', password: 'wrong' });
    await guest.post('/v1/customer-sessions', { email: 'nobody@nowhere.example', password: 'wrong' });

    const query = { accountId: '00000000-0000-0000-0000-000000000000' };
    const all = await entriesAs(api.client(world.keys.operator), query, '/v1/operator/audit-log');
    expect(all.data.map(({ kind }) => kind).filter((kind) => kind !== 'api_key.used')).toEqual([
      'contact.login_refused',
      'admin.login_refused',
    ]);
    expect(JSON.stringify(all.data)).not.toContain('nowhere.example');
    expect((await kinds()).filter((kind) => kind.endsWith('login_refused'))).toEqual([]);
  });

  test('of a customer: in and out, another password, and what somebody else did to them', async () => {
    const passwordHash = await hashPassword(PASSWORD);
    const email = `lin-${uuid().slice(-6)}@example.com`;
    const contactId = await aContact(em(), world.accountId, {
      email,
      passwordHash,
      customerSince: '2027-01-01T09:00:00.000Z',
    });
    await guest.post('/v1/customer-sessions', { email, password: PASSWORD });
    const byLink = (await beginSession(em(), { contactId }, { byLink: true })).token;
    const lin = api.client(byLink);
    await lin.post('/v1/me/password', { password: `${PASSWORD} 2` });
    await owner.post(`/v1/contacts/${contactId}/unlock`);
    await lin.delete('/v1/sessions/current');

    const told = (await entries({ subjectId: contactId })).map(({ kind, by }) => `${kind} by ${by?.kind}`);
    expect(told).toEqual([
      'contact.logged_out by customer',
      'contact.unlocked by api_key',
      'contact.password_changed by customer',
      'contact.logged_in by customer',
    ]);
  });

  test('an API key: its first use, and its use from another network, each once', async () => {
    const key = await aKey(em(), world.accountId, 'support');
    const from = async (ip: string) => api.client(key, { 'x-forwarded-for': ip }).get('/v1/contacts');
    for (const ip of ['192.0.2.1', '192.0.2.1', '198.51.100.9', '192.0.2.1']) await from(ip);

    const used = (await entries({ kind: 'api_key.used' })).filter(({ by }) => by?.role === 'support');
    expect(used.map(({ after }) => after)).toEqual([{ network: '198.51.100.9' }, { network: '192.0.2.1' }]);
  });
});

describe('reading it', () => {
  test('by who, what, subject and days', async () => {
    const [one, two] = [uuid(), uuid()];
    const { accountId } = world;
    await anAuditRow(em(), {
      accountId,
      subjectId: one,
      actor: { kind: 'admin', id: two },
      at: '2027-03-01T09:00:00.000Z',
    });
    await anAuditRow(em(), { accountId, kind: 'form.deleted', at: '2027-03-02T09:00:00.000Z' });

    expect(await kinds({ actorId: two })).toEqual(['offer.changed']);
    expect(await kinds({ actorKind: 'admin' })).toEqual(['offer.changed']);
    expect(await kinds({ subjectId: one, subjectKind: 'offer' })).toEqual(['offer.changed']);
    expect(await kinds({ kind: 'form.deleted' })).toEqual(['form.deleted']);
    expect(await kinds({ from: '2027-03-01', to: '2027-03-02' })).toEqual(['offer.changed']);
    expect(await kinds({ from: '2027-03-02T09:00:00Z', to: '2027-03-03' })).toEqual(['form.deleted']);
    expect((await entriesAs(owner, { kind: 'offer.painted' })).status).toBe(422);
  });

  test('page by page, the newest first, each once', async () => {
    for (let n = 0; n < 5; n += 1) await anAuditRow(em(), { accountId: world.accountId, subjectId: `s${n}` });
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ limit: '2', kind: 'offer.changed', ...(cursor && { cursor }) });
      const { body } = await owner.get(`/v1/audit-log?${query.toString()}`);
      const page = body as unknown as { data: ApiAuditEntry[]; nextCursor: string | null };
      seen.push(...page.data.map(({ subject }) => subject.id));
      cursor = page.nextCursor;
    } while (cursor !== null);

    expect(seen).toEqual(['s4', 's3', 's2', 's1', 's0']);
  });

  test('as CSV: the same filter, nothing that a spreadsheet would run; that it was taken is an entry', async () => {
    const { accountId } = world;
    for (let n = 0; n < 501; n += 1) await anAuditRow(em(), { accountId, subjectId: `s${n}` });
    await anAuditRow(em(), { accountId, subjectId: '=1+1' });
    const headers = { authorization: `Bearer ${world.keys.owner}` };
    const response = await fetch(`${api.url}/v1/audit-log.csv?kind=offer.changed`, { headers });
    const lines = (await response.text()).trimEnd().split('\r\n');

    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=audit-log.csv');
    expect(lines).toHaveLength(503);
    expect(lines[0]).toBe(
      'id,accountId,at,kind,byKind,byId,byEmail,ip,requestId,subjectKind,subjectId,commandId,before,after',
    );
    expect(lines[1]).toContain(`,'=1+1,,"{""name"":""Monthly""}","{""name"":""Every month""}"`);
    expect(await entries({ kind: 'audit_log.exported' })).toMatchObject([{ after: { kind: 'offer.changed' } }]);
  });

  test('of another account nothing is seen, neither in the list nor by its id', async () => {
    const other = await aWorld(api.orm);
    const entryId = await anAuditRow(em(), { accountId: other.accountId });

    expect(await kinds({ kind: 'offer.changed' })).toEqual([]);
    expect((await owner.get(`/v1/audit-log/${entryId}`)).status).toBe(404);
    expect((await api.client(other.keys.owner).get(`/v1/audit-log/${entryId}`)).status).toBe(200);
  });

  test('owners, administrators and operators may; others may not', async () => {
    const statuses = [];
    for (const role of ['owner', 'administrator', 'assistant', 'support'] as const)
      statuses.push((await entriesAs(api.client(world.keys[role]))).status);
    expect(statuses).toEqual([200, 200, 403, 403]);
    expect((await entriesAs(owner, {}, '/v1/operator/audit-log')).status).toBe(403);
  });
});

describe('it is only added to', () => {
  const changed = (sql: string, ...params: string[]) => em().execute(sql, params);

  test('no row is changed, deleted or emptied away', async () => {
    const id = await anAuditRow(em(), { accountId: world.accountId });
    const refused = { message: expect.stringContaining('the audit log is only added to') };

    await expect(changed(`update audit_log set kind = 'x' where id = ?`, id)).rejects.toMatchObject(refused);
    await expect(changed(`update audit_log set before = null, after = null where id = ?`, id)).rejects.toMatchObject(
      refused,
    );
    await expect(
      changed(`update audit_log set actor = null, before = null, after = null, forgotten_at = now() where id = ?`, id),
    ).rejects.toMatchObject(refused);
    await expect(changed('delete from audit_log where id = ?', id)).rejects.toMatchObject(refused);
    await expect(changed('truncate audit_log')).rejects.toMatchObject(refused);
  });

  test('erasing a person takes what was told of them and from where they came, and leaves that it was', async () => {
    const { accountId, contactId } = world;
    await owner.patch(`/v1/contacts/${contactId}`, { name: 'Ada Lovelace' });
    await anAuditRow(em(), {
      accountId,
      kind: 'contact.logged_in',
      at: '2020-01-31T09:00:00.000Z',
      subjectId: contactId,
      actor: { kind: 'customer', id: contactId },
    });
    await eraseContact(em(), { contactId, accountId });

    const told = await entries({ subjectId: contactId });
    expect(
      told.map(({ kind, ip, before, after, forgottenAt }) => [kind, ip, before, after, forgottenAt !== null]),
    ).toEqual([
      ['contact.changed', '127.0.0.1', null, null, true],
      ['contact.logged_in', null, null, null, true],
    ]);
  });
});

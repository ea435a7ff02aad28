import { describe, expect, test } from '@jest/globals';
import { explainLogin } from '../../../workflows/domain/login-help.ts';
import { LOGIN_CAUSES } from '../../../workflows/domain/login-cause.ts';
import type {
  ClosedProduct,
  FirstPurchase,
  LoginEmail,
  LoginFacts,
  LoginLink,
  PersonFacts,
} from '../../../workflows/domain/login-facts.ts';

const T0 = '2027-01-31T09:00:00.000Z';
const D1 = '2027-02-01T09:00:00.000Z';
const D2 = '2027-02-02T09:00:00.000Z';
const D7 = '2027-02-07T09:00:00.000Z';
const D10 = '2027-02-10T09:00:00.000Z';

const anEmail = (change: Partial<LoginEmail> = {}): LoginEmail => ({
  emailId: 'welcome',
  link: 'set_password',
  state: 'delivered',
  reason: null,
  dueAt: T0,
  sentAt: T0,
  delayedAt: null,
  ...change,
});

const aLink = (change: Partial<LoginLink> = {}): LoginLink => ({
  kind: 'set_password',
  emailId: 'welcome',
  createdAt: T0,
  expiresAt: D7,
  usedAt: null,
  openedAt: null,
  refusedAt: null,
  ...change,
});

const aFirst = (change: Partial<FirstPurchase> = {}): FirstPurchase => ({
  purchaseId: 'purchase',
  offerId: 'offer',
  offerName: 'Studio',
  origin: 'granted',
  startedAt: T0,
  offBy: null,
  emailId: 'welcome',
  ...change,
});

const aClosed = (change: Partial<ClosedProduct> = {}): ClosedProduct => ({
  productId: 'product',
  productName: 'Drawing',
  purchaseId: 'purchase',
  offerName: 'Studio',
  opensAt: null,
  blocks: [{ source: 'revoked', since: D1, by: { kind: 'admin', id: 'admin' } }],
  ...change,
});

/** Granted, welcomed and logged in with a password, ever since. */
const aPerson = (change: Partial<PersonFacts> = {}): PersonFacts => ({
  contactId: 'ada',
  createdAt: T0,
  customerSince: T0,
  erasedAt: null,
  hasPassword: true,
  passwordDroppedAt: null,
  lastLoginAt: D2,
  first: aFirst(),
  emails: [anEmail()],
  links: [aLink({ usedAt: D1, openedAt: D1 })],
  suppressedSince: null,
  closed: [],
  ...change,
});

/** Granted, welcomed, and not heard of since. */
const aNewcomer = (change: Partial<PersonFacts> = {}): PersonFacts =>
  aPerson({ hasPassword: false, lastLoginAt: null, links: [aLink()], ...change });

const bought = { first: aFirst({ origin: 'bought', emailId: 'confirmation' }), links: [] };
const confirmed = anEmail({ emailId: 'confirmation', link: null });
const LOCK = { since: D2, until: '2027-02-02T09:05:00.000Z' };
const NEAR = { contactId: 'adda', email: 'adda@example.com', isCustomer: true };
const AGAIN = { kind: 'send_welcome_again', id: 'welcome' };
const LINK = { kind: 'send_login_link', id: 'ada' };
const SET = ['never_set_password', AGAIN];

const facts = (person: PersonFacts | null, change: Partial<LoginFacts> = {}): LoginFacts => ({
  now: D2,
  person,
  merged: null,
  nearMatches: [],
  lock: null,
  ...change,
});

const said = (given: LoginFacts) => explainLogin(given).map(({ code, nextStep }) => [code, nextStep]);

const CASES: [string, LoginFacts, unknown[]][] = [
  ['nobody has the address', facts(null), [['no_such_contact', { kind: 'ask_for_address', id: null }]]],
  [
    'nobody has it, and somebody nearly',
    facts(null, { nearMatches: [NEAR], lock: LOCK }),
    [
      ['no_such_contact', { kind: 'correct_address', id: 'adda' }],
      ['locked_out', { kind: 'wait', id: null }],
    ],
  ],
  ['erased', facts(aPerson({ erasedAt: D1 })), [['erased', { kind: 'ask_for_address', id: null }]]],
  [
    'merged, and fine',
    facts(aPerson(), { merged: { at: D1, into: NEAR } }),
    [['merged', { kind: 'correct_address', id: 'adda' }]],
  ],
  [
    'no customer',
    facts(aPerson({ customerSince: null, first: null })),
    [['not_customer', { kind: 'grant_offer', id: 'ada' }]],
  ],
  [
    'no customer, and nearly one',
    facts(aPerson({ customerSince: null, first: null }), { nearMatches: [NEAR] }),
    [['not_customer', { kind: 'correct_address', id: 'adda' }]],
  ],
  [
    'bought, so that no welcome came',
    facts(aNewcomer({ ...bought, emails: [confirmed] })),
    [
      ['bought_not_granted', LINK],
      ['never_set_password', LINK],
    ],
  ],
  ['bought, and logged in since', facts(aPerson({ ...bought, emails: [confirmed] })), [['login_fine', LINK]]],
  [
    'the welcome is off in the account',
    facts(aNewcomer({ first: aFirst({ emailId: null, offBy: 'account' }), emails: [], links: [] })),
    [
      ['welcome_off', { kind: 'switch_email_on', id: null }],
      ['never_set_password', LINK],
    ],
  ],
  [
    'the welcome is off in the offer',
    facts(aNewcomer({ first: aFirst({ emailId: null, offBy: 'offer' }), emails: [], links: [] })),
    [
      ['welcome_off', { kind: 'switch_email_on', id: 'offer' }],
      ['never_set_password', LINK],
    ],
  ],
  [
    'the welcome was skipped',
    facts(aNewcomer({ first: aFirst({ emailId: null, offBy: 'grant' }), emails: [], links: [] })),
    [
      ['welcome_off', LINK],
      ['never_set_password', LINK],
    ],
  ],
  [
    'the welcome bounced for good',
    facts(aNewcomer({ emails: [anEmail({ state: 'bounced', reason: 'no such user' })], suppressedSince: D1 })),
    [
      ['email_bounced', { kind: 'correct_address', id: 'ada' }],
      ['email_suppressed', { kind: 'lift_suppression', id: 'ada' }],
      SET,
    ],
  ],
  [
    'the welcome bounced for now',
    facts(aNewcomer({ emails: [anEmail({ state: 'bounced', reason: 'mailbox full' })] })),
    [['email_bounced', AGAIN], SET],
  ],
  [
    'an email was marked as spam',
    facts(aNewcomer({ emails: [anEmail({ state: 'complained' })], suppressedSince: D1 })),
    [
      ['email_complained', { kind: 'lift_suppression', id: 'ada' }],
      ['never_set_password', LINK],
    ],
  ],
  [
    'the provider held it back',
    facts(aNewcomer({ emails: [anEmail({ state: 'suppressed' })], suppressedSince: D1 })),
    [
      ['email_suppressed', { kind: 'lift_suppression', id: 'ada' }],
      ['never_set_password', LINK],
    ],
  ],
  [
    'it could not be sent',
    facts(aNewcomer({ emails: [anEmail({ state: 'failed', sentAt: null })] })),
    [['email_failed', AGAIN], SET],
  ],
  [
    'it is held up',
    facts(aNewcomer({ emails: [anEmail({ state: 'sent', delayedAt: D1 })] })),
    [['email_delayed', { kind: 'wait', id: null }], SET],
  ],
  [
    'it is on its way',
    facts(aNewcomer({ emails: [anEmail({ state: 'queued', sentAt: null })], links: [] })),
    [
      ['email_queued', { kind: 'wait', id: null }],
      ['never_set_password', LINK],
    ],
  ],
  [
    'one bounced and a later one arrived',
    facts(
      aNewcomer({
        emails: [anEmail({ emailId: 'link', link: 'login', dueAt: D1 }), anEmail({ state: 'bounced' })],
      }),
    ),
    [SET],
  ],
  [
    'one bounced before they logged in',
    facts(aPerson({ emails: [anEmail({ state: 'bounced', dueAt: D1 })] })),
    [['login_fine', LINK]],
  ],
  ['a welcome that was not opened', facts(aNewcomer()), [SET]],
  ['the link of the welcome is over', facts(aNewcomer(), { now: D10 }), [SET, ['link_expired', AGAIN]]],
  [
    'a login link is over',
    facts(aPerson({ lastLoginAt: T0, links: [aLink({ kind: 'login', createdAt: D1, expiresAt: D1 })] })),
    [['link_expired', LINK]],
  ],
  [
    'a link was pressed twice',
    facts(aPerson({ lastLoginAt: D1, links: [aLink({ usedAt: D1, openedAt: D1, refusedAt: D2 })] })),
    [['link_opened', LINK]],
  ],
  [
    'a link was pressed twice, and they got in since',
    facts(aPerson({ lastLoginAt: D10, links: [aLink({ usedAt: D1, openedAt: D1, refusedAt: D2 })] })),
    [['login_fine', LINK]],
  ],
  [
    'an old link is tried, beside a new one',
    facts(
      aPerson({
        lastLoginAt: null,
        links: [aLink({ kind: 'login', createdAt: D2, expiresAt: D7 }), aLink({ expiresAt: D1, refusedAt: D2 })],
      }),
    ),
    [['link_expired', LINK]],
  ],
  [
    'a link was opened, and no password set',
    facts(
      aPerson({ hasPassword: false, lastLoginAt: T0, links: [aLink({ kind: 'login', usedAt: D1, openedAt: D1 })] }),
    ),
    [SET, ['link_opened', AGAIN]],
  ],
  ['locked out', facts(aPerson(), { lock: LOCK }), [['locked_out', { kind: 'unlock', id: 'ada' }]]],
  [
    'locked out without a password',
    facts(aNewcomer(), { lock: LOCK }),
    [SET, ['locked_out', { kind: 'unlock', id: 'ada' }]],
  ],
  [
    'a password that nobody proved was dropped',
    facts(aNewcomer({ ...bought, emails: [confirmed], passwordDroppedAt: D1, lastLoginAt: T0 })),
    [['password_dropped', LINK]],
  ],
  [
    'revoked',
    facts(aPerson({ closed: [aClosed()] })),
    [['access_blocked', { kind: 'restore_access', id: 'purchase' }]],
  ],
  [
    'two products are closed, each for its own reason',
    facts(
      aPerson({
        closed: [
          aClosed({ blocks: [{ source: 'suspended_by_pause', since: D1, by: null }] }),
          aClosed({ blocks: [{ source: 'ended', since: D1, by: null }] }),
        ],
      }),
    ),
    [
      ['access_blocked', { kind: 'resume', id: 'purchase' }],
      ['access_blocked', { kind: 'grant_offer', id: 'purchase' }],
    ],
  ],
  ['nothing is wrong', facts(aPerson()), [['login_fine', LINK]]],
  ['they never tried their password', facts(aPerson({ lastLoginAt: null })), [['login_fine', LINK]]],
];

describe('why somebody cannot log in [R14.2]', () => {
  test.each(CASES)('%s', (_what, given, causes) => {
    expect(said(given)).toEqual(causes);
  });

  test('has a case for each cause', () => {
    const seen = new Set(CASES.flatMap(([, given]) => explainLogin(given).map(({ code }) => code)));

    expect(LOGIN_CAUSES.filter((code) => !seen.has(code))).toEqual([]);
  });

  test('is shown with the email, its instant and the words of the provider', () => {
    const email = anEmail({ state: 'bounced', reason: 'permanent: no such user', sentAt: D1 });

    const [cause] = explainLogin(facts(aNewcomer({ emails: [email], suppressedSince: D1 })));

    expect(cause).toMatchObject({
      code: 'email_bounced',
      at: D1,
      evidence: { emailId: 'welcome', sentAt: D1, providerText: 'permanent: no such user', linkKind: 'set_password' },
    });
  });

  test('names the block, who set it and when', () => {
    const [cause] = explainLogin(facts(aPerson({ closed: [aClosed()] })));

    expect(cause).toMatchObject({
      at: D1,
      evidence: { purchaseId: 'purchase', productName: 'Drawing', blocks: aClosed().blocks },
    });
  });

  test('says of a link when it was sent, when it ended and when it was tried', () => {
    const link = aLink({ refusedAt: D10 });

    const causes = explainLogin(facts(aNewcomer({ links: [link] }), { now: D10 }));

    expect(causes.at(-1)).toMatchObject({
      code: 'link_expired',
      at: D7,
      evidence: { sentAt: T0, linkExpiresAt: D7, linkRefusedAt: D10 },
    });
  });
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decideMarketing,
  MARKETING_CHANGES,
  MARKETING_STATUSES,
  OPT_INS,
  UNSUBSCRIBED_REASONS,
  type Marketing,
  type MarketingChange,
} from '../../../workflows/domain/marketing.ts';

const NEVER: Marketing = { status: 'never_subscribed', reason: null };

const aStanding = fc.oneof(
  fc
    .constantFrom(...MARKETING_STATUSES.filter((status) => status !== 'unsubscribed'))
    .map((status): Marketing => ({ status, reason: null })),
  fc.constantFrom(...UNSUBSCRIBED_REASONS).map((reason): Marketing => ({ status: 'unsubscribed', reason })),
);

const aChange = fc
  .record({ kind: fc.constantFrom(...MARKETING_CHANGES), optIn: fc.constantFrom(...OPT_INS), goes: aStanding })
  .map(({ kind, optIn, goes }): MarketingChange => {
    if (kind === 'form') return { kind, optIn };
    return kind === 'merged' ? { kind, goes } : { kind };
  });

/** What is refused changes nothing. */
function after(now: Marketing, change: MarketingChange): Marketing {
  const decision = decideMarketing(now, change);
  return decision.kind === 'decided' ? decision.marketing : now;
}

test('from unsubscribed nothing but a confirmation comes back, and status and reason stay until then', () => {
  fc.assert(
    fc.property(fc.constantFrom(...UNSUBSCRIBED_REASONS), fc.array(aChange), (reason, changes) => {
      let now: Marketing = { status: 'unsubscribed', reason };
      for (const change of changes) {
        now = after(now, change);
        if (change.kind === 'confirmed') return expect(now).toEqual({ status: 'subscribed', reason: null });
        expect(now).toEqual({ status: 'unsubscribed', reason });
      }
    }),
  );
});

test('no form and no import lowers what there is, and an import changes nothing', () => {
  fc.assert(
    fc.property(aStanding, aChange, (now, change) => {
      const next = after(now, change);

      if (change.kind === 'imported') expect(next).toEqual(now);
      if (change.kind === 'form' && now.status === 'subscribed') expect(next).toEqual(now);
    }),
  );
});

test('in any order of changes there is a reason exactly while unsubscribed', () => {
  fc.assert(
    fc.property(fc.array(aChange), (changes) => {
      const { status, reason } = changes.reduce(after, NEVER);

      expect(reason !== null).toBe(status === 'unsubscribed');
    }),
  );
});

test('whoever opts out, is unsubscribed, bounces or complains gets no marketing email, from any status', () => {
  const reasons = {
    opted_out: 'opted_out',
    admin_unsubscribed: 'manual',
    hard_bounced: 'hard_bounce',
    complained: 'complaint',
  };
  for (const [kind, reason] of Object.entries(reasons)) {
    for (const status of ['subscribed', 'never_subscribed', 'unconfirmed'] as const) {
      const change = { kind } as MarketingChange;

      expect(decideMarketing({ status, reason: null }, change)).toEqual({
        kind: 'decided',
        marketing: { status: 'unsubscribed', reason },
        asksToConfirm: false,
        voidsLinks: true,
      });
    }
  }
});

test('an order of the same changes twice comes to the same', () => {
  fc.assert(
    fc.property(aStanding, aChange, (now, change) => {
      expect(after(after(now, change), change)).toEqual(after(now, change));
    }),
  );
});

test('a form subscribes at once or asks to confirm, whoever has unsubscribed always the latter', () => {
  const of = (now: Marketing, optIn: 'single' | 'double') => decideMarketing(now, { kind: 'form', optIn });
  const left: Marketing = { status: 'unsubscribed', reason: 'opted_out' };
  const asked = { kind: 'decided', asksToConfirm: true, voidsLinks: false };

  expect(of(NEVER, 'single')).toMatchObject({ marketing: { status: 'subscribed' }, asksToConfirm: false });
  expect(of(NEVER, 'double')).toEqual({ ...asked, marketing: { status: 'unconfirmed', reason: null } });
  expect(of(left, 'single')).toEqual({ ...asked, marketing: left });
  expect(of(left, 'double')).toEqual({ ...asked, marketing: left });
});

test('an admin notes a consent, but not of whoever has unsubscribed', () => {
  const left: Marketing = { status: 'unsubscribed', reason: 'manual' };

  expect(decideMarketing(NEVER, { kind: 'admin_subscribed' })).toMatchObject({ marketing: { status: 'subscribed' } });
  expect(decideMarketing(left, { kind: 'admin_subscribed' })).toEqual({
    kind: 'refused',
    code: 'confirmation_required',
  });
});

test('whoever had unsubscribed as one of two contacts has so as both, for the first reason; any other status is of one address', () => {
  fc.assert(
    fc.property(aStanding, aStanding, (now, goes) => {
      const has = [now, goes].find(({ status }) => status === 'unsubscribed');

      expect(after(now, { kind: 'merged', goes })).toEqual(has ?? now);
    }),
  );
});

import { describe, expect, test } from '@jest/globals';
import { addDays } from '../../../workflows/domain/instant.ts';
import { obstacleTo } from '../../../workflows/domain/obstacle.ts';
import type { OfferTerms } from '../../../workflows/domain/offer.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { hasHadTrial } from '../../../workflows/domain/trial.ts';
import {
  aCancellation,
  aCheckout,
  after,
  aGrant,
  anEnd,
  anOverdue,
  aPause,
  aPurchase,
  T0,
} from '../../builders/purchase.ts';

const NOW = after(7200);
const TERMS = aPurchase().terms;
const OWN = TERMS.offerId;
const OTHER = '018f2f6e-0000-7000-8000-0000000000aa';
const free = (state: PurchaseState, terms: Partial<OfferTerms> = {}): PurchaseState => ({
  ...state,
  origin: 'bought',
  terms: { ...state.terms, ...terms },
});
const ofOther = (state: PurchaseState, terms: Partial<OfferTerms> = {}): PurchaseState => ({
  ...state,
  terms: { ...state.terms, offerId: OTHER, ...terms },
});
const wanted = (terms: Partial<OfferTerms> = {}, origin: PurchaseState['origin'] = 'bought') => ({
  terms: { ...TERMS, offerId: OWN, ...terms },
  origin,
  now: NOW,
});
const kindOf = (terms: Partial<OfferTerms>, owned: PurchaseState[], origin?: PurchaseState['origin']) =>
  obstacleTo(wanted(terms, origin), owned)?.kind ?? null;

describe('the same offer', () => {
  test.each<[string, PurchaseState, PurchaseState['origin'], string | null]>([
    ['is live: not bought again', aPurchase(), 'bought', 'already_live'],
    ['is live: not granted either', aPurchase(), 'granted', 'already_live'],
    ['was canceled: bought again', aPurchase({ billing: { ended: anEnd() } }), 'bought', null],
    ['is only a checkout: bought', aCheckout(), 'bought', null],
    ['was only granted: bought', aGrant(), 'bought', null],
    ['was granted: not granted again', aGrant(), 'granted', 'already_live'],
    [
      'was granted and has run out: granted again',
      { ...aGrant(), access: { startsAt: T0, endsAt: T0 } },
      'granted',
      null,
    ],
    ['is a second purchase that goes back: bought', { ...aPurchase(), duplicateOf: OTHER }, 'bought', null],
    ['is free and gives access: not again [R27.7]', free(aGrant()), 'bought', 'already_live'],
    ['is free and over: again', { ...free(aGrant()), access: { startsAt: T0, endsAt: T0 } }, 'bought', null],
  ])('%s', (_what, owned, origin, kind) => {
    expect(kindOf({}, [owned], origin)).toBe(kind);
  });

  test('that may be repeated is no obstacle where it is not billed, and is one where it is', () => {
    expect(kindOf({ repeatable: true }, [free(aGrant())])).toBeNull();
    expect(kindOf({ repeatable: true }, [aPurchase()])).toBe('already_live');
  });
});

describe('a group', () => {
  const inGroup = ofOther(aPurchase(), { group: 'plans' });

  test('has one live purchase, which is named [R4.7]', () => {
    expect(obstacleTo(wanted({ group: 'plans' }), [inGroup])).toEqual({
      kind: 'group_taken',
      purchaseId: inGroup.purchaseId,
    });
    expect(kindOf({ group: 'other' }, [inGroup])).toBeNull();
    expect(kindOf({}, [inGroup])).toBeNull();
  });

  test('counts what is billed alone: neither what has ended nor a grant [R27.4]', () => {
    const ended = ofOther(aPurchase({ billing: { ended: anEnd() } }), { group: 'plans' });
    expect(kindOf({ group: 'plans' }, [ended, ofOther(aGrant(), { group: 'plans' })])).toBeNull();
  });
});

describe('what an offer requires', () => {
  const requires = [OTHER];

  test.each<[string, PurchaseState[], string | null]>([
    ['nothing is there', [], 'requirement_missing'],
    ['it is live', [ofOther(aPurchase())], null],
    ['it is on trial', [ofOther(aPurchase({ billing: { phase: 'trialing' } }))], null],
    ['it was granted', [ofOther(aGrant())], null],
    ['its grant has run out', [{ ...ofOther(aGrant()), access: { startsAt: T0, endsAt: T0 } }], 'requirement_missing'],
    ['it was canceled', [ofOther(aPurchase({ billing: { ended: anEnd() } }))], 'requirement_missing'],
    ['it is past due', [ofOther(aPurchase({ billing: { overdue: [anOverdue()] } }))], 'requirement_missing'],
    ['it is paused', [ofOther(aPurchase({ billing: { pause: aPause() } }))], 'requirement_missing'],
    ['it is about to end', [ofOther(aPurchase({ billing: { cancellation: aCancellation() } }))], 'requirement_missing'],
    ['one of two is', [ofOther(aPurchase({ billing: { pause: aPause() } })), ofOther(aGrant())], null],
  ])('%s', (_what, owned, kind) => {
    expect(kindOf({ requires }, owned)).toBe(kind);
  });

  test('names the purchase that has to be put in order first [R27.6]', () => {
    const paused = ofOther(aPurchase({ billing: { pause: aPause() } }));
    expect(obstacleTo(wanted({ requires }), [paused])?.purchaseId).toBe(paused.purchaseId);
    expect(obstacleTo(wanted({ requires }), [])?.purchaseId).toBeNull();
  });
});

describe('a trial is given once [R4.5]', () => {
  const onTrial = aPurchase({ billing: { phase: 'trialing', trialEndsAt: addDays(T0, 14) } });
  const canceled = aPurchase({ billing: { trialEndsAt: addDays(T0, 14), ended: anEnd() } });

  test.each<[string, PurchaseState[], [offer: boolean, site: boolean, always: boolean]]>([
    ['nobody had it', [], [false, false, false]],
    ['bought without one', [aPurchase()], [false, false, false]],
    ['on trial', [onTrial], [true, true, false]],
    ['canceled since', [canceled], [true, true, false]],
    ['of another offer', [ofOther(canceled)], [false, true, false]],
    ['of a second purchase that went back', [{ ...canceled, duplicateOf: OTHER }], [false, false, false]],
  ])('%s', (_what, owned, had) => {
    expect((['offer', 'site', 'always'] as const).map((scope) => hasHadTrial(scope, OWN, owned))).toEqual(had);
  });
});

import { expect, test } from '@jest/globals';
import { addDays } from '../../../workflows/domain/instant.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { preview } from '../../../workflows/verbs/preview.ts';
import { aCancellation, aPause, aPurchase, askedBy, FEB_28, MAR_31 } from '../../builders/purchase.ts';

const TRIAL = { phase: 'trialing', trialEndsAt: FEB_28 } as const;
const LATE = addDays(FEB_28, -1);

test.each([
  ['going on in the last days of a trial', 'undo-cancel', { ...TRIAL, cancellation: aCancellation(FEB_28) }, 'trial'],
  ['going on shortly before a renewal', 'undo-cancel', { cancellation: aCancellation(FEB_28) }, 'payment'],
  ['resuming shortly before a renewal', 'resume', { pause: aPause() }, 'payment'],
] as const)('%s shows the email that follows at once, and leaves nothing due now', (_what, verb, billing, of) => {
  const context = { ...askedBy(LATE), settings: { ...DEFAULT_SETTINGS, emailsOff: [] } };

  const shown = preview(verb, aPurchase({ billing }), {}, context);

  const kind = of === 'trial' ? 'trial-ending' : 'upcoming-payment';
  expect(shown.emails).toContainEqual({ kind, to: 'customer' });
  expect(shown.after.due.filter(({ at }) => at <= LATE)).toEqual([]);
});

test('what is told of one charge is not told again by the next verb', () => {
  const told = { of: 'payment', chargeAt: FEB_28, at: null } as const;
  const state = aPurchase({ billing: { chargeNotice: told, cancellation: aCancellation(MAR_31) } });
  const context = { ...askedBy(LATE), settings: { ...DEFAULT_SETTINGS, emailsOff: [] } };

  expect(preview('undo-cancel', state, {}, context).emails).not.toContainEqual({
    kind: 'upcoming-payment',
    to: 'customer',
  });
});

import { describe, expect, test } from '@jest/globals';
import { seal, unseal } from '../../../db/seal.ts';
import { checkoutToken, readCheckoutToken } from '../../../api/auth/secrets.ts';

describe('a change of SECRET_KEY', () => {
  const [OLD, NEW] = ['the old key, of 32 characters or more', 'the new key, of 32 characters or more'];

  test('leaves answers readable that the key before sealed, and no others', () => {
    const sealed = seal({ key: 'prn_test_1' }, [OLD]);

    expect(unseal(sealed, [NEW, OLD])).toEqual({ key: 'prn_test_1' });
    expect(unseal(seal('new', [NEW, OLD]), [NEW])).toBe('new');
    expect(() => unseal(sealed, [NEW])).toThrow();
  });

  test('leaves the tokens of checkouts readable that the key before signed, and no others', () => {
    const token = checkoutToken('018f2f6e', [OLD]);

    expect(readCheckoutToken(token, [NEW, OLD])).toBe('018f2f6e');
    expect(checkoutToken('018f2f6e', [NEW, OLD])).toBe(checkoutToken('018f2f6e', [NEW]));
    expect(readCheckoutToken(token, [NEW])).toBeNull();
  });
});

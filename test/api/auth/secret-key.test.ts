import { describe, expect, test } from '@jest/globals';
import { seal, unseal } from '../../../db/seal.ts';
import { checkoutToken, readCheckoutToken } from '../../../api/auth/secrets.ts';
import { readToken, signToken } from '../../../db/signature.ts';

const [OLD, NEW] = ['the old key, of 32 characters or more', 'the new key, of 32 characters or more'];

describe('a change of SECRET_KEY', () => {
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

test('a token says what it was signed for, and nothing else by more or fewer parts', () => {
  const id = '018f2f6e';
  const token = signToken('preview', [id], NEW);

  expect(readToken('preview', token, 1, [NEW])).toEqual([id]);
  expect(readToken('checkout', token, 1, [NEW])).toBeNull();
  expect(readToken('preview', `${token}.more`, 1, [NEW])).toBeNull();
  expect(readToken('preview', signToken('preview', [id, '7'], NEW), 1, [NEW])).toBeNull();
  expect(readToken('preview', '', 1, [NEW])).toBeNull();
});

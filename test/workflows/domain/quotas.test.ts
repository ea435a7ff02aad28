import { describe, expect, test } from '@jest/globals';
import { entitledBy, entitlementOf } from '../../../workflows/domain/quotas.ts';

const plan = { quotas: { products: 3, admins: 1 }, features: ['pipelines'], quotaFactor: 1 };
const access = { quotas: {}, features: ['code_editor', 'early_access'], quotaFactor: 2 };

describe('what an account has of its purchases [R18.4]', () => {
  test('is the plan’s figures times the factor of the add-on, and the features of both', () => {
    expect(entitledBy([access, plan])).toEqual({
      quotas: { products: 6, admins: 2 },
      features: ['code_editor', 'early_access', 'pipelines'],
    });
  });

  test('is the sum of what several give, and a factor leaves the figures of its own purchase', () => {
    const more = { quotas: { products: 10 }, features: ['pipelines'], quotaFactor: 2 };

    expect(entitledBy([plan, more, access])).toEqual({
      quotas: { products: 3 * 2 * 2 + 10 * 2, admins: 4 },
      features: ['code_editor', 'early_access', 'pipelines'],
    });
  });

  test('is nothing of an add-on alone but its features, and nothing of no purchase', () => {
    expect(entitledBy([access])).toEqual({ quotas: {}, features: access.features });
    expect(entitledBy([])).toEqual({ quotas: {}, features: [] });
  });
});

describe('an offer gives to an account', () => {
  test('what its terms say, and nothing where they say nothing or were sold before they could', () => {
    expect(entitlementOf({ quotas: { products: 3 } })).toEqual({
      quotas: { products: 3 },
      features: [],
      quotaFactor: 1,
    });
    expect(entitlementOf({ quotas: {}, features: [], quotaFactor: null })).toBeNull();
    expect(entitlementOf({})).toBeNull();
  });
});

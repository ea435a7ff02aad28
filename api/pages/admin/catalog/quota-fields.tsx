import type { ReactNode } from 'react';
import { capital } from '../../../../emails/words/sentence.ts';
import { QUOTA_NAMES } from '../../../../workflows/domain/quotas.ts';
import type { Form, FormState } from '../../form.ts';
import { TextField } from '../../parts/fields.tsx';
import { featureInWords, quotaInWords } from '../../words/quota.ts';
import type { Offer } from './offer-shown.ts';

type QuotaFieldsProps = { form: FormState; offer?: Offer | undefined };

/** What an offer gives to the account that it is for [R18.4]; folded, since few offers do. */
export const QuotaFields = ({ form, offer }: QuotaFieldsProps) => (
  <details className="fold" open={givesAny(offer) || form.errors.some(({ field }) => isEntitlement(field))}>
    <summary>For offers that accounts buy: quotas and features</summary>
    <div className="beside">
      {namesFor(offer).map((name) => (
        <TextField
          key={name}
          name={`quotas.${name}@int`}
          label={`Most ${quotaInWords(name)}`}
          form={form}
          inputMode="numeric"
          initial={offer?.quotas[name]?.toString()}
        />
      ))}
    </div>
    <TextField
      name="features"
      label="Features"
      form={form}
      initial={offer?.features.join(', ')}
      help="Such as code_editor, early_access. A blank quota is no limit."
    />
    <TextField
      name="quotaFactor@int?"
      label="Multiplies other quotas by"
      form={form}
      inputMode="numeric"
      initial={offer?.quotaFactor?.toString()}
      help="2 doubles what the account’s plan gives. Leave blank for none."
    />
  </details>
);

const isEntitlement = (field: string): boolean => /^(quotas|features|quotaFactor)\b/.test(field);

const givesAny = (offer: Offer | undefined): boolean => offer !== undefined && quotaFacts(offer).length > 0;

/** Kinds of content are named by the API; the form keeps those that the offer has. */
const namesFor = (offer: Offer | undefined): string[] => [
  ...new Set<string>([...QUOTA_NAMES, ...Object.keys(offer?.quotas ?? {})]),
];

/** Of what was typed about quotas and features, what the API takes. */
export const entitlementIn = ({ quotas = {}, features }: Form['body']) => ({
  quotas,
  features: typeof features === 'string' ? features.split(/[\s,]+/).filter((feature) => feature !== '') : [],
});

/** The same, as facts; an offer that gives none says nothing. */
export function quotaFacts({ quotas, features, quotaFactor }: Offer): [string, ReactNode][] {
  const facts: [string, ReactNode][] = Object.entries(quotas).map(([name, limit]) => [
    `Most ${quotaInWords(name)}`,
    limit.toLocaleString('en-US'),
  ]);
  if (features.length > 0) facts.push(['Features', capital(features.map(featureInWords).join(', '))]);
  return quotaFactor === null ? facts : [...facts, ['Other quotas', `Times ${quotaFactor}`]];
}

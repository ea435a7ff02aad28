import { PURCHASE_EMAILS } from '../../../catalog/offer-schema.ts';
import { emailInWords } from '../../words/email.ts';
import { toWallClock, type Form, type FormState } from '../../form.ts';
import type { Site } from '../../page.ts';
import { ShownFields } from './shown-fields.tsx';
import { Flag, InstantField, ListField, TextField } from '../../parts/fields.tsx';
import { CreditFields, creditsOf } from './credit-fields.tsx';
import { DependenceFields, type OfferName } from './dependence-fields.tsx';
import type { Offer, Product } from './offer-shown.ts';
import { entitlementIn, QuotaFields } from './quota-fields.tsx';
import { clockOf } from '../../words/instant.ts';

type OfferFieldsProps = {
  form: FormState;
  site: Site;
  products: readonly Product[];
  /** Emails that are off for the whole account, whatever an offer says. */
  offForAll: readonly string[];
  others: readonly OfferName[];
  offer?: Offer | undefined;
};

/** Everything about an offer but its price. */
export const OfferFields = ({ form, site, products, offForAll, others, offer }: OfferFieldsProps) => (
  <>
    <TextField name="name" label="Name" form={form} initial={offer?.name} required />
    <ShownFields form={form} shown={offer} where="on the page where people buy" />
    <ListField
      name="productIds@list"
      label="Products"
      form={form}
      chosen={offer?.productIds}
      options={productOptions(products, offer)}
    />
    <AccessFields form={form} site={site} offer={offer} />
    <DependenceFields form={form} others={others} offer={offer} />
    <CreditFields form={form} offer={offer} />
    <QuotaFields form={form} offer={offer} />
    <EmailsField form={form} offForAll={offForAll} offer={offer} />
  </>
);

function AccessFields({ form, site, offer }: Pick<OfferFieldsProps, 'form' | 'site' | 'offer'>) {
  const startsAt = offer?.accessStartsAt ?? null;
  return (
    <>
      <TextField
        name="refundWindowDays@int"
        label="Refund window in days"
        form={form}
        inputMode="numeric"
        initial={String(offer?.refundWindowDays ?? 30)}
        required
        help="Counted from the first payment. 0 means no refund window."
      />
      <Flag
        name="refundWindowOnce@flag"
        label="The refund window opens once for a customer, and not when they buy it again"
        form={form}
        isSet={offer?.refundWindowOnce ?? false}
      />
      <TextField
        name="accessDays@int?"
        label="Days of access"
        form={form}
        inputMode="numeric"
        initial={offer?.accessDays?.toString()}
        help="Leave blank for no end."
      />
      <InstantField
        name="accessStartsAt@instant?"
        label="Access starts"
        form={form}
        initial={startsAt === null ? undefined : toWallClock(startsAt, site.timeZone)}
        help={`${clockOf(site)}. Leave blank to start with the purchase.`}
      />
    </>
  );
}

const EmailsField = ({ form, offForAll, offer }: Pick<OfferFieldsProps, 'form' | 'offForAll' | 'offer'>) => (
  <ListField
    name={EMAILS_ON}
    label="Emails to the customer"
    form={form}
    chosen={PURCHASE_EMAILS.filter((kind) => !offer?.emailsOff.includes(kind))}
    options={PURCHASE_EMAILS.map((value) => ({ value, label: labelOf(value, offForAll) }))}
    help="Unchecked emails are not sent for purchases of this offer."
  />
);

/** People mark what is on; the API keeps what is off. */
const EMAILS_ON = '_emailsOn';

export const bodyOf = ({ body, typed }: Form): Form['body'] => ({
  ...body,
  credits: creditsOf(body),
  ...entitlementIn(body),
  emailsOff: PURCHASE_EMAILS.filter((kind) => !typed[EMAILS_ON]?.includes(kind)),
});

const labelOf = (kind: string, offForAll: readonly string[]): string =>
  offForAll.includes(kind) ? `${emailInWords(kind)} (off for the whole account)` : emailInWords(kind);

/** Products on sale, and those that the offer bundles already. */
function productOptions(products: readonly Product[], offer: Offer | undefined) {
  const gone = (offer?.products ?? []).filter(({ id }) => !products.some((product) => product.id === id));
  return [
    ...products.map(({ id, name }) => ({ value: id, label: name })),
    ...gone.map(({ id, name, archivedAt }) => ({
      value: id,
      label: archivedAt === null ? name : `${name} (archived)`,
    })),
  ];
}

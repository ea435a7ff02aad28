import { LANGUAGE_CODES } from '../../../../emails/languages/codes.ts';
import { LANGUAGES } from '../../../../emails/languages/index.ts';
import { Flag, FormKey, LongText, SelectField, TextField } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { priceInWords } from '../../parts/money.tsx';
import { OwnFieldInputs } from './own-fields.tsx';
import type { ContactShown } from './contact-shown.ts';

export const ChangeForm = ({ contact, fields, change: { form, problem } }: ContactShown) => (
  <details open={problem !== null}>
    <summary className="btn">Change email, name or fields</summary>
    <ProblemNotice problem={problem} />
    <form method="post" className="narrow">
      <FormKey form={form} />
      <input type="hidden" name="_step" value="change" />
      <TextField name="email" label="Email" type="email" required form={form} initial={contact.email} />
      <TextField name="name@text?" label="Name" form={form} initial={contact.name ?? ''} />
      <SelectField
        name="language@text?"
        label="Language"
        form={form}
        initial={contact.language ?? ''}
        options={[
          { value: '', label: 'As the site' },
          ...LANGUAGE_CODES.map((value) => ({ value, label: LANGUAGES[value].name })),
        ]}
      />
      <OwnFieldInputs defined={fields} values={contact.fields} form={form} />
      <button className="primary">Save</button>
    </form>
  </details>
);

/** Gives an offer without billing [R13.2]. */
export function GrantForm({ contact, offers, purchases, grant: { form, problem } }: ContactShown) {
  const live = offers.filter(({ archivedAt }) => archivedAt === null);
  const chosen = form.typed.offerId?.at(-1);
  const held = problem?.code === 'already_live' && purchases?.find(({ offer }) => offer.id === chosen);
  return (
    <details open={problem !== null}>
      <summary className="btn">Grant an offer</summary>
      {held ? (
        <Notice tone="bad">
          <strong>{contact.name ?? contact.email} already has this offer.</strong> Nothing was granted or sent.{' '}
          <a href={`/purchases/${held.id}`}>See the purchase</a>
        </Notice>
      ) : (
        <ProblemNotice problem={problem} />
      )}
      {live.length === 0 ? (
        <p>
          There are no offers to grant. <a href="/offers">Create an offer</a> first.
        </p>
      ) : (
        <GrantFields form={form} offers={live} />
      )}
    </details>
  );
}

type FieldsProps = Pick<ContactShown, 'offers'> & Pick<ContactShown['grant'], 'form'>;

const GrantFields = ({ form, offers }: FieldsProps) => (
  <form method="post" className="narrow">
    <FormKey form={form} />
    <input type="hidden" name="_step" value="grant" />
    <SelectField
      name="offerId"
      label="Offer"
      form={form}
      options={offers.map(({ id, name, price }) => ({ value: id, label: `${name} (${priceInWords(price)})` }))}
      help="Its products open at once; nothing is charged."
    />
    <LongText name="reason" label="Reason" form={form} help="For your team; the customer does not see it." />
    <Flag name="skipConfirmation@flag" label="Do not send the confirmation" form={form} />
    <Flag name="skipWelcome@flag" label="Do not send the welcome" form={form} />
    <button className="primary">Grant</button>
  </form>
);

import { Flag } from '../parts/fields.tsx';
import { CarriesOut, namedRequest } from './carries-out.tsx';
import { withSum, type FieldsProps, type ShownVerb } from './shown-verb.ts';
import { instantInWords } from '../words/instant.ts';

export const moneyBack: ShownVerb = {
  word: 'Money back',
  intro: 'Refunds every payment within the refund window, cancels now and ends access.',
  fields: (props) => (
    <>
      <CarriesOut {...props} />
      <MoneyBackFields {...props} />
    </>
  ),
  initial: (_purchase, _site, query) => ({ 'override@flag': [''], ...namedRequest(query) }),
  button: (_body, { preview }) => withSum('Give back', 'refund', preview, 'Give money back now'),
  isDangerous: () => true,
  done: 'The money has been refunded, and the purchase is canceled.',
};

/** Only owners and operators may act outside the window, and say why [R10.6]. */
function MoneyBackFields({ purchase: { refundWindow }, site, role, form }: FieldsProps) {
  if (refundWindow?.state !== 'closed') return null;
  const closed = `The refund window closed on ${instantInWords(refundWindow.closesAt, site, 'hour')}.`;
  if (role !== 'owner' && role !== 'operator')
    return <p>{closed} Only an owner or an operator can still give the money back.</p>;
  return (
    <Flag
      name="override@flag"
      label="Give money back although the window is closed"
      help={`${closed} This needs a reason.`}
      form={form}
    />
  );
}

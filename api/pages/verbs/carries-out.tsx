import type { FormTexts } from '../form.ts';
import type { FieldsProps } from './shown-verb.ts';

/** The customer's request that the verb's page was opened for. */
export const namedRequest = ({ requestId }: Record<string, string>): FormTexts =>
  requestId === undefined ? {} : { requestId: [requestId] };

/** Says that the verb carries a request out, and names it to the API [R9.5]. */
export function CarriesOut({ purchase: { cancellationRequest }, form }: FieldsProps) {
  const requestId = form.typed.requestId?.at(-1);
  if (requestId === undefined) return null;
  return (
    <>
      <input type="hidden" name="requestId" value={requestId} />
      <p>
        This carries out the customer’s request
        {cancellationRequest?.refundWanted ? ', who wants the money back' : ''}.
      </p>
    </>
  );
}

import { customerCallRoutes } from '../../../calls/customer-calls.ts';
import { creditRoutes } from '../../../credits/credits.ts';
import { inSite, OF_SITE } from '../../page.ts';
import { CallTime } from '../../parts/calls/call-time.tsx';
import { Confirm } from '../../parts/calls/confirm.tsx';
import { creditsInWords } from '../../words/credit-effect.ts';
import { WithTerm } from '../../parts/calls/call-terms.tsx';
import { paramsOf } from './move-call.tsx';
import { ownSteps } from './two-steps.tsx';
import { Trouble } from '../purchase/trouble.tsx';

/** Says what becomes of the credit before a call is canceled [R19.5]. */
export const cancelCallPage = ownSteps({
  path: `${OF_SITE}/calls/{callId}/cancel`,
  title: 'Cancel the call',
  notice: 'call-canceled',
  ask: (call, { key, ...body }) => call.api.ask(customerCallRoutes.cancel, { params: paramsOf(call), body, key }),
  async confirm(call, { preview, here, problem }) {
    const booked = await call.api.read(customerCallRoutes.read, { params: paramsOf(call) });
    const params = { purchaseId: booked.purchaseId };
    const credits = await call.api.read(creditRoutes.readMine, { params });
    const isLate = booked.movableUntil !== null && here.now > booked.movableUntil;
    return (
      <Confirm
        title="Cancel this call?"
        trouble={<Trouble problem={problem} />}
        terms={[
          <CallTime key="time" {...booked} here={here} />,
          <WithTerm key="with" {...booked} here={here} />,
          ...(isLate ? ['It begins within 24 hours.'] : []),
          ...creditsInWords(preview.credits, credits.data, here),
        ]}
        planHash={preview.planHash}
        button="Cancel the call"
        isDangerous
        back={{ href: inSite(here, '/calls'), word: 'Keep it' }}
      />
    );
  },
});

import type { VerbName } from '../../../workflows/domain/verb.ts';
import { accessStart } from './access-start.tsx';
import { extend } from './extend.tsx';
import { forfeitCredit } from './forfeit-credit.tsx';
import { issueCredit } from './issue-credit.tsx';
import { cancel } from './cancel.tsx';
import { changeOffer } from './change-offer.tsx';
import { changeResumeDate } from './change-resume-date.tsx';
import { moneyBack } from './money-back.tsx';
import { pause } from './pause.tsx';
import { payOff } from './pay-off.tsx';
import { refund } from './refund.tsx';
import { restore } from './restore.tsx';
import { resume } from './resume.tsx';
import { retryPayment } from './retry-payment.tsx';
import { revoke } from './revoke.tsx';
import type { ShownVerb } from './shown-verb.ts';
import { undoCancel } from './undo-cancel.tsx';
import { undoChangeOffer } from './undo-change-offer.tsx';

/** How each verb is shown. A name in `VERB_NAMES` without its entry here does not compile. */
export const SHOWN_VERBS: Record<VerbName, ShownVerb> = {
  pause,
  resume,
  'change-resume-date': changeResumeDate,
  cancel,
  'undo-cancel': undoCancel,
  'change-offer': changeOffer,
  'undo-change-offer': undoChangeOffer,
  revoke,
  restore,
  refund,
  'money-back': moneyBack,
  'retry-payment': retryPayment,
  'pay-off': payOff,
  'access-start': accessStart,
  extend,
  'issue-credit': issueCredit,
  'forfeit-credit': forfeitCredit,
};

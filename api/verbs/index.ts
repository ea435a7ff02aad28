import type { VerbName } from '../../workflows/domain/verb.ts';
import type { VerbInputs } from '../../workflows/verbs/index.ts';
import { accessStart } from './access-start.ts';
import { extend } from './extend.ts';
import { forfeitCredit } from './forfeit-credit.ts';
import { issueCredit } from './issue-credit.ts';
import type { AskedVerb } from './asked-verb.ts';
import { cancel } from './cancel.ts';
import { changeOffer } from './change-offer.ts';
import { changeResumeDate } from './change-resume-date.ts';
import { moneyBack } from './money-back.ts';
import { pause } from './pause.ts';
import { payOff } from './pay-off.ts';
import { refund } from './refund.ts';
import { restore } from './restore.ts';
import { resume } from './resume.ts';
import { retryPayment } from './retry-payment.ts';
import { revoke } from './revoke.ts';
import { undoCancel } from './undo-cancel.ts';
import { undoChangeOffer } from './undo-change-offer.ts';

/** How each verb is asked for. A name in `VERB_NAMES` without its entry here does not compile. */
const ASKED_VERBS = {
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
} satisfies { [Name in VerbName]: AskedVerb<VerbInputs[Name]> };

export const askedVerb = (name: VerbName): AskedVerb<unknown> => ASKED_VERBS[name];

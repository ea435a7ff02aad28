import type { PlannedName, VerbName } from '../domain/verb.ts';
import { accessStart } from './access-start.ts';
import { applyCode } from './apply-code.ts';
import { bookCall } from './book-call.ts';
import { cancelCall } from './cancel-call.ts';
import { cancel } from './cancel.ts';
import {
  declineCancellationRequest,
  requestCancellation,
  withdrawCancellationRequest,
} from './cancellation-request.ts';
import { changeContact } from './change-contact.ts';
import { changeOffer } from './change-offer.ts';
import { changeResumeDate } from './change-resume-date.ts';
import { endCall } from './end-call.ts';
import { endBilling } from './end-billing.ts';
import { endDisputed } from './end-disputed.ts';
import { endDependent } from './end-dependent.ts';
import { extend } from './extend.ts';
import { forfeitCredit } from './forfeit-credit.ts';
import { grant } from './grant.ts';
import { issueCredit } from './issue-credit.ts';
import { moveCall } from './move-call.ts';
import { bookSeat, cancelSeat } from './office-seats.ts';
import { moneyBack } from './money-back.ts';
import { pause } from './pause.ts';
import { payOff } from './pay-off.ts';
import { refund } from './refund.ts';
import { restore } from './restore.ts';
import { releaseChange } from './release-change.ts';
import { resume } from './resume.ts';
import { retryNewCard } from './retry-new-card.ts';
import { retryPayment } from './retry-payment.ts';
import { returnDuplicate } from './return-duplicate.ts';
import { revoke } from './revoke.ts';
import { setPlanEnd } from './set-plan-end.ts';
import { takeFree } from './take-free.ts';
import { undoCancel } from './undo-cancel.ts';
import { undoChangeOffer } from './undo-change-offer.ts';
import type { Verb } from './verb.ts';
import { voidOpenInvoices } from './void-open-invoices.ts';

/** Every verb there is. A name in `VERB_NAMES` without its verb here does not compile. */
export const VERBS = {
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
  grant,
  'take-free': takeFree,
  'end-billing': endBilling,
  'end-dependent': endDependent,
  'end-disputed': endDisputed,
  'return-duplicate': returnDuplicate,
  'retry-new-card': retryNewCard,
  'void-open-invoices': voidOpenInvoices,
  'set-plan-end': setPlanEnd,
  'request-cancellation': requestCancellation,
  'withdraw-cancellation-request': withdrawCancellationRequest,
  'decline-cancellation-request': declineCancellationRequest,
  'release-change': releaseChange,
  'change-contact': changeContact,
  'apply-code': applyCode,
  'book-call': bookCall,
  'move-call': moveCall,
  'cancel-call': cancelCall,
  'end-call': endCall,
  'book-seat': bookSeat,
  'cancel-seat': cancelSeat,
} satisfies Record<PlannedName, unknown>;

/** What each verb takes. */
export type VerbInputs = { [Name in VerbName]: (typeof VERBS)[Name] extends Verb<infer Input> ? Input : never };

/**
 * The verb of that name; its input was checked against its schema when the command was accepted.
 */
export const verbOf = (name: PlannedName): Verb<unknown> => VERBS[name];

import { asSentence } from '../../../emails/words/sentence.ts';
import { ATTENTION_WORDS } from '../../../workflows/domain/attention-words.ts';
import { ATTENTION_REASONS, type AttentionReason } from '../../../workflows/domain/pending.ts';

/** What needs attention, and what to do about it. */
export function attentionInWords(reason: AttentionReason): string {
  const { what, advice } = ATTENTION_WORDS[reason];
  return advice === undefined ? asSentence(what) : `${asSentence(what)} ${advice}`;
}

/** The reason in a stored row or entry, if it is one. */
export const attentionReason = (stored: unknown): AttentionReason | undefined =>
  ATTENTION_REASONS.find((reason) => reason === stored);

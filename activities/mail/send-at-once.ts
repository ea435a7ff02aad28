import { ApplicationFailure } from '@temporalio/common';
import { createTurns } from '../../db/mail/mail-pace.ts';
import type { Orm } from '../../db/orm.ts';
import { soon } from '../first-try.ts';
import type { Wakes } from '../gateways/temporal.ts';
import { renderer } from './renderer.ts';
import type { SendEmail, SendEmailResult } from './send-email.ts';

export type AtOnceDeps = {
  orm: Orm;
  wakes: Pick<Wakes, 'startMail'>;
  send: SendEmail;
  /**
   * How many emails a second may be sent at once, over all processes; the email queue has a share
   * of its own.
   */
  perSecond: number;
};

export type AtOnce = {
  /**
   * One attempt by the process that recorded the email. It never throws, and need not be awaited.
   */
  sendAtOnce: (emailId: string) => Promise<void>;
  /** One try; resolves to the email's state, null where it is to be tried again. Never throws. */
  tryEmail: (emailId: string) => Promise<string | null>;
  /** Resolves when nothing is being sent at once any more. */
  finish: () => Promise<void>;
};

/**
 * How long a workflow waits after a first attempt that failed, unless the provider said when to
 * come back.
 */
const AFTER_A_FAILURE_MS = 5_000;

/**
 * Sends an email without a workflow, if the pace allows it. One that is not sent within seconds
 * becomes a `mail` workflow, which retries for days. The sweep finds what died with this process.
 */
export function createSendAtOnce({ orm, wakes, send, perSecond }: AtOnceDeps): AtOnce {
  const isTurn = createTurns(orm, perSecond);
  const underWay = new Set<Promise<void>>();

  async function trySoon(emailId: string): Promise<SendEmailResult | null> {
    await renderer(); // not within the time of a try
    return (await isTurn()) ? soon(send(emailId)) : null;
  }

  async function sendOrStart(emailId: string): Promise<void> {
    try {
      if (!(await trySoon(emailId))) await wakes.startMail(emailId);
    } catch (error) {
      await wakes.startMail(emailId, delayOf(error) ?? AFTER_A_FAILURE_MS);
    }
  }

  return {
    async sendAtOnce(emailId) {
      const sending = sendOrStart(emailId);
      underWay.add(sending);
      await sending;
      underWay.delete(sending);
    },
    async tryEmail(emailId) {
      const sent = await trySoon(emailId).catch(() => null);
      return sent && sent.state;
    },
    async finish() {
      await Promise.all(underWay);
    },
  };
}

const delayOf = (error: unknown): number | null =>
  error instanceof ApplicationFailure && typeof error.nextRetryDelay === 'number' ? error.nextRetryDelay : null;

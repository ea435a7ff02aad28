import { afterEach, beforeEach } from '@jest/globals';
import { Resend } from 'resend';
import { aMailbox, type TestMailbox } from './a-mailbox.ts';

/** The mailbox of a test, and Resend's own client for it; `useMailbox` sets them. */
export let mailbox: TestMailbox;
export let resend: Resend;

/** Runs a mailbox of its own for each test of the file that calls this. */
export function useMailbox(): void {
  beforeEach(async () => {
    mailbox = await aMailbox();
    resend = new Resend('re_sandbox', { baseUrl: mailbox.url });
  });
  afterEach(() => mailbox.close());
}

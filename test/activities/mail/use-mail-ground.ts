import { afterAll, beforeAll, expect } from '@jest/globals';
import { composeEmail } from '../../../activities/mail/compose.ts';
import { readEmail, type EmailMaterial } from '../../../db/mail/email-material.ts';
import { renderEmail } from '../../../emails/render.ts';
import { LINKS, withCard } from './a-letter.ts';
import { aMailGround, type MailGround } from './a-mail-ground.ts';

/** That of the test file that runs. */
export let ground: MailGround;
/** The kinds of email that `said` has read. */
export const seen = new Set<string>();

/** Opens what the emails of a test file are made from, and closes it. */
export function useMailGround(): void {
  beforeAll(async () => {
    ground = await aMailGround();
  });
  afterAll(() => ground.close());
}

export async function materialOf(emailId: string | undefined): Promise<EmailMaterial> {
  const found = await readEmail(ground.orm.em.fork(), emailId ?? 'none');
  return withCard(found!.material);
}

/** An email as plain text. */
export async function textOfEmail(emailId: string | undefined): Promise<string> {
  const composition = composeEmail(await materialOf(emailId), LINKS);
  if (composition.kind !== 'composed') throw new Error(composition.kind);
  const { kind, props } = composition.email;
  return (await renderEmail(kind, props)).text.replaceAll(/\s+/g, ' ');
}

/** What an email says, having been rendered as well. */
export async function said(emailId: string | undefined): Promise<object> {
  const material = await materialOf(emailId);
  const composition = composeEmail(material, LINKS);
  if (composition.kind !== 'composed') return composition;
  const { kind, props } = composition.email;
  seen.add(kind);
  const { subject, text } = await renderEmail(kind, props);
  expect(subject).not.toMatch(/undefined|null|NaN/);
  expect(text).not.toMatch(/undefined|null|NaN/);
  return props;
}

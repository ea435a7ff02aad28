import type { EmailMaterial } from '../../db/mail/email-material.ts';
import { endOfToken } from '../../db/people/login-tokens.ts';
import {
  EMAILS,
  isMarketing,
  type EmailKind,
  type EmailWords,
  type RenderedEmail,
  type Site,
} from '../../emails/catalogue.ts';
import { exampleProps } from '../../emails/examples.ts';
import { composeEmail } from './compose.ts';
import { linksFor } from './links.ts';
import { renderer } from './renderer.ts';

/**
 * `material`: of an email that there is; null = of examples, at the site. In the site's language.
 */
type Wish = { kind: EmailKind; words: EmailWords; site: Site; material: EmailMaterial | null };

/** `suppressed`: such an email was not to be sent, and why. */
export type Preview = { kind: 'rendered'; email: RenderedEmail } | { kind: 'suppressed'; reason: string };

/**
 * What an email would be in these words. Nothing is kept or sent, Stripe is not asked, and links
 * that work once, or unsubscribe, lead nowhere.
 */
export async function previewEmail(wish: Wish, settings: { publicUrl: string; secretKey: string }): Promise<Preview> {
  const { kind, words, material } = wish;
  const { renderEmail } = await renderer();
  const as = { words, unsubscribeUrl: isMarketing(kind) ? nowhere(settings.publicUrl) : null };
  if (!material) return { kind: 'rendered', email: await renderEmail(kind, exampleProps(kind, wish.site), as) };
  const { oneTimeLink } = EMAILS[kind];
  const token = oneTimeLink && { token: 'preview', expiresAt: endOfToken(oneTimeLink, material.dueAt) };
  const inLanguage = { ...material, site: { ...material.site, language: wish.site.language } };
  const composition = composeEmail(inLanguage, linksFor(material, settings, token), Number.MAX_SAFE_INTEGER);
  if (composition.kind === 'suppressed') return composition;
  if (composition.kind === 'wait') throw new Error(`a preview of ${material.emailId} waits`);
  return { kind: 'rendered', email: await renderEmail(kind, composition.email.props as never, as) };
}

const nowhere = (publicUrl: string): string => `${publicUrl}/unsubscribe`;

type Draft = { site: Site; words: EmailWords; buttonUrl: string | null; contact: { name: string | null } | null };

/** What a broadcast would be for a contact; null = for an example. */
export async function previewBroadcast({ site, words, buttonUrl, contact }: Draft, publicUrl: string) {
  const { renderEmail } = await renderer();
  const { contactName } = exampleProps('broadcast', site);
  const props = { site, contactName: contact ? contact.name : contactName, buttonUrl };
  return renderEmail('broadcast', props, { words, unsubscribeUrl: nowhere(publicUrl) });
}

import { composeEmail } from '../../../activities/mail/compose.ts';
import type { Links } from '../../../activities/mail/links.ts';
import { readEmail, type EmailMaterial } from '../../../db/mail/email-material.ts';
import { renderEmail } from '../../../emails/render.ts';
import type { MailGround } from './a-mail-ground.ts';

export const LINKS: Links = {
  login: 'https://willow.example/login',
  signIn: 'https://willow.example/sign-in',
  addOn: 'https://willow.example/settings/access',
  oneTime: { url: 'https://willow.example/set-password?token=t', expiresAt: '2027-05-01T07:00:00.000Z' },
  offer: 'https://willow.example/join/1',
  ofExpert: 'https://willow.example/expert/1',
  ofPurchase: {
    updateCard: 'https://willow.example/billing/update-card',
    updateCardPath: '/billing/update-card',
    billing: 'https://willow.example/billing',
    confirmPayment: 'https://willow.example/billing/confirm-payment?purchase=1',
    page: 'https://willow.example/purchases/1',
    document: ({ kind, id }) => `https://willow.example/${kind}/${id}`,
  },
};

/** What a confirmation says besides what was bought, at a site that says nothing of itself. */
export const OF_A_PLAIN_PURCHASE = {
  site: {
    name: 'Willow & Wheel',
    supportEmail: 'help@willow.example',
    timeZone: 'America/Los_Angeles',
    color: null,
    logoUrl: null,
    postalAddress: null,
  },
  manageUrl: LINKS.ofPurchase!.billing,
  mayCancel: true,
  begun: 'purchase',
  welcome: 'purchase',
  thanks: 'purchase',
  trialDays: null,
  trialEndsAt: null,
  card: null,
  receiptNumber: null,
  receiptUrl: null,
  instalment: null,
  accessEndsAt: null,
  isUnpaid: false,
} as const;

const VISA = { kind: 'card', brand: 'visa', last4: '4242', wallet: null };

/** As where Stripe has said what will be charged. */
export const withCard = (material: EmailMaterial): EmailMaterial =>
  material.purchase && 'methodId' in material.data
    ? { ...material, purchase: { ...material.purchase, chargedTo: VISA } }
    : material;

/** A queued email as it would be written now: its kind, what it is written from, and its words. */
export async function aLetter(ground: MailGround, emailId: string | undefined) {
  const found = await readEmail(ground.orm.em.fork(), emailId ?? 'none');
  const composition = composeEmail(withCard(found!.material), LINKS);
  if (composition.kind !== 'composed') throw new Error(`not written: ${composition.kind}`);
  const { kind, props } = composition.email;
  return { kind, props, ...(await renderEmail(kind, props)) };
}

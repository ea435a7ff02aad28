import { confirmAdminRoutes } from '../../../people/confirm-admin.ts';
import { askForLinkPage } from './ask-for-link.tsx';

const Sent = () => (
  <section className="lone">
    <h1>Check your inbox</h1>
    <p>If this address still has to be confirmed, a link is on its way there. We send at most three an hour.</p>
    <p>
      If it is confirmed, <a href="/sign-in">sign in</a>.
    </p>
  </section>
);

/** For whoever has not confirmed the address in time [R15.1]. */
export const confirmationLinkPage = askForLinkPage({
  path: '/sign-up/link',
  title: 'Send the link again',
  words: 'Before you can sign in, you confirm your address by a link that we email you. It works for 24 hours.',
  sent: <Sent />,
  route: confirmAdminRoutes.sendAgain,
});

import { openPreviewRoutes } from '../../../people/preview-session.ts';
import { OF_SITE, page, type Page } from '../../page.ts';
import { enter } from './enter.ts';

/** Opens a customer's pages to somebody of the account, by a link that ends soon [R16.1]. */
export const previewPage: Page = {
  path: `${OF_SITE}/preview/{token}`,
  audience: 'public',
  async show({ api, params }) {
    const answer = await api.ask(openPreviewRoutes.open, { body: { token: params.token ?? '' } });
    return answer.isDone ? enter(answer.body, '/library') : page('Preview', <Over />, answer.status);
  },
};

const Over = () => (
  <section className="lone">
    <h1>This preview has ended</h1>
    <p>It lasts 15 minutes. Begin it anew on the contact’s page.</p>
    <p>
      <a href="/contacts">To the contacts</a>
    </p>
  </section>
);

import { inSite, type PreviewShown, type Site, type Visitor } from '../page.ts';
import { inRealTime, instantInWords } from '../words/instant.ts';

type Shown = PreviewShown & { site: Site; visitor: Visitor };

/**
 * On every page of a customer that somebody else looks at, so that nobody takes it for their own.
 */
export const PreviewTop = ({ site, visitor, isReadOnly, endsAt }: Shown) => (
  <aside className="preview-top" aria-label="Preview">
    <p>
      You see this as <bdi>{visitor.name ?? visitor.email}</bdi>, until{' '}
      {instantInWords(endsAt, inRealTime(site.timeZone), 'time')}.{' '}
      {isReadOnly ? 'Nothing can be changed here.' : 'A test customer: what you do here is done.'}
    </p>
    <form method="post" action={inSite(site, '/logout')}>
      <button className="tiny">Leave</button>
    </form>
  </aside>
);

import { EMAIL_STATE_WORDS, emailInWords } from '../../words/email.ts';
import type { Site } from '../../page.ts';
import { Badge } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import type { Everything, ListedEmail } from './read-purchase.ts';

type EmailsProps = { purchaseId: string; emails: Everything['emails']; site: Site };

/** Every email about this purchase, the newest first, and what became of it [R13.5]. */
export const EmailsSection = ({ purchaseId, emails, site }: EmailsProps) => (
  <section>
    <h2>Emails</h2>
    {emails.data.length === 0 ? (
      <p className="quiet">No email was sent about this purchase.</p>
    ) : (
      <ul>
        {emails.data.map((email) => (
          <EmailLine key={email.id} email={email} site={site} />
        ))}
      </ul>
    )}
    {emails.nextCursor === null ? null : <a href={`/emails?purchaseId=${purchaseId}`}>All emails of this purchase</a>}
  </section>
);

const EmailLine = ({ email: { id, kind, state, reason, to, dueAt }, site }: { email: ListedEmail; site: Site }) => (
  <li>
    <a href={`/emails/${id}`}>{emailInWords(kind)}</a>{' '}
    <Badge tone={EMAIL_STATE_WORDS[state].tone}>{EMAIL_STATE_WORDS[state].label}</Badge>
    {reason === null ? null : <small> {reason.replaceAll('_', ' ')}</small>}
    <small className="quiet entry-line">
      to {to ?? 'a deleted recipient'}, <When at={dueAt} site={site} />
    </small>
  </li>
);

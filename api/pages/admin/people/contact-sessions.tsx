import type { Site } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { When } from '../../parts/when.tsx';
import type { ContactSession, Tried } from './contact-shown.ts';

type Props = { sessions: ContactSession[]; site: Site; login: Tried };

const BEGUN_BY: Record<ContactSession['begunBy'], string> = {
  password: 'with the password',
  link: 'by a link',
  passkey: 'with a passkey',
};

/** Where they are logged in; support ends it [R14.1]. */
export const SessionsOf = ({ sessions, site, login }: Props) => (
  <section>
    <h2>Logged in</h2>
    {sessions.length === 0 ? <p className="quiet">They are logged in nowhere.</p> : null}
    <ul className="access">
      {sessions.map(({ id, begunBy, createdAt, expiresAt }) => (
        <li key={id}>
          <p>
            Since <When at={createdAt} site={site} />, {BEGUN_BY[begunBy]}, until <When at={expiresAt} site={site} />
          </p>
          <form method="post">
            <FormKey form={login.form} />
            <input type="hidden" name="_session" value={id} />
            <button name="_step" value="log-out">
              Log out
            </button>
          </form>
        </li>
      ))}
    </ul>
    {sessions.length > 1 ? (
      <form method="post">
        <FormKey form={login.form} />
        <button name="_step" value="log-out-all">
          Log out everywhere
        </button>
      </form>
    ) : null}
  </section>
);

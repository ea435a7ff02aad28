import { Notes } from '../../parts/notes.tsx';
import type { ContactShown } from './contact-shown.ts';

/** What the account's people wrote about them. */
export const NotesOf = ({ notes, site, note }: ContactShown) =>
  notes === null ? null : <Notes notes={notes} note={note} site={site} />;

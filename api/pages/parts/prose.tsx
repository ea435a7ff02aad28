/** What somebody wrote about what they sell, in paragraphs; lines end where they ended them. */
export const Paragraphs = ({ text }: { text: string | null }) =>
  text === null ? null : (
    <>
      {text.split(/\n\s*\n/).map((paragraph, place) => (
        <p key={place} className="as-written">
          {paragraph}
        </p>
      ))}
    </>
  );

/** A picture that only adorns; its host does not learn on which page. */
export const Picture = ({ url, className = 'picture' }: { url: string | null; className?: string }) =>
  url === null ? null : <img className={className} src={url} alt="" referrerPolicy="no-referrer" />;

/** A link to pass on: by the button, or selected by hand where no script runs. */
export const CopyLink = ({ label, link }: { label: string; link: string }) => (
  <div className="field copy">
    <label htmlFor="link-to-copy">{label}</label>
    <div>
      <input id="link-to-copy" readOnly value={link} />
      <button type="button" data-copy={link}>
        Copy
      </button>
    </div>
  </div>
);

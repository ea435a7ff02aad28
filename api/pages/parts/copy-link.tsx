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

/** Copies what stands beside it; `what` tells one such button from another. */
export const CopyButton = ({ what, text }: { what: string; text: string }) => (
  <button type="button" className="copy" data-copy={text}>
    Copy<span className="unseen"> {what}</span>
  </button>
);

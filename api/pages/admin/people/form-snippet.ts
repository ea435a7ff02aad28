import type { Form } from './forms.tsx';

/**
 * The form as plain HTML, to be put into any page: it needs no script, and sends to the form's page
 * on the site. What programs fill in is moved out of sight.
 */
export const snippetOf = ({ url, heading, wording, button }: Form): string =>
  [
    `<form method="post" action="${escaped(url)}">`,
    `  <h2>${escaped(heading)}</h2>`,
    '  <p><label>Email <input type="email" name="email" required autocomplete="email"></label></p>',
    '  <p><label>Name <input type="text" name="name@text?" autocomplete="name"></label></p>',
    '  <div style="position:absolute;left:-9999px" aria-hidden="true"><input name="website" tabindex="-1" autocomplete="off"></div>',
    `  <p>${escaped(wording).replaceAll('\n', '<br>')}</p>`,
    `  <p><button>${escaped(button)}</button></p>`,
    '</form>',
  ].join('\n');

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (one) => ESCAPES[one] ?? one);

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Style sheet of the mailbox's pages. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #24272b; --quiet: #5d6268; --ground: #f6f6f3; --card: #fdfdfc; --line: #deded8; --accent: #2f5f3f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e2; --quiet: #a9aeb4; --ground: #16181a; --card: #202326; --line: #3a3f44; --accent: #8fc7a2; }
}
* { box-sizing: border-box; }
body { background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; margin: 0; }
header, main { margin: 0 auto; max-width: 60rem; padding: 1rem; }
header a { font-size: 1.25rem; font-weight: 600; text-decoration: none; }
a { color: var(--accent); }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: 1rem; }
label { align-items: center; display: flex; flex: 1; gap: .5rem; }
input { flex: 1; min-width: 8rem; }
input, button { background: var(--card); border: 1px solid var(--line); border-radius: 6px; color: inherit; font: inherit; padding: .4rem .7rem; }
ol { list-style: none; margin: 0; padding: 0; }
li { background: var(--card); border: 1px solid var(--line); border-bottom: 0; overflow-wrap: anywhere; padding: .75rem 1rem; }
li:first-child { border-radius: 8px 8px 0 0; }
li:last-child { border-bottom: 1px solid var(--line); border-radius: 0 0 8px 8px; }
li:only-child { border-radius: 8px; }
li a { font-weight: 600; }
.quiet { color: var(--quiet); font-size: .9rem; }
.empty { color: var(--quiet); padding: 3rem 0; text-align: center; }
.state { border: 1px solid var(--line); border-radius: 99px; color: var(--quiet); font-size: .8rem; padding: .1rem .6rem; }
.bounced, .complained, .suppressed { border-color: #b3392f; color: #c4544a; }
nav { display: flex; gap: 1rem; margin: 1rem 0 .5rem; }
nav [aria-current] { color: inherit; font-weight: 600; text-decoration: none; }
iframe { background: #fff; border: 1px solid var(--line); border-radius: 8px; display: block; height: 46rem; max-width: 100%; width: 100%; }
iframe.phone { margin: 0 auto; width: 362px; }
pre, table { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 0; padding: 1rem; width: 100%; }
pre { overflow-wrap: anywhere; white-space: pre-wrap; }
th { color: var(--quiet); font-weight: 400; padding-right: 1rem; text-align: left; vertical-align: top; white-space: nowrap; }
td { overflow-wrap: anywhere; }
`;

// What pages do besides being read: nothing here is needed to use them.
const LOOK_EVERY_MS = 2000;

const main = () => document.getElementById('main');
const parse = (html) => new DOMParser().parseFromString(html, 'text/html');
const isTyping = () => main().querySelector('form[data-changed]') !== null;

function announce(text) {
  const place = document.getElementById('announcement');
  if (place) place.textContent = text;
}

// A page that names its state is shown anew when that has become another; never under somebody's
// hands.
async function look() {
  const { state } = main().dataset;
  if (state === undefined || document.hidden || isTyping()) return;
  const path = location.pathname === '/' ? '' : location.pathname;
  const answer = await fetch(`${path}/state${location.search}`);
  if (!answer.ok || (await answer.json()).state === state) return;
  const page = await fetch(location.href);
  if (!page.ok || page.redirected || isTyping()) return;
  const focused = document.activeElement?.id;
  const fresh = parse(await page.text());
  // Its clock stands above the page.
  for (const id of ['main', 'test-mode']) {
    const next = fresh.getElementById(id);
    if (next) document.getElementById(id)?.replaceWith(next);
  }
  if (focused) document.getElementById(focused)?.focus();
  announce('This page has been updated.');
}

setInterval(() => look().catch(() => undefined), LOOK_EVERY_MS);

// Forms that show beforehand what they would do: shown again after every change.
let waiting;
let previews = 0;
async function previewAgain(form) {
  const turn = ++previews;
  const body = new URLSearchParams(new FormData(form));
  body.set('_step', 'preview');
  const answer = await fetch(form.action, { method: 'POST', body });
  const fresh = parse(await answer.text());
  // What was typed meanwhile has a later preview of its own.
  if (turn !== previews) return;
  const focused = document.activeElement?.id;
  for (const place of document.querySelectorAll('[data-preview]')) {
    const next = fresh.querySelector(`[data-preview="${place.dataset.preview}"]`);
    if (next) place.replaceWith(next);
  }
  if (focused) document.getElementById(focused)?.focus();
}

document.addEventListener('input', ({ target }) => {
  const form = target.closest('form');
  if (!form || form.method !== 'post') return;
  form.dataset.changed = '';
  if (!form.hasAttribute('data-previews')) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => previewAgain(form).catch(() => undefined), 300);
});

document.addEventListener('submit', (event) => {
  const { target, submitter } = event;
  // What answers in a frame leaves the page as it is.
  if (target.method !== 'post' || submitter?.formTarget) return;
  // Pressed again while it is under way, nothing more is sent; the form's key would see to it
  // anyway.
  if (target.hasAttribute('aria-busy')) return event.preventDefault();
  target.setAttribute('aria-busy', 'true');
  submitter?.setAttribute('aria-busy', 'true');
});

addEventListener('pageshow', () => {
  for (const busy of document.querySelectorAll('[aria-busy]')) busy.removeAttribute('aria-busy');
});

// Who has chosen no time zone reads times in the browser's, once it has said which.
const zoneForm = document.querySelector('form[data-zone]');
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
const zones = [...(zoneForm?.elements.timeZone.options ?? [])];
if (zones.some(({ value, selected }) => value === timeZone && !selected)) {
  zoneForm.elements.timeZone.value = timeZone;
  zoneForm.elements.next.value = location.pathname + location.search;
  zoneForm.requestSubmit();
}

// Who is asked for a zone for the first time most likely wants the browser's.
const ownZone = document.querySelector('select[data-own-zone]');
if ([...(ownZone?.options ?? [])].some(({ value }) => value === timeZone)) ownZone.value = timeZone;

// Only a script can copy: without one these buttons are not there.
document.documentElement.classList.add('script');

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('button[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  announce('Copied.');
  button.dataset.copied = '';
});

// A filter applies when it is chosen by a mouse or a finger; by keyboard, arrows choose on the way.
document.addEventListener('click', ({ target, detail }) => {
  const choice = target.closest('.filters > .fields .choice');
  if (choice && detail > 0) setTimeout(() => choice.closest('form').requestSubmit());
});

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  if (key === 'Escape') for (const menu of document.querySelectorAll('details.menu[open]')) menu.open = false;
  const isCommand = event.ctrlKey || event.metaKey;
  const isTyped = target.closest('input, select, textarea') !== null;
  if (isCommand ? key.toLowerCase() !== 'k' : key !== '/' || isTyped) return;
  const field = document.getElementById('search');
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// What is found while somebody types, below the field; the page of it has the same.
const search = document.getElementById('search');
const below = document.getElementById('search-found');
let searches = 0;
let typing;

async function findTyped() {
  const turn = ++searches;
  const q = search.value.trim();
  if (q === '') return closeFound();
  const answer = await fetch(`/search?${new URLSearchParams({ q })}`);
  const found = answer.ok ? parse(await answer.text()).getElementById('found') : null;
  // What was typed meanwhile has a later answer of its own.
  if (turn !== searches || !found) return;
  below.replaceChildren(...found.childNodes);
  below.hidden = false;
  const { length } = below.querySelectorAll('[data-result]');
  announce(length === 0 ? 'Nothing found.' : `${length} found. Arrow keys lead to them.`);
}

function closeFound() {
  searches += 1;
  clearTimeout(typing);
  if (below) below.hidden = true;
}

search?.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => findTyped().catch(() => undefined), 150);
});

search?.form.addEventListener('focusout', ({ relatedTarget }) => {
  if (relatedTarget && !search.form.contains(relatedTarget)) closeFound();
});
document.addEventListener('click', ({ target }) => {
  if (search && !search.form.contains(target)) closeFound();
});

// Arrow keys go from a search field to what it found and over it; Escape goes back.
const ARROWS = { ArrowDown: 1, ArrowUp: -1 };
document.addEventListener('keydown', (event) => {
  const place = event.target.closest('form.search, #main');
  const step = ARROWS[event.key];
  if (event.key === 'Escape' && place === search?.form) {
    closeFound();
    search.focus();
  }
  if (!step || !place?.querySelector('[data-result]') || below?.hidden === (place === search?.form)) return;
  const links = [...place.querySelectorAll('.found a')];
  const at = links.indexOf(event.target);
  if (at < 0 && event.target.type !== 'search') return;
  event.preventDefault();
  (links[at + step] ?? (at + step < 0 ? place.querySelector('[type=search]') : links.at(-1))).focus();
});

// Passkeys: the browser makes or asks for one, and the form brings the answer.
const { PublicKeyCredential: Passkeys } = window;
const PASSKEY_STEPS = {
  create: async (options) =>
    navigator.credentials.create({ publicKey: Passkeys.parseCreationOptionsFromJSON(options) }),
  get: async (options) => navigator.credentials.get({ publicKey: Passkeys.parseRequestOptionsFromJSON(options) }),
};

async function passkeyOptions({ dataset: { options, optionsAt } }) {
  if (options) return JSON.parse(options);
  const answer = await fetch(optionsAt, { method: 'POST' });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).options;
}

if (Passkeys?.parseRequestOptionsFromJSON) document.documentElement.classList.add('passkeys');

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('button[data-passkey]');
  if (!button?.form.reportValidity()) return;
  const { passkey, otherwise } = button.dataset;
  try {
    const credential = await PASSKEY_STEPS[passkey](await passkeyOptions(button));
    button.form.elements.credential.value = JSON.stringify(credential.toJSON());
    button.form.requestSubmit();
  } catch {
    // Closed by whoever was asked, too slow, or none there: a browser does not say which.
    const said = button.form.querySelector('[data-said]');
    said.textContent = otherwise;
    said.hidden = false;
  }
});

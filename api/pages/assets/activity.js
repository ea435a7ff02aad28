// Reports what somebody does at your product, from its pages:
//   <script src="https://…/activity.js" data-token="…" defer></script>
//   perennialActivity.report('lesson_completed', { productId, lessonId })
// What could not be sent is tried again while the page is open, and once more as it is left.
const { src, dataset } = document.currentScript;
const address = new URL(`/v1/public/activity/${dataset.token}`, src);
const SOON_MS = 1000;
const LONGEST_MS = 60000;
const MOST = 100;
const GONE = [404, 422];

let waiting = [];
let failures = 0;
let timer = null;

// Also where a page is not served over TLS, which has no randomUUID.
const newId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');

const bodyOf = (some) =>
  JSON.stringify({
    data: some.map(({ since, ...done }) => ({ ...done, agoMs: Math.round(performance.now() - since) })),
  });

function sendSoon(inMs) {
  timer ??= setTimeout(() => void send(), inMs);
}

async function send() {
  timer = null;
  const some = waiting.slice(0, MOST);
  if (some.length === 0) return;
  const answer = await fetch(address, { method: 'POST', body: bodyOf(some), keepalive: true }).catch(() => null);
  const isOver = answer !== null && (answer.ok || GONE.includes(answer.status));
  failures = isOver ? 0 : failures + 1;
  if (isOver) waiting = waiting.filter((one) => !some.includes(one));
  if (waiting.length > 0) sendSoon(Math.min(SOON_MS * 2 ** failures, LONGEST_MS));
}

function report(kind, about = {}) {
  waiting.push({ ...about, kind, id: newId(), since: performance.now() });
  sendSoon(SOON_MS);
}

// The same ids: what has arrived already counts once.
addEventListener('pagehide', () => {
  if (waiting.length > 0) navigator.sendBeacon(address, bodyOf(waiting.slice(0, MOST)));
});

globalThis.perennialActivity = { report };

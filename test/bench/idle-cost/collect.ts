/**
 * Loaded before a worker's own code, into each of its threads: when its process is asked to
 * (SIGHUP), every thread collects its garbage, so that what it then holds is held for a reason.
 */
import { isMainThread } from 'node:worker_threads';

const channel = new BroadcastChannel('collect');
channel.unref();
const collect = () => globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });

if (isMainThread) process.on('SIGHUP', () => (channel.postMessage(null), collect()));
else channel.onmessage = () => collect();

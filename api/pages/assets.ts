import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Router } from 'express';

const file = (path: string): Buffer => readFileSync(new URL(`./assets/${path}`, import.meta.url));
const pico = createRequire(import.meta.url).resolve('@picocss/pico/css/pico.jade.min.css');

const ASSETS = [
  { name: 'pico.css', type: 'css', bytes: readFileSync(pico) },
  { name: 'pages.css', type: 'css', bytes: file('pages.css') },
  { name: 'pages.js', type: 'js', bytes: file('pages.js') },
] as const;

type AssetName = (typeof ASSETS)[number]['name'];

const versions = new Map<string, string>(
  ASSETS.map(({ name, bytes }) => [name, createHash('sha256').update(bytes).digest('hex').slice(0, 12)]),
);

/** Where an asset is; another address for other bytes, so that browsers may keep it for ever. */
export const assetAddress = (name: AssetName): string => `/assets/${versions.get(name)}/${name}`;

/** Styles and the one script of all pages. */
export function serveAssets(): Router {
  const router = Router();
  for (const { name, type, bytes } of ASSETS) {
    router.get(`/${versions.get(name)}/${name}`, (_request, response) => {
      response.set('Cache-Control', 'public, max-age=31536000, immutable').type(type).send(bytes);
    });
  }
  return router;
}

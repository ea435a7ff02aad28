import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Router, type RequestHandler } from 'express';
import { shadesOf, type Shades } from '../../emails/brand.ts';

const file = (path: string): Buffer => readFileSync(new URL(`./assets/${path}`, import.meta.url));
/** In the order in which they take precedence: what narrow windows change comes last. */
const STYLES = [
  'tokens',
  'ground',
  'frame',
  'controls',
  'list',
  'search',
  'panels',
  'timeline',
  'tiles',
  'forms',
  'purchase',
  'mail',
  'chart',
  'clock',
  'site',
  'calls',
  'narrow',
];

const ASSETS = [
  { name: 'pages.css', type: 'css', bytes: Buffer.concat(STYLES.map((name) => file(`styles/${name}.css`))) },
  { name: 'pages.js', type: 'js', bytes: file('pages.js') },
] as const;

type AssetName = (typeof ASSETS)[number]['name'];

const versions = new Map<string, string>(
  ASSETS.map(({ name, bytes }) => [name, createHash('sha256').update(bytes).digest('hex').slice(0, 12)]),
);

/** Where an asset is; another address for other bytes, so that browsers may keep it for ever. */
export const assetAddress = (name: AssetName): string => `/assets/${versions.get(name)}/${name}`;

/** The stylesheet of a site's own color, which its address says. */
export const colorAddress = (color: string): string => `/assets/colors/${color.slice(1)}.css`;

function colorStyles(color: string): string {
  const rule = ({ brand, ink, ground, onBrand }: Shades): string =>
    `:root{--accent:${brand};--accent-ink:${ink};--accent-ground:${ground};--on-accent:${onBrand}}`;
  const { light, dark } = shadesOf(color);
  return `${rule(light)}@media (prefers-color-scheme:dark){${rule(dark)}}`;
}

/** Styles and the one script of all pages. */
export function serveAssets(): Router {
  const router = Router();
  for (const { name, type, bytes } of ASSETS) {
    router.get(`/${versions.get(name)}/${name}`, (_request, response) => {
      response.set('Cache-Control', 'public, max-age=31536000, immutable').type(type).send(bytes);
    });
  }
  router.get('/colors/:color.css', ({ params: { color } }, response, next) => {
    if (!/^[0-9a-f]{6}$/.test(color)) return next();
    response
      .set('Cache-Control', 'public, max-age=86400')
      .type('css')
      .send(colorStyles(`#${color}`));
  });
  return router;
}

const ACTIVITY = file('activity.js');

/** The script that pages of other sites load: always at the same address. */
export const sendActivityScript: RequestHandler = (_request, response) => {
  response.set({ 'Cache-Control': 'public, max-age=3600', 'Cross-Origin-Resource-Policy': 'cross-origin' });
  response.type('js').send(ACTIVITY);
};

/** A site's color as pages and emails use it, in one of the two schemes. */
export type Shades = {
  /** Marks and buttons: 3:1 on every ground. */
  brand: string;
  /** Words in the site's color: 4.5:1 on every ground. */
  ink: string;
  /** Behind what is chosen. */
  ground: string;
  /** Words on a button: 4.5:1 on `brand`. */
  onBrand: string;
};

const DEFAULT_COLOR = '#0a7650';

/**
 * The grounds on which words and marks stand, those of pages, of what is pointed at and of notices,
 * and where a color turns so as to be seen there.
 */
const SCHEMES = {
  light: { grounds: ['#ffffff', '#eceeed', '#fdf0d5', '#fdebe8', '#e4f3ea'], towards: '#000000', tint: 0.1 },
  dark: { grounds: ['#0e1110', '#262c29', '#3a2c0e', '#43201c', '#143325'], towards: '#ffffff', tint: 0.18 },
} as const;

/**
 * What a site's color comes to, so that words on it and in it stay readable whatever was chosen
 * (WCAG 2.2, 1.4.3 and 1.4.11). @param color `#rrggbb`; null = Perennial's own
 */
export const shadesOf = (color: string | null): { light: Shades; dark: Shades } => ({
  light: shadesIn('light', color ?? DEFAULT_COLOR),
  dark: shadesIn('dark', color ?? DEFAULT_COLOR),
});

function shadesIn(scheme: keyof typeof SCHEMES, color: string): Shades {
  const { grounds, towards, tint } = SCHEMES[scheme];
  const ground = mixed(grounds[0], color, tint);
  const brand = turned(color, towards, [...grounds, ground], 3);
  const ink = turned(color, towards, [...grounds, ground], 4.5);
  const onBrand = contrast(brand, '#ffffff') >= 4.5 ? '#ffffff' : '#000000';
  return { brand, ink, ground, onBrand };
}

const STEPS = 50;

/** The color, or what is nearest to it on the way to black or white and has this contrast. */
function turned(color: string, towards: string, grounds: readonly string[], least: number): string {
  const steps = Array.from({ length: STEPS + 1 }, (_, step) => mixed(color, towards, step / STEPS));
  return steps.find((one) => grounds.every((ground) => contrast(one, ground) >= least)) ?? towards;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const channelsOf = (color: string): number[] =>
  [1, 3, 5].map((from) => Number.parseInt(color.slice(from, from + 2), 16));

function mixed(one: string, other: string, share: number): string {
  const others = channelsOf(other);
  const channels = channelsOf(one).map((channel, place) =>
    Math.round(channel + ((others[place] ?? 0) - channel) * share),
  );
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { contrast, shadesOf, type Shades } from '../../emails/brand.ts';

const color = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);

const INK = { light: ['#17201b', '#57615c'], dark: ['#e8ecea', '#a1aba6'] };
const GROUNDS = {
  light: ['#ffffff', '#f6f7f6', '#f2f5f3', '#eceeed', '#fdf0d5', '#fdebe8', '#e4f3ea'],
  dark: ['#131715', '#0e1110', '#1a1f1c', '#1c221f', '#262c29', '#3a2c0e', '#43201c', '#143325'],
};

test('whatever color a site has, its words are readable and its marks are seen, light and dark', () => {
  fc.assert(
    fc.property(color, fc.constantFrom('light' as const, 'dark' as const), (chosen, scheme) => {
      const { brand, ink, ground, onBrand }: Shades = shadesOf(chosen)[scheme];

      expect(contrast(onBrand, brand)).toBeGreaterThanOrEqual(4.5);
      for (const one of [...GROUNDS[scheme], ground]) {
        expect(contrast(ink, one)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(brand, one)).toBeGreaterThanOrEqual(3);
      }
      for (const words of INK[scheme]) expect(contrast(words, ground)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test('a color that is readable stays what it is', () => {
  const { light } = shadesOf('#a8452a');

  expect(light).toMatchObject({ brand: '#a8452a', ink: '#a8452a', onBrand: '#ffffff' });
  expect(shadesOf(null).light.brand).toBe('#0a7650');
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});

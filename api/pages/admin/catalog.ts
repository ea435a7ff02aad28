import type { Page } from '../page.ts';
import { archiveProductPage } from './products/product-archive.tsx';
import { newProductPage } from './products/product-new.tsx';
import { productPage } from './products/product.tsx';
import { productsPage } from './products/products.tsx';
import { archiveOfferPage } from './offers/offer-archive.tsx';
import { newOfferPage } from './offers/offer-new.tsx';
import { offerPage } from './offers/offer.tsx';
import { offersPage } from './offers/offers.tsx';

/** `/offers/new` stands before `/offers/{offerId}`. */
export const catalogPages: readonly Page[] = [
  offersPage,
  newOfferPage,
  offerPage,
  archiveOfferPage,
  productsPage,
  newProductPage,
  productPage,
  archiveProductPage,
];

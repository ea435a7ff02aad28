import type { Page } from '../../page.ts';
import { archiveProductPage } from './product-archive.tsx';
import { newProductPage } from './product-new.tsx';
import { productPage } from './product.tsx';
import { productsPage } from './products.tsx';
import { offerActivationPage } from './offer-activation.tsx';
import { archiveOfferPage } from './offer-archive.tsx';
import { newOfferPage } from './offer-new.tsx';
import { offerPage } from './offer.tsx';
import { offersPage } from './offers.tsx';
import { promotionCodePage } from './promotion-code.tsx';
import { newPromotionCodePage } from './promotion-code-new.tsx';
import { promotionCodesPage } from './promotion-codes.tsx';

/** `/offers/new` stands before `/offers/{offerId}`. */
export const catalogPages: readonly Page[] = [
  offersPage,
  newOfferPage,
  offerPage,
  archiveOfferPage,
  offerActivationPage,
  promotionCodesPage,
  newPromotionCodePage,
  promotionCodePage,
  productsPage,
  newProductPage,
  productPage,
  archiveProductPage,
];

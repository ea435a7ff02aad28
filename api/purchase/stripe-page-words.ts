import type { Contact } from '../../db/entities/contact.ts';
import { formatMoney } from '../../emails/format.ts';
import { LANGUAGE_CODES, type LanguageCode } from '../../emails/languages/codes.ts';
import { instalmentsSold, type ChargedPrice } from '../../workflows/domain/price.ts';

type Asked = { isBySite: boolean | undefined; guess: LanguageCode | undefined };

/**
 * In which language Stripe's page is shown; absent = the browser's. Strangers who typed an address
 * do not learn what its contact has chosen.
 */
export function localeOf({ isBySite, guess }: Asked, { language }: Contact): LanguageCode | undefined {
  const chosen = isBySite === true ? LANGUAGE_CODES.find((code) => code === language) : undefined;
  return chosen ?? guess;
}

/** Stripe's page says the price of a month, and not for how many. */
export function noteOf(price: ChargedPrice): string | undefined {
  const instalments = instalmentsSold(price);
  return instalments === null
    ? undefined
    : `${instalments} monthly payments of ${formatMoney(price)}, and nothing after them.`;
}

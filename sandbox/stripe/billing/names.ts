import type { Books } from '../data/books.ts';
import type { Price } from '../data/docs.ts';

/** The product's name behind a price. */
export function productNames(books: Books): (price: Price) => string {
  return (price) => books.find('product', price.product)?.name ?? price.nickname ?? price.id;
}

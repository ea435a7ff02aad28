import type { HelmetOptions } from 'helmet';

const CONTENT_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  frameSrc: ["'self'"],
  // Pico draws its arrows and ticks as data: images.
  imgSrc: ["'self'", 'data:'],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** What browsers are told of every answer. */
export const HEADERS: HelmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: CONTENT_POLICY },
  // With none at all, browsers call the origin of our own forms "null".
  referrerPolicy: { policy: 'same-origin' },
};

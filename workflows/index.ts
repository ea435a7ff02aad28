export { purchase } from './purchase.ts';

/**
 * Renders emails; loaded with the first of them. React Email would be a third of all that a worker
 * loads before it takes work, since its one entry point brings code highlighters and Tailwind
 * along.
 */
export const renderer = () => import('../../emails/render.ts');

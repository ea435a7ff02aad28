/**
 * What writes emails, loaded with the first of them: React Email is a third of all that a worker
 * would load before it takes work, since its one entry brings highlighters of code and Tailwind
 * along.
 */
export const renderer = () => import('../../emails/render.ts');

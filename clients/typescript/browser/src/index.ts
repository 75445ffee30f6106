/**
 * Signs people up and in at a Sallyport server, and keeps them signed in over all
 * tabs.
 *
 * @module
 */
export { AuthError, Sallyport, type SallyportConfig, type SignIn } from './client.js';
export type { User } from './store.js';

/**
 * Trusts what a Sallyport server says: access tokens verified in process, and a
 * logout that counts at once, without a call per request.
 *
 * @module
 */
export type { Client, Identity, User } from './claims.js';
export type { Clock } from './clock.js';
export type { Position } from './follower.js';
export type { GuardSource } from './gate.js';
export { type Counters, Guard, type GuardConfig, type GuardEvent } from './guard.js';
export { type Fetch, ServerError } from './http.js';
export { lazily } from './lazily.js';
export { type Problem, Refusal, type RefusalCode } from './refusal.js';
export { anyRole, audience, type Requirement, recent, role, scope, secondFactor } from './requirements.js';

/**
 * For route handlers of Next, and for whatever else answers a `Request` with a
 * `Response`. Give it {@link lazily}, so that building the app starts nothing.
 *
 * @module
 */
import type { Client, Identity, User } from './claims.js';
import { Gate, type GuardSource } from './gate.js';
import type { Requirement } from './requirements.js';

export { lazily } from './lazily.js';

const gate = new Gate();

/** Calls the handler if the request's token counts and meets the requirements, and answers the refusal otherwise. */
export function protect(guard: GuardSource, ...requirements: Requirement[]) {
  return <R extends Request, Rest extends unknown[]>(
    handler: (request: R, ...rest: Rest) => Response | Promise<Response>,
  ) =>
    async (request: R, ...rest: Rest): Promise<Response> => {
      const refusal = await gate.check(guard, requirements, request, request.headers.get('authorization'));
      return refusal ? refusal.toResponse() : handler(request, ...rest);
    };
}

/** Who a request that was let through is from. */
export const identityOf = (request: Request): Identity => gate.identity(request);
/** The user a request is from. It throws where a client came through. */
export const userOf = (request: Request): User => gate.user(request);
/** The client that a request is from. It throws where a user came through. */
export const clientOf = (request: Request): Client => gate.client(request);

/**
 * For Hono, on every platform that it runs on.
 *
 * @module
 */
import type { Client, Identity, User } from './claims.js';
import { Gate, type GuardSource } from './gate.js';
import type { Requirement } from './requirements.js';

/** What of a context is used. */
export interface ContextLike {
  readonly req: { readonly raw: Request };
}

const gate = new Gate();

/** Lets a request through if its token counts and meets the requirements, and answers the refusal otherwise. */
export function protect(guard: GuardSource, ...requirements: Requirement[]) {
  return async (context: ContextLike, next: () => Promise<void>): Promise<Response | undefined> => {
    const { raw } = context.req;
    const refusal = await gate.check(guard, requirements, raw, raw.headers.get('authorization'));
    if (refusal) return refusal.toResponse();
    await next();
    return undefined;
  };
}

/** Who a request that was let through is from. */
export const identityOf = (context: ContextLike): Identity => gate.identity(context.req.raw);
/** The user a request is from. It throws where a client came through. */
export const userOf = (context: ContextLike): User => gate.user(context.req.raw);
/** The client that a request is from. It throws where a user came through. */
export const clientOf = (context: ContextLike): Client => gate.client(context.req.raw);

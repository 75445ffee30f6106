/**
 * For Fastify, as a hook: `{ onRequest: protect(guard, role('staff')) }`.
 *
 * @module
 */
import type { Client, Identity, User } from './claims.js';
import { Gate, type GuardSource } from './gate.js';
import type { Requirement } from './requirements.js';

/** What of a request is looked at. */
export interface RequestLike {
  readonly headers: { readonly authorization?: string | undefined };
  readonly raw: { readonly headersDistinct?: { readonly authorization?: string[] | undefined } };
}

/** What of a reply is used. */
export interface ReplyLike {
  code(status: number): unknown;
  headers(values: Record<string, string>): unknown;
  send(body: string): unknown;
}

const gate = new Gate();

/** Lets a request through if its token counts and meets the requirements, and answers the refusal otherwise. */
export function protect(guard: GuardSource, ...requirements: Requirement[]) {
  return async (request: RequestLike, reply: ReplyLike): Promise<unknown> => {
    const fields = request.raw.headersDistinct?.authorization ?? request.headers.authorization;
    const refusal = await gate.check(guard, requirements, request, fields);
    if (!refusal) return undefined;
    reply.code(refusal.status);
    reply.headers(refusal.headers);
    reply.send(JSON.stringify(refusal.problem));
    return reply; // ends the life of the request
  };
}

/** Who a request that was let through is from. */
export const identityOf = (request: object): Identity => gate.identity(request);
/** The user a request is from. It throws where a client came through. */
export const userOf = (request: object): User => gate.user(request);
/** The client that a request is from. It throws where a user came through. */
export const clientOf = (request: object): Client => gate.client(request);

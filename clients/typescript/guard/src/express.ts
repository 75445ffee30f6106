/**
 * For Express, and for what takes its middleware.
 *
 * @module
 */
import type { Client, Identity, User } from './claims.js';
import { Gate, type GuardSource } from './gate.js';
import type { Requirement } from './requirements.js';

/** What of a request is looked at. */
export interface RequestLike {
  readonly headers: { readonly authorization?: string | undefined };
  /** Every field of a name; `headers` keeps the first alone. */
  readonly headersDistinct?: { readonly authorization?: string[] | undefined };
}

/** What of a response is used. */
export interface ResponseLike {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

const gate = new Gate();

/** Lets a request through if its token counts and meets the requirements, and answers the refusal otherwise. */
export function protect(guard: GuardSource, ...requirements: Requirement[]) {
  return (request: RequestLike, response: ResponseLike, next: (error?: unknown) => void): void => {
    const fields = request.headersDistinct?.authorization ?? request.headers.authorization;
    gate.check(guard, requirements, request, fields).then((refusal) => {
      if (!refusal) return next();
      response.statusCode = refusal.status;
      for (const [name, value] of Object.entries(refusal.headers)) response.setHeader(name, value);
      response.end(JSON.stringify(refusal.problem));
      return undefined;
    }, next);
  };
}

/** Who a request that was let through is from. */
export const identityOf = (request: object): Identity => gate.identity(request);
/** The user a request is from. It throws where a client came through. */
export const userOf = (request: object): User => gate.user(request);
/** The client that a request is from. It throws where a user came through. */
export const clientOf = (request: object): Client => gate.client(request);

import type { Client, Identity, User } from './claims.js';
import type { Guard } from './guard.js';
import { malformedRequest, Refusal } from './refusal.js';
import type { Requirement } from './requirements.js';

/** A guard, or a function that gives one: see {@link lazily}. */
export type GuardSource = Guard | (() => Promise<Guard>);

/** What the adapters share: who let through requests are from, by the request's own object. */
export class Gate {
  private readonly passed = new WeakMap<object, Identity>();

  /** Answers why the request may not pass, or undefined and remembers who it is from. */
  async check(
    source: GuardSource,
    requirements: readonly Requirement[],
    request: object,
    authorization: string | readonly string[] | null | undefined,
  ): Promise<Refusal | undefined> {
    try {
      const guard = typeof source === 'function' ? await source() : source;
      const [header, ...more] = typeof authorization === 'object' ? (authorization ?? []) : [authorization];
      if (more.length > 0) throw malformedRequest();
      this.passed.set(request, await guard.authenticate(header, requirements));
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  identity(request: object): Identity {
    const who = this.passed.get(request);
    if (!who) throw new Error('the request did not come through protect()');
    return who;
  }

  user(request: object): User {
    const who = this.identity(request);
    if (who.kind !== 'user') throw new Error('the request is a client’s own, no user’s');
    return who;
  }

  client(request: object): Client {
    const who = this.identity(request);
    if (who.kind !== 'client') throw new Error('the request is a user’s');
    return who;
  }
}

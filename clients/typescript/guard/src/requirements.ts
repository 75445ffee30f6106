import type { Identity } from './claims.js';
import { forbidden, invalidToken, Refusal } from './refusal.js';

/** What a route asks of who calls it, beside a token that counts. */
export interface Requirement {
  /** Answers why `who` does not meet it, or undefined. `now` is in seconds since 1970. */
  check(who: Identity, now: number): Refusal | undefined;
  /** A client that acts for itself may meet it. */
  readonly clients?: boolean;
}

const ONLY_PEOPLE = 'Only a person may do this.';

/**
 * Answers the first requirement that `who` does not meet. A client that acts for
 * itself passes only where a scope is asked for: any other route is for people alone.
 */
export function unmet(requirements: readonly Requirement[], who: Identity, now: number): Refusal | undefined {
  for (const requirement of requirements) {
    const refusal = requirement.check(who, now);
    if (refusal) return refusal;
  }
  const welcome = who.kind === 'user' || requirements.some((requirement) => requirement.clients);
  return welcome ? undefined : forbidden(ONLY_PEOPLE);
}

/** A user with this role. */
export function role(name: string): Requirement {
  return anyRole(name);
}

/** A user with one of these roles. */
export function anyRole(...names: string[]): Requirement {
  return {
    check(who) {
      if (who.kind === 'user' && names.some((name) => who.roles.includes(name))) return undefined;
      return forbidden('A role is missing.');
    },
  };
}

/** A token with all of these scopes (RFC 6750 §3.1). */
export function scope(...names: string[]): Requirement {
  for (const name of names) quotable(name);
  return {
    clients: true,
    check(who) {
      if (names.every((name) => who.scopes.includes(name))) return undefined;
      return new Refusal('insufficient_scope', {
        status: 403,
        detail: 'The access token lacks a scope.',
        challenge: { error: 'insufficient_scope', scope: names.join(' ') },
      });
    },
  };
}

/** A user who proved who they are no longer ago than this many seconds (RFC 9470). */
export function recent(seconds: number): Requirement {
  return {
    check(who, now) {
      if (who.kind !== 'user') return forbidden(ONLY_PEOPLE);
      return now - who.authTime <= seconds ? undefined : stepUp('Sign in anew.', { max_age: `${seconds}` });
    },
  };
}

/** A user who proved a second factor in this session (RFC 9470). */
export function secondFactor(): Requirement {
  return {
    check(who) {
      if (who.kind !== 'user') return forbidden(ONLY_PEOPLE);
      return who.amr.includes('mfa') ? undefined : stepUp('Sign in with a second factor.', { acr_values: 'aal2' });
    },
  };
}

/** A token for this audience as well as for one of the guard's. */
export function audience(name: string): Requirement {
  return {
    check(who) {
      return who.audience.includes(name) ? undefined : invalidToken('for another audience');
    },
  };
}

function stepUp(detail: string, parameters: Record<string, string>): Refusal {
  return new Refusal('insufficient_user_authentication', {
    status: 401,
    detail,
    challenge: { error: 'insufficient_user_authentication', error_description: detail, ...parameters },
  });
}

/** Scopes as RFC 6749 §3.3 writes them, which can stand in a challenge. */
function quotable(name: string): void {
  if (!/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(name)) throw new TypeError('a scope has letters, digits and signs, no space');
}

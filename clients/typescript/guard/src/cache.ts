import { encode } from './base64url.js';
import type { Identity } from './claims.js';
import type { VerifyingKey } from './jws.js';

/** A token that came through the door, and the key that it came by. */
export interface Verified {
  readonly who: Identity;
  readonly keyID: string;
  readonly key: VerifyingKey;
}

/**
 * A bounded cache of verified tokens, by the SHA-256 of their text: it saves the
 * public-key work on the second sight, and holds no token. What was seen longest ago
 * goes first. Expiry, revocation and the key's presence are for the caller to look
 * at, each time.
 */
export class Cache {
  private readonly held = new Map<string, Verified>();

  constructor(private readonly size: number) {}

  get(sum: string): Verified | undefined {
    const found = this.held.get(sum);
    if (found) {
      this.held.delete(sum); // and to the end again
      this.held.set(sum, found);
    }
    return found;
  }

  put(sum: string, verified: Verified): void {
    this.held.set(sum, verified);
    if (this.held.size <= this.size) return;
    for (const oldest of this.held.keys()) {
      this.held.delete(oldest);
      return;
    }
  }

  delete(sum: string): void {
    this.held.delete(sum);
  }
}

interface Hash {
  update(text: string): Hash;
  digest(encoding: 'base64url'): string;
}

/** Where the platform can hash without waiting, it does: that is ten times as fast for so short a text. */
const platform = (
  globalThis as {
    process?: { getBuiltinModule?: (name: string) => { createHash(algorithm: string): Hash } | undefined };
  }
).process?.getBuiltinModule?.('node:crypto');

/** The SHA-256 of a token, as the key of a map. */
export function fingerprint(token: string): string | Promise<string> {
  return platform ? platform.createHash('sha256').update(token).digest('base64url') : webFingerprint(token);
}

/** The same by Web Crypto, which every platform has. */
export async function webFingerprint(token: string): Promise<string> {
  return encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))));
}

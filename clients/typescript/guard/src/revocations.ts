import type { Identity } from './claims.js';
import type { Entry, RevocationKind } from './page.js';

/** What an entry refuses, and for how long. */
interface Refusal {
  /** Tokens below this epoch are refused; Infinity refuses all. */
  epoch: number;
  /** Seconds since 1970. */
  expiresAt: number;
}

/**
 * Every revocation that is not expired. A "no" is never taken back before it
 * expires: entries are added, widened and swept, and nothing else.
 */
export class Revocations {
  private readonly kinds: Record<RevocationKind, Map<string, Refusal>> = {
    jti: new Map(),
    sid: new Map(),
    sub: new Map(),
    client: new Map(),
  };
  /** Entries of kinds that this version does not know: what they refuse cannot be told. */
  private readonly unknown = new Map<string, Refusal>();
  private missed = false;

  constructor(private readonly limit: number) {}

  /** Reports whether every entry that was added is held and understood. */
  get complete(): boolean {
    return !this.missed && this.unknown.size === 0;
  }

  /** How many entries of known kinds are held. */
  get size(): number {
    const { jti, sid, sub, client } = this.kinds;
    return jti.size + sid.size + sub.size + client.size;
  }

  /** What counts against the limit. */
  private get held(): number {
    return this.size + this.unknown.size;
  }

  /** Adds an entry, or remembers that there was no room for it: nothing is ever evicted. */
  add(entry: Entry): void {
    const of = Object.hasOwn(this.kinds, entry.kind) ? this.kinds[entry.kind as RevocationKind] : this.unknown;
    const epoch = entry.epoch ?? Infinity;
    const known = of.get(entry.value);
    if (known) {
      known.epoch = Math.max(known.epoch, epoch);
      known.expiresAt = Math.max(known.expiresAt, entry.expiresAt);
    } else if (this.held >= this.limit) {
      this.missed = true;
    } else {
      of.set(entry.value, { epoch, expiresAt: entry.expiresAt });
    }
  }

  /** Reports whether a token of `who` is refused. */
  refuses(who: Identity): boolean {
    if (this.kinds.jti.has(who.tokenId)) return true;
    if (who.kind === 'user' && this.kinds.sid.has(who.sessionId)) return true;
    const of = this.kinds[who.kind === 'user' ? 'sub' : 'client'].get(who.id);
    return of !== undefined && who.epoch < of.epoch;
  }

  /** Drops what has expired by the server's clock, in seconds since 1970. */
  sweep(now: number): void {
    for (const of of [...Object.values(this.kinds), this.unknown]) {
      for (const [value, refusal] of of) if (refusal.expiresAt < now) of.delete(value);
    }
  }
  /**
   * Reports whether what was missed would fit now, so that the feed is to be read
   * from the beginning; it then counts as not missed.
   */
  retry(): boolean {
    if (!this.missed || this.held > this.limit * 0.9) return false;
    this.missed = false;
    return true;
  }
}

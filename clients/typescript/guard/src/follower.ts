import { encode } from './base64url.js';
import { LEEWAY } from './claims.js';
import { type Clock, elapsed, type Instant, instant } from './clock.js';
import { type Server, ServerError } from './http.js';
import { FormError } from './json.js';
import { parse, REVOCATIONS, verify } from './jws.js';
import type { Keys } from './keys.js';
import { MAX_PAGE, type Page, parsePage } from './page.js';
import type { Revocations } from './revocations.js';

/** How far a follower has read: a number and its mark, which tells a number apart that was given out twice. */
export interface Position {
  readonly history: string;
  readonly number: number;
  readonly mark: string | undefined;
}

export interface FollowerOptions {
  readonly server: Server;
  readonly keys: Keys;
  readonly revocations: Revocations;
  readonly clock: Clock;
  readonly issuer: string;
  readonly clientId: string;
  /** Milliseconds after which what is known no longer counts as current. */
  readonly maxStaleness: number;
  /** Told after each page, and each failure. */
  readonly onLook: (error?: unknown) => void;
  /** Draws what a page has to repeat; random by default. */
  readonly nonce?: () => string;
}

/** What came of a look: all is known, or all by a page of another time, there is more to read, or it begins again at 0. */
type Look = 'head' | 'untimely' | 'more' | 'again';

/** The most that a follower waits after failures. */
const BACKOFF = 5_000;
/** How long an entry must have been there still for its absence to tell something, in seconds. */
const PURGE_MARGIN = 5 * 60;
const SWEEP_EVERY = 30; // seconds

/**
 * Follows the revocation feed: one request at a time, pages in order.
 *
 * Its place is a number and its mark. Another history, a head below the place, or
 * another mark (or none, while there should be one) in its own place means that the
 * database is not the one that was followed. Then it begins again at 0 and keeps
 * what it knows: a "no" is never taken back.
 *
 * It is current while the start of the last request that ended at the head, less
 * what the server said of its own age, is no older than the limit, by the monotonic
 * clock, with which the wall clock has to agree. A page whose time is not ours makes
 * nobody current and sweeps nothing; what it revokes is revoked.
 */
export class Follower {
  private place: (Position & { expiresAt: number }) | undefined;
  private fresh: Instant | undefined;
  private serverTime: { readonly seconds: number; readonly mono: number } | undefined;
  private swept = 0;
  private flight: Promise<Look> | undefined;
  /** Looks that failed in a row, and when, by the monotonic clock, the next may be made. */
  private failures = 0;
  private notBefore = -Infinity;
  /** Another history came: nothing counts until keys and feed were read. */
  barred = false;

  constructor(private readonly options: FollowerOptions) {}

  /** How far the feed was read, or undefined before the first page. */
  get position(): Position | undefined {
    if (!this.place) return undefined;
    const { history, number, mark } = this.place;
    return { history, number, mark };
  }

  /** Reports whether a token that no entry refuses is known not to be revoked. */
  get current(): boolean {
    const { clock, maxStaleness, revocations } = this.options;
    if (!this.fresh || this.barred || !revocations.complete) return false;
    return elapsed(clock, this.fresh) <= maxStaleness;
  }

  /**
   * Seconds since 1970 by the later of two clocks, ours and the server's: entries are
   * dropped by the server's, so no token may live on because ours is slow.
   */
  get now(): number {
    const { clock } = this.options;
    const ours = clock.wall() / 1000;
    if (!this.serverTime) return ours;
    return Math.max(ours, this.serverTime.seconds + (clock.mono() - this.serverTime.mono) / 1000);
  }

  /** Follows until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, maxStaleness } = this.options;
    const wait = Math.floor(maxStaleness / 4 / 100) / 10;
    while (!signal.aborted) {
      let pause = Math.random() * 100; // so that guards do not ask in step
      try {
        if ((await this.look(this.fresh ? wait : 0, signal)) === 'more') pause = 0;
      } catch {
        pause = this.notBefore - clock.mono();
      }
      await clock.sleep(pause, signal);
    }
  }

  /**
   * Reads on until the head, waiting for nothing new.
   *
   * @throws ServerError, FormError
   */
  async catchUp(signal?: AbortSignal): Promise<void> {
    // The database may be exchanged under us, once; and 2 M entries are 200 pages.
    for (let pages = 0; pages < 1000; pages++) if ((await this.look(0, signal)) === 'head') return;
    throw new FormError('the feed has no end');
  }

  /**
   * Reads on until the head, unless that did not help a moment ago: then requests wait
   * for nothing until it is time to try again.
   */
  async catchUpIfAllowed(signal?: AbortSignal): Promise<void> {
    const { clock } = this.options;
    if (clock.mono() < this.notBefore) return;
    await this.catchUp(signal).catch(() => undefined);
    if (!this.current && clock.mono() >= this.notBefore) this.backOff(); // all was read, and it is not enough
  }

  /** Makes one look, or waits for the one that is under way. */
  private look(wait: number, signal?: AbortSignal): Promise<Look> {
    this.flight ??= this.ask(wait, signal).finally(() => {
      this.flight = undefined;
    });
    return this.flight;
  }

  private async ask(wait: number, signal?: AbortSignal): Promise<Look> {
    try {
      const look = await this.turn(wait, signal);
      if (look === 'untimely') throw new FormError('the clocks here and of the server disagree');
      this.options.onLook();
      if (this.current) this.failures = 0;
      return look;
    } catch (error) {
      this.backOff(error);
      this.options.onLook(error);
      throw error;
    }
  }

  private backOff(error?: unknown): void {
    this.failures++;
    this.notBefore = this.options.clock.mono() + backoff(this.failures, error);
  }

  private async turn(wait: number, signal?: AbortSignal): Promise<Look> {
    const { server, keys, clock, issuer, clientId, maxStaleness } = this.options;
    if (!keys.usable()) await keys.refresh();
    else void keys.renew(); // an endpoint of keys that hangs does not hold up the feed
    const nonce = (this.options.nonce ?? randomNonce)();
    const from = this.place?.number ?? 0;
    const query = new URLSearchParams({ after: `${from}`, nonce, wait: `${wait}` });
    if (this.place?.mark !== undefined) query.set('mark', this.place.mark);
    const began = instant(clock);
    const { body } = await server.ask(`/revocations?${query}`, {
      accept: 'application/jwt, application/json;q=0.9, */*;q=0.1',
      authenticated: true,
      timeout: wait * 1000 + Math.max(1000, maxStaleness / 2),
      maxBytes: MAX_PAGE,
      ...(signal ? { signal } : {}),
    });
    const message = parse(new TextDecoder().decode(body), REVOCATIONS, MAX_PAGE);
    const key = await keys.find(message.keyID);
    if (!key) throw new FormError('a key that is not known');
    await verify(message, key);
    const page = parsePage(message.payload, { issuer, clientId, nonce, from });
    return this.apply(page, began);
  }

  private apply(page: Page, began: Instant): Look {
    const { clock, keys, revocations } = this.options;
    const timely = Math.abs(page.issuedAt - clock.wall() / 1000) <= LEEWAY;
    if (timely) this.serverTime = { seconds: page.issuedAt, mono: clock.mono() };
    if (this.place && this.place.history !== page.history) {
      this.barred = true;
      keys.distrust();
    }
    if (!this.follows(page)) return this.again();
    for (const entry of page.entries) revocations.add(entry);
    const newest = page.entries.at(-1);
    let expiresAt = page.to === page.from ? (this.place?.expiresAt ?? 0) : 0;
    if (newest?.number === page.to) expiresAt = newest.expiresAt;
    this.place = { history: page.history, number: page.to, mark: page.mark, expiresAt };
    if (timely && page.issuedAt - this.swept >= SWEEP_EVERY) {
      revocations.sweep(page.issuedAt);
      this.swept = page.issuedAt;
      if (revocations.retry()) return this.again();
    }
    if (page.to < page.head) {
      if (page.to === page.from) throw new FormError('a page without progress');
      return 'more';
    }
    if (!timely) return 'untimely';
    this.fresh = { mono: began.mono - page.age, wall: began.wall - page.age };
    this.barred = !keys.usable();
    return 'head';
  }

  private again(): Look {
    this.place = undefined;
    this.fresh = undefined;
    return 'again';
  }

  /** Reports whether a page goes on where we are. */
  private follows(page: Page): boolean {
    const { place } = this;
    if (page.head < page.from) return false;
    if (!place || place.number === 0) return place === undefined || place.history === page.history;
    if (place.history !== page.history) return false;
    if (page.fromMark === undefined && place.expiresAt - page.issuedAt > PURGE_MARGIN) return false;
    if (page.fromMark !== undefined && page.fromMark !== place.mark) return false;
    return page.to !== page.from || page.mark === place.mark;
  }
}

function randomNonce(): string {
  return encode(crypto.getRandomValues(new Uint8Array(18)));
}

/** Milliseconds to wait after so many failures in a row. */
function backoff(failures: number, error: unknown): number {
  const grown = Math.min(BACKOFF, 100 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2);
  const asked = error instanceof ServerError ? (error.retryAfter ?? 0) : 0;
  return Math.min(BACKOFF, Math.max(grown, asked));
}

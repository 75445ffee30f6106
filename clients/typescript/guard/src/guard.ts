import { Cache, fingerprint, type Verified } from './cache.js';
import { type Identity, parseClaims } from './claims.js';
import { type Clock, systemClock } from './clock.js';
import { Follower, type Position } from './follower.js';
import { basic, type Fetch, Server, ServerError } from './http.js';
import { FormError } from './json.js';
import { ACCESS_TOKEN, MAX_TOKEN, parse, verify } from './jws.js';
import { Keys } from './keys.js';
import { invalidToken, malformedRequest, notCurrent, Refusal, tokenRequired } from './refusal.js';
import { type Requirement, unmet } from './requirements.js';
import { Revocations } from './revocations.js';

/** What happened to a guard, for logs and metrics. No event holds a token. */
export type GuardEvent = { readonly type: 'not_current'; readonly why: string } | { readonly type: 'current' };

export interface GuardConfig {
  /** The server's public URL, which is the claim `iss` byte for byte. It must be https, or this machine, if there is no `url`. */
  readonly issuer: string;
  /** Who a token must be for: your program's name in `aud`, or several. */
  readonly audience: string | readonly string[];
  /** Your program's client, made by `sallyport client create`. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the server is reached, if not at its public URL: https, or this machine. */
  readonly url?: string;
  /** Seconds after which what is known of revocations no longer counts; 5 by default. */
  readonly maxStaleness?: number;
  /**
   * What to do with a token while that is so: refuse it with 503 (the default), ask
   * the server about it, or allow it, which lets a signed-out user go on.
   */
  readonly whenNotCurrent?: 'refuse' | 'ask' | 'allow';
  /**
   * `background` (the default) follows the feed all the time. `request` reads on when
   * a request finds that too old, for platforms without a background: Workers, functions.
   */
  readonly follow?: 'background' | 'request';
  /** How many revocations may be held; beyond that the guard is not current. 2,000,000 by default. */
  readonly maxEntries?: number;
  /** How many verified tokens are remembered; 16,384 by default. */
  readonly cacheSize?: number;
  /** Seconds that the start may take; 10 by default. */
  readonly startTimeout?: number;
  /** Told what happens. Writes to `console.warn` by default. */
  readonly onEvent?: (event: GuardEvent) => void;
  readonly fetch?: Fetch;
  readonly clock?: Clock;
}

/** How often what happened, since the start. */
export interface Counters {
  verified: number;
  /** Of those, the ones that had been seen before. */
  cached: number;
  refused: number;
  /** Requests that came while the guard was not current, by what became of them. */
  refusedNotCurrent: number;
  asked: number;
  allowedNotCurrent: number;
}

/** The most introspections under way; beyond that a token is refused. */
const MAX_ASKED = 64;
const ASK_TIMEOUT = 2_000;

/**
 * Says whether a token counts: signature and claims by the server's public keys, and
 * revocation by its feed, which is followed. It asks nobody per request.
 */
export class Guard {
  readonly counters: Counters = {
    verified: 0,
    cached: 0,
    refused: 0,
    refusedNotCurrent: 0,
    asked: 0,
    allowedNotCurrent: 0,
  };
  private readonly audiences: readonly string[];
  private readonly server: Server;
  private readonly keys: Keys;
  private readonly revocations: Revocations;
  private readonly follower: Follower;
  private readonly cache: Cache;
  private readonly stopped = new AbortController();
  private readonly watched = new Map<AbortController, Identity>();
  private readonly onEvent: (event: GuardEvent) => void;
  private said: GuardEvent['type'] | undefined;
  private asking = 0;

  private constructor(private readonly config: GuardConfig) {
    const clock = config.clock ?? systemClock;
    this.audiences = typeof config.audience === 'string' ? [config.audience] : [...config.audience];
    const url = (config.url ?? config.issuer).replace(/\/+$/, '');
    const send = config.fetch ?? ((to, init) => fetch(to, init));
    this.server = new Server(url, send, basic(config.clientId, config.clientSecret));
    this.keys = new Keys(this.server, clock);
    this.revocations = new Revocations(config.maxEntries ?? 2_000_000);
    this.cache = new Cache(config.cacheSize ?? 16_384);
    this.onEvent = config.onEvent ?? warn;
    this.follower = new Follower({
      server: this.server,
      keys: this.keys,
      revocations: this.revocations,
      clock,
      issuer: config.issuer,
      clientId: config.clientId,
      maxStaleness: (config.maxStaleness ?? 5) * 1000,
      onLook: (error) => this.looked(error),
    });
  }

  /**
   * Reads keys and revocations, and then follows.
   *
   * @throws TypeError if the configuration cannot work
   * @throws Error if that is not done in 10 s, or the server refuses the client
   */
  static async start(config: GuardConfig): Promise<Guard> {
    check(config);
    const guard = new Guard(config);
    try {
      await guard.begin((config.startTimeout ?? 10) * 1000);
    } catch (error) {
      guard.close();
      throw error;
    }
    if (config.follow !== 'request') void guard.follower.run(guard.stopped.signal);
    return guard;
  }

  private async begin(limit: number): Promise<void> {
    const clock = this.config.clock ?? systemClock;
    const until = clock.mono() + limit;
    for (;;) {
      try {
        await this.keys.refresh();
        if (this.keys.size === 0) throw new Error('guard: the server publishes no key; it needs ES256, EdDSA or RS256');
        await this.follower.catchUp(this.stopped.signal);
        if (this.follower.current) return;
      } catch (error) {
        const status = error instanceof ServerError ? error.status : 0;
        const passes = error instanceof FormError || status === 0 || status === 429 || status >= 500;
        if (!passes || status === 501 || clock.mono() >= until) throw error;
      }
      if (clock.mono() >= until) throw new Error(`guard: not current: ${this.staleness()}`);
      await clock.sleep(250, this.stopped.signal, true);
    }
  }

  /** Stops following. The guard then grows stale, and refuses. */
  close(): void {
    this.stopped.abort();
    for (const watch of this.watched.keys()) watch.abort();
    this.watched.clear();
  }

  /** Reports whether the guard knows of every revocation. */
  get current(): boolean {
    return this.keys.usable() && this.follower.current;
  }

  /** How far the feed was read; logout answers with the same number. */
  get position(): Position | undefined {
    return this.follower.position;
  }

  /** How many revocations are held. */
  get entries(): number {
    return this.revocations.size;
  }

  /**
   * Answers who a request is from, by its `Authorization` header.
   *
   * @throws Refusal
   */
  async authenticate(
    authorization: string | null | undefined,
    requirements: readonly Requirement[] = [],
  ): Promise<Identity> {
    const [, token] = /^bearer +(\S+)$/i.exec(authorization?.trim() ?? '') ?? [];
    if (token !== undefined) return this.verify(token, requirements);
    this.counters.refused++;
    // Servers join fields of one name with a comma, which no token has.
    throw /^bearer .*,/i.test(authorization ?? '') ? malformedRequest() : tokenRequired();
  }

  /**
   * Answers who an access token is from, if it counts and meets the requirements.
   *
   * @throws Refusal
   */
  async verify(token: string, requirements: readonly Requirement[] = []): Promise<Identity> {
    try {
      const who = await this.examine(token);
      const refusal = unmet(requirements, who, this.follower.now);
      if (refusal) throw refusal;
      this.counters.verified++;
      return who;
    } catch (error) {
      this.counters.refused++;
      throw error;
    }
  }

  /**
   * A signal that is aborted when the token of `who` is revoked or expires, for web
   * sockets and long requests. It needs the background.
   *
   * @param until gives the watch up
   */
  watch(who: Identity, until?: AbortSignal): AbortSignal {
    const watch = new AbortController();
    if (this.stopped.signal.aborted || !this.stands(who)) {
      watch.abort();
      return watch.signal;
    }
    this.watched.set(watch, who);
    until?.addEventListener('abort', () => this.watched.delete(watch), { once: true });
    return watch.signal;
  }

  private async examine(token: string): Promise<Identity> {
    if (token === '' || token.length > MAX_TOKEN) throw invalidToken('empty or too long');
    if (this.config.follow === 'request' && !this.follower.current) {
      await this.follower.catchUpIfAllowed(this.stopped.signal);
    }
    const { who } = await this.enter(token);
    // From here to the end there is nothing to wait for, but where the server is asked.
    if (!this.stands(who)) throw invalidToken('expired or revoked');
    if (!this.keys.usable() || this.follower.barred) throw this.stale('the keys cannot be believed');
    if (this.follower.current) return who;
    switch (this.config.whenNotCurrent) {
      case 'allow':
        this.report();
        this.counters.allowedNotCurrent++;
        return who;
      case 'ask':
        this.report();
        await this.ask(token, who);
        return who;
      default:
        throw this.stale(this.staleness());
    }
  }

  /** The door: form, key, signature, claims, in this order. Neither expiry nor revocation. */
  private async enter(token: string): Promise<Verified> {
    const hash = fingerprint(token);
    const sum = typeof hash === 'string' ? hash : await hash;
    await this.keys.renew();
    const seen = this.cache.get(sum);
    if (seen && this.keys.get(seen.keyID) === seen.key) {
      this.counters.cached++;
      return seen;
    }
    this.cache.delete(sum);
    try {
      const message = parse(token, ACCESS_TOKEN);
      const key = await this.keys.find(message.keyID);
      if (!key) throw this.unknownKey();
      await verify(message, key);
      const who = parseClaims(message.payload, this.config.issuer, this.audiences, this.follower.now);
      const verified: Verified = { who, keyID: message.keyID, key };
      if (this.keys.get(message.keyID) !== key) throw this.unknownKey();
      this.cache.put(sum, verified);
      return verified;
    } catch (error) {
      throw error instanceof FormError ? invalidToken(error.message) : error;
    }
  }

  private unknownKey(): Refusal {
    return this.keys.complete() ? invalidToken('a key that is not known') : this.stale('the keys cannot be read');
  }

  private stands(who: Identity): boolean {
    return this.follower.now < who.expiresAt && !this.revocations.refuses(who);
  }

  /** Introspects a token (RFC 7662). */
  private async ask(token: string, who: Identity): Promise<void> {
    if (this.asking >= MAX_ASKED) throw this.stale('too many introspections under way');
    this.asking++;
    try {
      const { body } = await this.server.ask('/oauth2/introspect', {
        accept: 'application/json',
        authenticated: true,
        form: new URLSearchParams({ token, token_type_hint: 'access_token' }),
        timeout: ASK_TIMEOUT,
        maxBytes: 64 << 10,
      });
      const answer: unknown = JSON.parse(new TextDecoder().decode(body));
      const { active, sub } = answer as { active?: unknown; sub?: unknown };
      this.counters.asked++;
      if (active !== true || (sub ?? who.id) !== who.id || !this.stands(who))
        throw invalidToken('not active, the server says');
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw this.stale('the server could not be asked');
    } finally {
      this.asking--;
    }
  }

  private stale(why: string): Refusal {
    this.report();
    this.counters.refusedNotCurrent++;
    return notCurrent(why);
  }

  private staleness(): string {
    if (this.follower.barred) return 'the server has another history';
    return this.revocations.complete
      ? 'the feed was not read in time'
      : 'there are revocations that cannot be held or understood';
  }

  private looked(_error?: unknown): void {
    for (const [watch, who] of this.watched) {
      if (this.stands(who)) continue;
      this.watched.delete(watch);
      watch.abort();
    }
    if (this.said !== undefined || !this.current) this.report();
  }

  /** Tells when being current ends and when it begins again. */
  private report(): void {
    const type = this.current ? 'current' : 'not_current';
    if (this.said === type || (this.said === undefined && this.follower.position === undefined)) return;
    const before = this.said;
    this.said = type;
    if (type === 'not_current') this.onEvent({ type, why: this.staleness() });
    else if (before !== undefined) this.onEvent({ type });
  }
}

function check(config: GuardConfig): void {
  if (!config.issuer) throw new TypeError('guard: issuer is missing');
  checkURL(config.url ?? config.issuer);
  if (config.audience.length === 0) throw new TypeError('guard: audience is missing');
  if (!config.clientId || !config.clientSecret) throw new TypeError('guard: clientId or clientSecret is missing');
  const staleness = config.maxStaleness ?? 5;
  if (!(staleness >= 0.4 && staleness <= 60)) throw new TypeError('guard: maxStaleness is 0.4 to 60 seconds');
}

/** Refuses an address to which the secret would travel in clear, and from which anybody on the path could answer with keys. */
function checkURL(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password || /[?#]/.test(text)) {
    throw new TypeError('guard: the address of the server is no URL, or has a user, a query or a fragment');
  }
  const here = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && here)) {
    throw new TypeError('guard: the address of the server must be https, or on this machine');
  }
}

function warn(event: GuardEvent): void {
  // biome-ignore lint/suspicious/noConsole: what nobody was told to hear is written there
  console.warn('sallyport guard:', event);
}

import { importJWK, type JWK } from 'jose';
import { decode } from './base64url.js';
import { type Clock, type Instant, instant } from './clock.js';
import type { Server } from './http.js';
import { MemberReader, type Members, parseObject } from './json.js';
import type { Algorithm, VerifyingKey } from './jws.js';

const PATH = '/.well-known/jwks.json';
/** The most keys in a set. A server publishes two or three. */
const MAX_KEYS = 64;
const MAX_AGE = 5 * 60_000;
/** How often an unknown `kid` may make us ask. */
const ASK_EVERY = 10_000;
/** How long keys stand while the server cannot be asked. */
const OUTAGE = 24 * 3_600_000;
const TIMEOUT = 5_000;

/**
 * The server's public keys: read at the start, read anew at `max-age` (5 minutes at
 * most), on an unknown `kid` at most every 10 s, and on another history of the
 * feed. There is never more than one request under way. A key that an answer lacks
 * is gone at once; only an outage lets keys stand, for 24 hours at most.
 */
export class Keys {
  private held = new Map<string, VerifyingKey>();
  private read: Instant | undefined;
  private asked = -Infinity;
  private maxAge = MAX_AGE;
  private flight: Promise<void> | undefined;
  private distrusted = false;
  /** The last reading came to an end and was good. */
  private answered = false;

  constructor(
    private readonly server: Server,
    private readonly clock: Clock,
  ) {}

  /** The key that `kid` selects, if it counts at this moment. */
  get(kid: string): VerifyingKey | undefined {
    return this.usable() ? this.held.get(kid) : undefined;
  }

  /** Reports whether keys were read and may still be believed. */
  usable(): boolean {
    return !this.distrusted && this.age() <= OUTAGE;
  }

  /** Reports whether a kid that is not among ours is known to be nobody's. */
  complete(): boolean {
    return this.answered && this.usable();
  }

  /** How many keys there are. */
  get size(): number {
    return this.held.size;
  }

  /** The key of `kid`, after asking the server if it is unknown or ours do not count. */
  async find(kid: string): Promise<VerifyingKey | undefined> {
    if (!this.get(kid)) await this.refreshIfAllowed();
    return this.get(kid);
  }

  /** Asks where ours do not count, and waits for that. Keys that are merely old are read anew beside. */
  async renew(): Promise<void> {
    if (!this.usable()) await this.refreshIfAllowed();
    else if (this.due()) void this.refreshIfAllowed();
  }

  /** Reports whether the keys are older than they may be without an outage. */
  due(): boolean {
    return this.distrusted || this.age() > this.maxAge;
  }

  /** Takes no key for good until they were read anew. */
  distrust(): void {
    this.distrusted = true;
  }

  /** Asks unless that was tried in the last 10 s. A failure changes nothing. */
  async refreshIfAllowed(): Promise<void> {
    if (this.flight === undefined && this.clock.mono() - this.asked < ASK_EVERY) return;
    await this.refresh().catch(() => undefined);
  }

  /**
   * Reads the keys, or waits for the reading that is under way.
   *
   * @throws ServerError, FormError
   */
  refresh(): Promise<void> {
    // Where a platform ends with a request what that request began, a reading never settles.
    if (this.clock.mono() - this.asked > 2 * TIMEOUT) this.flight = undefined;
    if (this.flight) return this.flight;
    const flight = this.fetch().finally(() => {
      if (this.flight === flight) this.flight = undefined;
    });
    this.flight = flight;
    return flight;
  }

  private async fetch(): Promise<void> {
    const began = instant(this.clock);
    this.asked = began.mono;
    this.answered = false;
    const { body, headers } = await this.server.ask(PATH, {
      accept: 'application/jwk-set+json, application/json',
      timeout: TIMEOUT,
      maxBytes: 256 << 10,
    });
    const found = await parseSet(body, this.held);
    this.held = found;
    this.read = began;
    const seconds = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(headers.get('cache-control') ?? '')?.[1];
    this.maxAge = seconds === undefined ? MAX_AGE : Math.min(MAX_AGE, Math.max(ASK_EVERY, 1000 * Number(seconds)));
    this.distrusted = false;
    this.answered = true;
  }

  /** Milliseconds since the keys were read, by the clock that says more. */
  private age(): number {
    if (!this.read) return Infinity;
    return Math.max(this.clock.mono() - this.read.mono, this.clock.wall() - this.read.wall);
  }
}

/**
 * Reads a JWK set (RFC 7517 §5). A key that is not for verifying signatures by one
 * of our algorithms, that does not say which, or that is unfit is left out. A kid
 * that stands twice makes the set unfit, because it then selects nothing. A key
 * that is as before stays the same object, so that what it signed stays cached.
 *
 * @throws FormError
 */
export async function parseSet(
  body: Uint8Array,
  before: ReadonlyMap<string, VerifyingKey> = new Map(),
): Promise<Map<string, VerifyingKey>> {
  const set = new MemberReader(parseObject(body));
  const list = set.list('keys');
  if (list.length > MAX_KEYS) set.fail('keys', 'too many');
  const found = new Map<string, VerifyingKey>();
  const seen = new Set<string>();
  for (const member of list) {
    if (!(member instanceof Map)) return set.fail('keys', 'wrong form');
    const kid = member.get('kid');
    if (typeof kid !== 'string' || kid === '') continue;
    if (seen.has(kid)) set.fail('keys', 'a kid stands twice');
    seen.add(kid);
    const key = await parseKey(member).catch(() => undefined);
    if (!key) continue;
    const known = before.get(kid) as Held | undefined;
    found.set(kid, known?.text === key.text ? known : key);
  }
  return found;
}

interface Held extends VerifyingKey {
  /** What the key is made of, to tell whether it is the same. */
  readonly text: string;
}

async function parseKey(members: Members): Promise<Held | undefined> {
  const r = new MemberReader(members);
  if (r.has('d') || r.has('k') || !forVerifying(r)) return undefined;
  const algorithm = r.text('alg');
  let jwk: JWK;
  if (algorithm === 'ES256' && r.text('kty') === 'EC' && r.text('crv') === 'P-256') {
    jwk = { kty: 'EC', crv: 'P-256', x: bytes(r, 'x', 32), y: bytes(r, 'y', 32) };
    if (!onP256(decode(r.text('x')), decode(r.text('y')))) return undefined;
  } else if (algorithm === 'EdDSA' && r.text('kty') === 'OKP' && r.text('crv') === 'Ed25519') {
    jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes(r, 'x', 32) };
  } else if (algorithm === 'RS256' && r.text('kty') === 'RSA') {
    jwk = { kty: 'RSA', n: r.text('n'), e: r.text('e') };
    if (!fitRSA(decode(r.text('n')), decode(r.text('e')))) return undefined;
  } else {
    return undefined;
  }
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) return undefined;
  return { algorithm: algorithm as Algorithm, key, text: JSON.stringify([algorithm, jwk]) };
}

function forVerifying(r: MemberReader): boolean {
  if (r.has('use') && r.members.get('use') !== 'sig') return false;
  return !r.has('key_ops') || r.texts('key_ops').includes('verify');
}

function bytes(r: MemberReader, name: string, size: number): string {
  const text = r.text(name);
  return decode(text).length === size ? text : r.fail(name, 'wrong form');
}

/** Reports whether a point is on P-256 (FIPS 186-4 D.1.2.3): Deno imports one that is not. */
function onP256(x: Uint8Array, y: Uint8Array): boolean {
  const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
  const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
  const [u, v] = [x, y].map((coordinate) => coordinate.reduce((value, byte) => value * 256n + BigInt(byte), 0n)) as [
    bigint,
    bigint,
  ];
  return u < p && v < p && (v * v - u ** 3n + 3n * u - b) % p === 0n;
}

/** 2048 to 8192 bits, and an odd exponent of 65537 or more (RFC 7518 §3.3). */
function fitRSA(n: Uint8Array, e: Uint8Array): boolean {
  if (!n[0] || !e[0] || e.length > 4) return false;
  const bits = n.length * 8 - Math.clz32(n[0]) + 24;
  const exponent = e.reduce((value, byte) => value * 256 + byte, 0);
  return bits >= 2048 && bits <= 8192 && exponent >= 65537 && exponent % 2 === 1;
}

/**
 * An issuer in process, for the tests of programs that use the guard: mint a token
 * with any claims, revoke it, let the feed go stale. It opens no socket: hand its
 * `fetch` to the guard.
 *
 * ```ts
 * const issuer = await TestIssuer.create();
 * const guard = await Guard.start(issuer.config());
 * const token = await issuer.token({ roles: ['staff'] });
 * ```
 *
 * @module
 */
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';
import { encode } from './base64url.js';
import type { GuardConfig } from './guard.js';
import type { Algorithm } from './jws.js';

/** What to write into a token beside or in place of what is usual; `undefined` leaves a claim out. */
export type TestClaims = Record<string, unknown>;

interface TestEntry {
  n: number;
  m: string;
  k: string;
  v: string;
  e?: number;
  x: number;
}

interface SigningKey {
  readonly kid: string;
  readonly algorithm: Algorithm;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export interface TestIssuerOptions {
  readonly issuer?: string;
  readonly audience?: string;
  readonly algorithm?: Algorithm;
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** How long entries live, in seconds: as the server's, longer than any token. */
const ENTRY_TTL = 3600;
/** How many entries a page has. A server's has up to 10,000. */
const PAGE = 1000;

/** A small Sallyport server: keys, feed and introspection, and nothing else. */
export class TestIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What is asked of it: path and query of each request. */
  readonly requests: string[] = [];
  /** Answers requests as `globalThis.fetch` would. */
  readonly fetch = (url: string, init?: RequestInit): Promise<Response> => this.answer(new URL(url), init ?? {});

  /** Changes the payload of a page before it is signed, for hostile tests. */
  tamper: ((page: Record<string, unknown>) => Record<string, unknown>) | undefined;
  /** Changes the answer before it is sent. */
  intercept: ((path: string, answer: Response) => Response | Promise<Response>) | undefined;
  /** Milliseconds that the server says its own knowledge is old. */
  age = 0;
  /** Seconds that the server's clock is ahead of ours. */
  skew = 0;

  private signing: SigningKey;
  private published: SigningKey[];
  private history = random(16);
  private marks = new Map<number, string>();
  private entries: TestEntry[] = [];
  private number = 0;
  private up = true;
  private waiting = new Set<() => void>();

  private constructor(options: TestIssuerOptions, key: SigningKey) {
    this.issuer = options.issuer ?? 'https://auth.test';
    this.audience = options.audience ?? 'https://api.test';
    this.clientId = options.clientId ?? 'orders';
    this.clientSecret = options.clientSecret ?? 'spc_test';
    this.signing = key;
    this.published = [key];
  }

  static async create(options: TestIssuerOptions = {}): Promise<TestIssuer> {
    return new TestIssuer(options, await newKey(options.algorithm ?? 'ES256'));
  }

  /** What a guard of this issuer is started with. */
  config(more: Partial<GuardConfig> = {}): GuardConfig {
    const { issuer, audience, clientId, clientSecret, fetch } = this;
    return { issuer, audience, clientId, clientSecret, fetch, onEvent: () => undefined, ...more };
  }

  /** An access token of a user who signed in a moment ago. */
  async token(claims: TestClaims = {}): Promise<string> {
    const now = this.now();
    return this.sign({
      iss: this.issuer,
      sub: crypto.randomUUID(),
      aud: this.audience,
      client_id: 'sallyport',
      iat: now,
      exp: now + 900,
      jti: crypto.randomUUID(),
      sid: crypto.randomUUID(),
      uep: 1,
      auth_time: now,
      amr: ['pwd'],
      ...claims,
    });
  }

  /** An access token of a client that acts for itself. */
  async clientToken(clientId: string, claims: TestClaims = {}): Promise<string> {
    const nobody = { sid: undefined, auth_time: undefined, amr: undefined };
    return this.token({ sub: clientId, client_id: clientId, ...nobody, ...claims });
  }

  /** Signs any payload under any header members, for hostile tests. */
  async sign(payload: object, header: object = {}): Promise<string> {
    const { kid, algorithm, privateKey } = this.signing;
    const head = encode(utf8(JSON.stringify({ alg: algorithm, kid, typ: 'at+jwt', ...header })));
    const input = `${head}.${encode(utf8(JSON.stringify(payload)))}`;
    return `${input}.${encode(await signature(algorithm, privateKey, utf8(input)))}`;
  }

  /** Ends a token: as a logout, its session. Answers the number of the revocation. */
  revoke(token: string): number {
    const payload = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    return payload.sid ? this.revokeEntry('sid', payload.sid) : this.revokeEntry('jti', payload.jti);
  }

  /** Ends everything that a user had up to an epoch, which new tokens carry as `uep`. */
  revokeUser(id: string, epoch = 2): number {
    return this.revokeEntry('sub', id, epoch);
  }

  /** Adds an entry of any kind. One of `sub` or `client` needs an epoch: a page that lacks it is refused. */
  revokeEntry(kind: string, value: string, epoch?: number, ttl = ENTRY_TTL): number {
    const mark = random(8);
    this.number++;
    this.marks.set(this.number, mark);
    const entry: TestEntry = { n: this.number, m: mark, k: kind, v: value, x: this.now() + ttl };
    if (epoch !== undefined) entry.e = epoch;
    this.entries.push(entry);
    for (const wake of this.waiting) wake();
    return this.number;
  }

  /** Lets every request fail, as an outage does; the guard is not current a few seconds later. */
  goDown(): void {
    this.up = false;
    for (const wake of this.waiting) wake();
  }

  comeUp(): void {
    this.up = true;
  }

  /** Forgets the newest revocations, as a fail-over that loses commits does. */
  loseLast(count: number): void {
    this.number -= count;
    this.entries = this.entries.filter(({ n }) => n <= this.number);
    for (const n of [...this.marks.keys()]) if (n > this.number) this.marks.delete(n);
  }

  /** Begins another history, as a restored backup does. Entries are kept. */
  restore(): void {
    this.history = random(16);
  }

  /** Deletes entries from the answers, as the purge does with those that expired. */
  purge(upTo: number): void {
    this.entries = this.entries.filter(({ n }) => n > upTo);
  }

  /** Signs with a new key from now on. The old one stays published unless `drop`. */
  async rotateKey(drop = false, algorithm: Algorithm = this.signing.algorithm): Promise<void> {
    this.signing = await newKey(algorithm);
    this.published = drop ? [this.signing] : [this.signing, ...this.published];
  }

  private now(): number {
    return Math.floor(Date.now() / 1000 + this.skew);
  }

  private async answer(url: URL, init: RequestInit): Promise<Response> {
    this.requests.push(url.pathname + url.search);
    if (!this.up) throw new TypeError('fetch failed');
    let answer: Response;
    if (url.pathname === '/.well-known/jwks.json') {
      const headers = { 'cache-control': 'public, max-age=300' };
      answer = Response.json({ keys: this.published.map((key) => key.jwk) }, { headers });
    } else if (
      new Headers(init.headers).get('authorization') !== `Basic ${btoa(`${this.clientId}:${this.clientSecret}`)}`
    ) {
      answer = Response.json({ code: 'invalid_client' }, { status: 401 });
    } else if (url.pathname === '/revocations') {
      answer = await this.page(url.searchParams, init.signal ?? undefined);
    } else if (url.pathname === '/oauth2/introspect') {
      answer = Response.json(this.introspect(new URLSearchParams(`${init.body}`).get('token') ?? ''));
    } else {
      answer = Response.json({ code: 'not_found' }, { status: 404 });
    }
    return this.intercept ? this.intercept(url.pathname, answer) : answer;
  }

  private introspect(token: string): object {
    const payload = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    const ended = this.entries.some(({ k, v, e = Infinity }) => payload[k] === v && (k !== 'sub' || payload.uep < e));
    return ended || payload.exp <= this.now() ? { active: false } : { active: true, ...payload };
  }

  private async page(query: URLSearchParams, signal: AbortSignal | undefined): Promise<Response> {
    const after = Number(query.get('after'));
    if (after === this.number) await this.news(Number(query.get('wait')) * 1000, signal);
    if (!this.up) throw new TypeError('fetch failed');
    const lost = this.number < after;
    const entries = lost ? [] : this.entries.filter(({ n, x }) => n > after && x > this.now()).slice(0, PAGE);
    const last = entries.at(-1);
    const to = entries.length === PAGE && last ? last.n : this.number;
    const page = {
      iss: this.issuer,
      aud: this.clientId,
      iat: this.now(),
      history: this.history,
      from: after,
      from_mark: after === this.number || this.entries.some(({ n }) => n === after) ? this.marks.get(after) : undefined,
      to,
      mark: this.marks.get(to),
      head: this.number,
      age: this.age,
      nonce: query.get('nonce'),
      entries,
    };
    const text = await this.sign(this.tamper ? this.tamper(page) : page, { typ: 'revocations+jwt' });
    return new Response(text, {
      headers: { 'content-type': 'application/revocations+jwt', 'cache-control': 'no-store' },
    });
  }

  /** Waits for a revocation, or so many milliseconds. */
  private news(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.waiting.add(done);
      signal?.addEventListener('abort', () => {
        done();
        reject(signal.reason);
      });
    });
  }
}

function random(bytes: number): string {
  return encode(crypto.getRandomValues(new Uint8Array(bytes)));
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function newKey(algorithm: Algorithm): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const kid = random(32);
  return { kid, algorithm, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' } };
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Signs as the server does: of the two values of s that verify, the smaller. */
async function signature(algorithm: Algorithm, key: CryptoKey, input: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const how = { ES256: { name: 'ECDSA', hash: 'SHA-256' }, EdDSA: 'Ed25519', RS256: 'RSASSA-PKCS1-v1_5' }[algorithm];
  const sig = new Uint8Array(await crypto.subtle.sign(how, key, input));
  if (algorithm !== 'ES256') return sig;
  const s = sig.subarray(32).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  if (s <= ORDER / 2n) return sig;
  const small = (ORDER - s).toString(16).padStart(64, '0');
  for (let n = 0; n < 32; n++) sig[32 + n] = Number.parseInt(small.slice(2 * n, 2 * n + 2), 16);
  return sig;
}

import { exclusively } from './lock.js';
import { type Held, Store, type User } from './store.js';
import { passkey } from './webauthn.js';

export interface SallyportConfig {
  /** The server's public URL. */
  url: string;
  /** Origins of your APIs, which get the access token with `fetch`; beside the server's and the page's own. */
  origins?: string[];
  /**
   * Where tokens are kept beside memory. Without it a reload signs out, unless another
   * tab is open. `localStorage` keeps people signed in; **any script that runs on your
   * origin can then read the refresh token and use it elsewhere**.
   */
  storage?: Storage;
  /** Told once a tab when the session ends, here or elsewhere, and why. */
  onSignedOut?: (reason: string) => void;
  /** Told when somebody signs in, here or in another tab. */
  onSignedIn?: (user: User) => void;
}

/** A refusal of the server (RFC 9457), or that it could not be asked (`status` 0, code `unreachable`). */
export class AuthError extends Error {
  override readonly name = 'AuthError';

  constructor(
    readonly status: number,
    /** Permanent, as in docs/errors.md. */
    readonly code: string,
    detail: string,
    /** Seconds to wait, if the server says so. */
    readonly retryAfter?: number,
    /** What else the server said: `errors`, `next`, `reason`. */
    readonly problem: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }
}

/** What comes of a sign-in: a user, or the question for a second factor. */
export type SignIn =
  | { status: 'signed_in'; user: User }
  | {
      status: 'second_factor';
      /** Some of `totp`, `passkey`, `recovery_code`. */
      methods: string[];
      /** Answers with a code. A wrong one is an AuthError `invalid_code`, and may be tried again. */
      code(method: 'totp' | 'recovery_code', code: string): Promise<SignIn>;
      /** Answers with a passkey. */
      passkey(): Promise<SignIn>;
    };

/** What a token endpoint answers. */
interface Answer {
  access_token?: string;
  refresh_token: string;
  session_id: string;
  refresh_generation: number;
  expires_in: number;
  device_token?: string;
  user?: User;
  [member: string]: unknown;
}

const TIMEOUT = 10_000;
/** How long before its end an access token is renewed; a tenth of its life if that is less. */
const EARLY = 60_000;
/** How often one refresh may ask the server, all told: no answer and `retry` included. */
const TRIES = 3;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One sign-in at one server, over all tabs of this origin. */
export class Sallyport {
  /** Settles when what other tabs and the storage hold is known. */
  readonly ready: Promise<void>;
  private readonly url: string;
  private readonly name: string;
  private readonly origins: Set<string>;
  private readonly store: Store;
  private flight: Promise<Held | undefined> | undefined;
  private notBefore = 0;

  constructor(config: SallyportConfig) {
    this.url = config.url.replace(/\/+$/, '');
    this.name = `sallyport:${this.url}`;
    this.origins = new Set([this.url, location.href, ...(config.origins ?? [])].map((one) => new URL(one).origin));
    this.store = new Store(this.name, config.storage, (user, reason) => {
      if (user) config.onSignedIn?.(user);
      else config.onSignedOut?.(reason);
    });
    this.ready = this.store.get() ? Promise.resolve() : this.store.sync();
  }

  /** Who is signed in, as of the last answer of the server. */
  get user(): User | undefined {
    return this.store.get()?.user;
  }

  /** Answers whether a mail was sent; `signUpToken` comes back with `verifyEmail` in the same browser. */
  async signUp(email: string, password: string, name?: string): Promise<{ status: string; signUpToken: string }> {
    const made = await this.call<{ status?: string; sign_up_token: string }>('/auth/sign_up', {
      email,
      password,
      name,
    });
    return { status: made.status ?? 'created', signUpToken: made.sign_up_token };
  }

  /** Confirms an address with the token of the mailed link, and signs in if a password comes along. */
  async verifyEmail(
    token: string,
    proof: { password?: string; newPassword?: string; signUpToken?: string } = {},
  ): Promise<SignIn | { status: 'verified' }> {
    const { password, newPassword: new_password, signUpToken: sign_up_token } = proof;
    const answer = await this.call<Answer>('/auth/verify-email', { token, password, new_password, sign_up_token });
    return answer.access_token || answer.mfa_required ? this.signedIn(answer) : { status: 'verified' };
  }

  async signIn(email: string, password: string, deviceName?: string): Promise<SignIn> {
    return this.signedIn(await this.call('/auth/login', { email, password, ...this.device(deviceName) }));
  }

  async signInWithPasskey(deviceName?: string): Promise<SignIn> {
    const answer = await this.sign('/auth/passkeys/authentication');
    return this.signedIn(
      await this.call('/auth/passkeys/authentication/finish', { ...answer, ...this.device(deviceName) }),
    );
  }

  /** Adds a passkey to the account that is signed in. Answers it, with `recovery_codes` if it is the first factor. */
  async addPasskey(name?: string): Promise<Record<string, unknown>> {
    const { ceremony, options } = await this.call<Ceremony>('/auth/passkeys/registration', undefined, true);
    const credential = await passkey('create', options.publicKey);
    return this.call('/auth/passkeys/registration/finish', { ceremony, credential, name }, true);
  }

  /**
   * Ends the session here, in every tab and at the server, or all sessions of the
   * user. It throws if the server could not be told: then the tokens are gone from
   * here, and the session lives until it is ended elsewhere or expires.
   */
  async signOut(everywhere = false): Promise<void> {
    const held = this.store.get();
    if (!held) return;
    try {
      if (everywhere) await this.call('/auth/logout', { everywhere }, true);
      else await this.twice(() => this.call('/auth/logout', { refresh_token: held.refresh }));
    } finally {
      this.store.end(held.session, 'signed_out');
    }
  }

  /**
   * Calls an endpoint of the server. Tokens in its answer (a changed password, a
   * reauthentication) are kept.
   *
   * @throws AuthError
   */
  async call<T = Record<string, unknown>>(path: string, body?: unknown, authorized = false): Promise<T> {
    const headers: Record<string, string> = {};
    const init: RequestInit = { method: 'POST', headers, signal: AbortSignal.timeout(TIMEOUT) };
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(body);
    }
    const began = Date.now();
    let response: Response;
    let answer: T & Partial<Answer>;
    try {
      response = await (authorized ? this.fetch(this.url + path, init) : fetch(this.url + path, init));
      answer = response.status === 204 ? {} : await response.json();
    } catch (error) {
      if (error instanceof AuthError) throw error;
      throw new AuthError(0, 'unreachable', 'The server cannot be reached. Try again.');
    }
    if (!response.ok) throw refused(response, answer);
    if (path !== '/auth/refresh') {
      if (answer.device_token) remember(this.name, answer.device_token);
      if (answer.access_token) this.store.begin(held(answer as Answer, began));
    }
    return answer;
  }

  /** An access token that is good for a while, or undefined if nobody is signed in. */
  async token(): Promise<string | undefined> {
    await this.ready;
    return (await this.good(this.store.get()))?.access;
  }

  /** Renews the access token, once over all tabs. Answers whether somebody is signed in. */
  async refresh(): Promise<boolean> {
    await this.ready;
    const now = this.store.get();
    return now !== undefined && (await this.renew(now.access)) !== undefined;
  }

  /**
   * As `globalThis.fetch`, with the access token, for the origins of the
   * configuration alone. A 401 renews the token and sends once more. If somebody else
   * signs in meanwhile, in another tab, the request does not get their token.
   */
  async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const { origin } = new URL(request.url);
    if (!this.origins.has(origin)) throw new TypeError(`${origin} gets no token: name it in origins`);
    await this.ready;
    const before = this.store.get();
    const now = await this.good(before);
    if (!now || now.session !== before?.session) return fetch(request);
    const again = request.clone();
    const response = await fetch(bearing(request, now.access));
    const asks = response.headers.get('www-authenticate') ?? '';
    // Step-up (RFC 9470) asks for the user, not for another token.
    if (response.status !== 401 || asks.includes('insufficient_user_authentication')) return response;
    const renewed = await this.renew(now.access).catch(() => undefined);
    const goes = renewed && renewed.session === now.session && renewed.access !== now.access;
    return goes ? fetch(bearing(again, renewed.access)) : response;
  }

  /** Stops listening to other tabs. */
  close(): void {
    this.store.close();
  }

  /** Answers what was held, or what came of its renewal if that was due. */
  private async good(now: Held | undefined): Promise<Held | undefined> {
    if (!now || now.renewAt > Date.now()) return now;
    try {
      return await this.renew(now.access);
    } catch (error) {
      if (now.expiresAt > Date.now()) return now; // still good; there is time to try again
      throw error;
    }
  }

  /** Answers tokens newer than `seen`, from another tab or the server, or undefined if the session is over. */
  private renew(seen: string): Promise<Held | undefined> {
    this.flight ??= exclusively(this.name, () => this.exchange(seen)).finally(() => {
      this.flight = undefined;
    });
    return this.flight;
  }

  /**
   * Under the lock: one refresh at a time over all tabs. A tab that was frozen can be
   * late for its own lease, and two get answers. Then the one that is lost may be the
   * newest, and what the other tab got is refused once the server's grace is over: so
   * who lost one asks again, with what there is.
   */
  private async exchange(seen: string): Promise<Held | undefined> {
    let lost: string | undefined; // the session of an answer that did not come
    for (let tries = 1; ; tries++) {
      await this.store.sync(); // what the last holder of the lock got
      const now = this.store.get();
      const ask = now?.session === lost && tries < TRIES;
      if (!now || (now.access !== seen && now.expiresAt > Date.now() && !ask)) return now;
      const wait = this.notBefore - Date.now();
      if (wait > 0) throw new AuthError(503, 'busy', 'The server is busy. Try again.', wait / 1000);
      const began = Date.now();
      try {
        const answer = await this.call<Answer>('/auth/refresh', { refresh_token: now.refresh });
        await this.store.renew(held(answer, began));
        return this.store.get();
      } catch (error) {
        if (!(error instanceof AuthError)) throw error;
        const { status, problem, code, retryAfter } = error;
        const retry = status === 0 || problem.next === 'retry';
        const over = status === 401 && (retry || problem.next === 'login'); // else somebody between us said 401
        lost = status === 0 ? now.session : undefined;
        if (retryAfter) this.notBefore = Date.now() + retryAfter * 1000;
        if (retry && tries < TRIES) {
          await sleep(200 * tries * (0.5 + Math.random()));
        } else if (over) {
          this.store.end(now.session, typeof problem.reason === 'string' ? problem.reason : code);
          return undefined;
        } else {
          throw error;
        }
      }
    }
  }

  private async twice(work: () => Promise<unknown>): Promise<unknown> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AuthError) || error.status !== 0) throw error;
      await sleep(300);
      return work();
    }
  }

  private signedIn(answer: Answer): SignIn {
    if (!answer.mfa_required) return { status: 'signed_in', user: userOf(answer) };
    const { mfa_token, methods } = answer as unknown as { mfa_token: string; methods: string[] };
    const finish = async (proof: object) => this.signedIn(await this.call('/auth/login/mfa', { mfa_token, ...proof }));
    return {
      status: 'second_factor',
      methods,
      code: (method, code) => finish({ method, code }),
      passkey: async () =>
        finish({ method: 'passkey', ...(await this.sign('/auth/passkeys/authentication', { mfa_token })) }),
    };
  }

  /** Signs a challenge with a passkey. */
  private async sign(path: string, body?: object): Promise<{ ceremony: string; credential: unknown }> {
    const { ceremony, options } = await this.call<Ceremony>(path, body);
    return { ceremony, credential: await passkey('get', options.publicKey) };
  }

  /** What tells the server that this browser has signed in before. It opens nothing. */
  private device(device_name: string | undefined): object {
    return { device_name, device_token: recall(this.name) };
  }
}

interface Ceremony {
  ceremony: string;
  options: { publicKey: unknown };
}

function held(answer: Answer, began: number): Held {
  const life = answer.expires_in * 1000;
  return {
    access: answer.access_token ?? '',
    refresh: answer.refresh_token,
    session: answer.session_id,
    generation: answer.refresh_generation,
    expiresAt: began + life,
    renewAt: began + life - Math.min(EARLY, life / 10),
    user: userOf(answer),
  };
}

/** The user of an answer: a member of most, and the rest of that of `verify-email`. */
function userOf(answer: Answer): User {
  const { user, access_token, refresh_token, session_id, refresh_generation, expires_in, device_token, ...rest } =
    answer;
  return user ?? (rest as unknown as User);
}

function bearing(request: Request, access: string): Request {
  request.headers.set('authorization', `Bearer ${access}`);
  return request;
}

function refused(response: Response, problem: Record<string, unknown>): AuthError {
  const seconds = Number(response.headers.get('retry-after'));
  const { code, detail } = problem as { code?: string; detail?: string };
  return new AuthError(
    response.status,
    code ?? 'internal',
    detail ?? 'Something went wrong.',
    seconds || undefined,
    problem,
  );
}

function remember(name: string, token: string): void {
  try {
    localStorage.setItem(`${name}:device`, token);
  } catch {
    // Then the next sign-in is a new device's.
  }
}

function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`${name}:device`) ?? undefined;
  } catch {
    return undefined;
  }
}

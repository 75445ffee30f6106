/** The one function of the platform that speaks to the server, as `globalThis.fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The server refused, or was not there. `status` is 0 if there was no answer. */
export class ServerError extends Error {
  override readonly name = 'ServerError';

  constructor(
    readonly path: string,
    readonly status: number,
    readonly why: string,
    /** Milliseconds that the server asks to wait (RFC 9110 §10.2.3), if it does. */
    readonly retryAfter?: number,
  ) {
    super(`${path}: ${status === 0 ? why : `${status} ${why}`}`);
  }
}

/** Speaks to one server with a time limit, and reads answers of a bounded size. */
export class Server {
  constructor(
    private readonly url: string,
    private readonly send: Fetch,
    private readonly authorization: string,
  ) {}

  /**
   * Answers the body of a 200.
   *
   * @param path below the server's URL, with its query
   * @throws ServerError
   */
  async ask(path: string, options: Ask): Promise<Answer> {
    const named = path.replace(/\?.*/s, '');
    const limit = new AbortController();
    const stop = () => limit.abort();
    options.signal?.addEventListener('abort', stop, { once: true });
    if (options.signal?.aborted) stop();
    const timer = setTimeout(stop, options.timeout);
    try {
      const headers: Record<string, string> = { accept: options.accept };
      if (options.authenticated) headers.authorization = this.authorization;
      const init: RequestInit = { headers, signal: limit.signal, redirect: 'manual' };
      if (!WORKERS) init.cache = 'no-store'; // some frameworks keep answers otherwise
      if (options.form) Object.assign(init, { method: 'POST', body: options.form });
      const response = await this.send(this.url + path, init);
      if (response.status !== 200) throw await refused(named, response);
      return { body: await bounded(response, options.maxBytes), headers: response.headers };
    } catch (error) {
      if (error instanceof ServerError) throw error;
      throw new ServerError(named, 0, limit.signal.aborted ? 'no answer in time' : 'no answer');
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
    }
  }
}

/** Cloudflare's, which knows no `cache` and keeps nothing. */
const WORKERS = typeof navigator === 'object' && navigator.userAgent === 'Cloudflare-Workers';

interface Ask {
  readonly accept: string;
  readonly authenticated?: boolean;
  readonly form?: URLSearchParams;
  /** Milliseconds until the body has to be there. */
  readonly timeout: number;
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

interface Answer {
  readonly body: Uint8Array;
  readonly headers: Headers;
}

async function refused(path: string, response: Response): Promise<ServerError> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  let code = '';
  try {
    const problem: unknown = JSON.parse(new TextDecoder().decode(await bounded(response, 16 << 10)));
    const { code: named, error } = problem as { code?: unknown; error?: unknown };
    const found = named ?? error;
    if (typeof found === 'string' && /^[a-z_]{1,64}$/.test(found)) code = found;
  } catch {
    // The status says enough.
  }
  const retryAfter = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
  return new ServerError(path, response.status, code, retryAfter);
}

async function bounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > maxBytes) {
      await reader.cancel();
      throw new Error('answer is too long');
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** HTTP Basic authentication of a client, form-encoded first (RFC 6749 §2.3.1). */
export function basic(clientId: string, secret: string): string {
  const form = (text: string) => new URLSearchParams({ v: text }).toString().slice(2);
  return `Basic ${btoa(`${form(clientId)}:${form(secret)}`)}`;
}

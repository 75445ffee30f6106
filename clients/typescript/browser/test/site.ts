import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestOptions, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { AuthError, Sallyport, SallyportConfig, SignIn } from '../src/index.js';

declare global {
  // What the page of the app has in its window.
  var auth: Sallyport;
  var Client: typeof Sallyport;
  var events: string[];
  var begin: (config?: Partial<SallyportConfig>) => Promise<void>;
  var step: SignIn;
  var pending: Promise<unknown>;
  var enough: boolean;
  var failure: (work: Promise<unknown>) => Promise<Pick<AuthError, 'status' | 'code'> | undefined>;
}

/** Node tells where the packages are; the tests are run from the package's folder. */
const HERE = process.cwd();
const BINARY = process.env.SALLYPORT_BINARY ?? resolve(HERE, '../../../bin/sallyport');
const PATIENCE = 30_000;
export const PASSWORD = 'violet umbrella 27';

/** What becomes of one refresh at the proxy. */
export interface Fate {
  /** The server gets it, and the answer is lost. */
  lose?: boolean;
  /** An answer in place of the server's, which is not asked. */
  answer?: { status: number; body: object; headers?: Record<string, string> };
  /** Is asked once the server has answered, and says how long that is held back. */
  hold?: () => Promise<unknown>;
  /** The second server gets it. */
  second?: boolean;
}

const PAGE = `<!doctype html><meta charset="utf-8"><title>app</title><link rel="icon" href="data:,"><script type="module">
import { Sallyport } from '/app/sallyport.min.js';
window.Client = Sallyport;
window.events = [];
window.begin = (config) => {
  window.auth = new Sallyport({ url: location.origin, onSignedOut: (reason) => events.push('out ' + reason),
    onSignedIn: (user) => events.push('in ' + user.email), ...config });
  return auth.ready;
};
window.failure = (work) => work.then(() => undefined, ({ status, code }) => ({ status, code }));
</script>`;

/** A real server behind a counting proxy that also serves an app, and a real browser. */
export class Site {
  /** Refreshes that reached the proxy, how many were under way at most, the answers' codes, and the newest that arrived. */
  readonly refreshes = { count: 0, most: 0, under: 0, codes: [] as string[], newest: newest() };
  /** Says what becomes of the next refresh. */
  fate: () => Fate = () => ({});
  /** How often /app/api was asked, and the Authorization of the last. */
  readonly api = { count: 0, status: 200, authorization: '' };

  private constructor(
    readonly url: string,
    readonly browser: Browser,
    private readonly servers: ChildProcess[],
    private readonly proxy: Server,
    private readonly data: string,
  ) {}

  /** With settings for the server, and those of a second one on the same data, if there is one. */
  static async start(...settings: Record<string, string>[]): Promise<Site> {
    if (!existsSync(BINARY)) throw new Error(`${BINARY} is not there: make build`);
    const data = await mkdtemp(join(tmpdir(), 'sallyport-browser-'));
    const proxy = createServer();
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    const url = `http://localhost:${(proxy.address() as AddressInfo).port}`;
    const servers: ChildProcess[] = [];
    const ports: number[] = [];
    for (const some of settings.length ? settings : [{}]) {
      const port = await freePort();
      servers.push(serve(data, url, port, await freePort(), some));
      await until(async () => (await fetch(`http://127.0.0.1:${port}/livez`)).ok);
      ports.push(port);
    }
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: ['--no-sandbox'],
      timeout: PATIENCE,
    });
    const site = new Site(url, browser, servers, proxy, data);
    proxy.on('request', (asked, answer) => {
      const chunks: Buffer[] = [];
      asked.on('data', (chunk: Buffer) => chunks.push(chunk));
      asked.on('end', () => {
        const path = asked.url ?? '/';
        if (path.startsWith('/app/')) return site.serve(path, asked.headers.authorization, answer);
        const head = { method: asked.method ?? 'GET', path, headers: asked.headers };
        return site.forward(ports, head, Buffer.concat(chunks), answer);
      });
    });
    return site;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    for (const server of this.servers) {
      const ended = new Promise((done) => server.once('exit', done));
      server.kill('SIGTERM');
      await ended;
    }
    this.proxy.closeAllConnections();
    this.proxy.close();
    await rm(this.data, { recursive: true, force: true });
  }

  /** Forgets what was counted and planned. */
  reset(): void {
    Object.assign(this.refreshes, { count: 0, most: 0, codes: [], newest: newest() });
    Object.assign(this.api, { count: 0, status: 200, authorization: '' });
    this.fate = () => ({});
  }

  /** A browser of its own: nothing is shared with another. */
  async visitor(): Promise<BrowserContext> {
    const context = await this.browser.newContext();
    context.setDefaultTimeout(PATIENCE);
    return context;
  }

  /** Opens a tab with the app, which knows of the server. */
  async tab(context: BrowserContext, config: 'memory' | 'local' = 'memory'): Promise<Page> {
    const page = await context.newPage();
    await this.open(page, config);
    return page;
  }

  /** Opens the app in a tab, anew. */
  async open(page: Page, config: 'memory' | 'local' = 'memory'): Promise<void> {
    await page.goto(`${this.url}/app/`);
    await page.waitForFunction(() => globalThis.begin !== undefined);
    await page.evaluate((kept) => begin(kept === 'local' ? { storage: localStorage } : {}), config);
  }

  /** Makes an account, and answers its address. */
  async member(): Promise<string> {
    const email = `ada.${crypto.randomUUID().slice(0, 8)}@people.example`;
    await this.post('/auth/sign_up', { email, password: PASSWORD });
    await this.post('/auth/verify-email', { token: await this.mailed(email), password: PASSWORD });
    return email;
  }

  /** The token of the newest link that was mailed to somebody. */
  async mailed(email: string): Promise<string> {
    let link: string | undefined;
    await until(async () => {
      const mails = (await (await fetch(`${this.url}/dev/mailbox.json?to=${encodeURIComponent(email)}`)).json()) as {
        links: string[];
      }[];
      link = mails[0]?.links.find((one) => one.includes('token='));
      return link !== undefined;
    });
    return new URL(link ?? '').searchParams.get('token') ?? '';
  }

  async post(path: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  }

  private async serve(path: string, authorization: string | undefined, answer: ServerResponse): Promise<void> {
    if (path.startsWith('/app/api')) {
      this.api.count++;
      this.api.authorization = authorization ?? '';
      const asks = path.endsWith('step-up') ? ', error="insufficient_user_authentication"' : '';
      answer.writeHead(this.api.status, { 'www-authenticate': `Bearer realm="app"${asks}` }).end('{}');
    } else if (path === '/app/sallyport.min.js') {
      answer
        .writeHead(200, { 'content-type': 'text/javascript' })
        .end(await readFile(join(HERE, 'dist/sallyport.min.js')));
    } else {
      answer.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    }
  }

  private async forward(ports: number[], head: RequestOptions, body: Buffer, answer: ServerResponse): Promise<void> {
    const refresh = head.path === '/auth/refresh' && head.method === 'POST';
    const { refreshes } = this;
    const fate = refresh ? this.fate() : {};
    if (refresh) {
      refreshes.count++;
      refreshes.under++;
      refreshes.most = Math.max(refreshes.most, refreshes.under);
      answer.on('close', () => refreshes.under--);
    }
    if (fate.answer) {
      const { status, headers, body: problem } = fate.answer;
      answer.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(JSON.stringify(problem));
      return;
    }
    const port = ports[fate.second ? 1 : 0];
    const headers = { ...head.headers, host: `localhost:${port}` };
    const sent = request({ host: '127.0.0.1', port, timeout: PATIENCE, ...head, headers }, (got) => {
      const chunks: Buffer[] = [];
      got.on('data', (chunk: Buffer) => chunks.push(chunk));
      got.on('end', async () => {
        const text = Buffer.concat(chunks);
        if (refresh && got.statusCode !== 200) refreshes.codes.push(JSON.parse(text.toString()).code);
        await fate.hold?.();
        if (answer.destroyed) return answer; // it took too long for the browser
        if (fate.lose) return answer.destroy();
        if (refresh && got.statusCode === 200) this.note(JSON.parse(text.toString()));
        return answer.writeHead(got.statusCode ?? 502, got.headers).end(text);
      });
    });
    sent.on('error', () => answer.destroy());
    sent.end(body);
  }

  private note(said: { refresh_generation: number; access_token: string }): void {
    const { newest } = this.refreshes;
    if (said.refresh_generation > newest.generation) {
      Object.assign(newest, { generation: said.refresh_generation, tokens: [] });
    }
    if (said.refresh_generation === newest.generation) newest.tokens.push(said.access_token);
  }
}

/** Starts a server. */
function serve(data: string, url: string, port: number, ops: number, settings: Record<string, string>): ChildProcess {
  return spawn(BINARY, ['serve', '--data-dir', data], {
    env: {
      PATH: process.env.PATH,
      SALLYPORT_PUBLIC_URL: url,
      SALLYPORT_LISTEN: `127.0.0.1:${port}`,
      SALLYPORT_OPS_LISTEN: `127.0.0.1:${ops}`,
      SALLYPORT_RATE_LIMITS: 'off',
      SALLYPORT_LOG_LEVEL: 'error',
      ...settings,
    },
    stdio: 'ignore',
  });
}

/** The highest generation of all answers that arrived, and the access tokens of that. */
function newest() {
  return { generation: 0, tokens: [] as string[] };
}

/** Waits for a condition. What throws meanwhile does not hold yet. */
export async function until(condition: () => Promise<boolean> | boolean, patience = PATIENCE): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    if (await Promise.resolve(condition()).catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`it did not come about in ${patience} ms`);
}

function findChromium(): string {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      if (existsSync(join(folder, name))) return join(folder, name);
    }
  }
  throw new Error('there is no chromium: apt-get install chromium');
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const listener = createNetServer();
    listener.once('error', fail);
    listener.listen(0, '127.0.0.1', () => {
      const { port } = listener.address() as AddressInfo;
      listener.close(() => done(port));
    });
  });
}

/** The code of a base32 key at this moment (RFC 6238). */
export function totp(key: string): string {
  const bits = [...key].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', secret).update(step).digest();
  return String((mac.readUInt32BE((mac[19] ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

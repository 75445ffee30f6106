import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import * as onExpress from '../src/express.js';
import * as onFastify from '../src/fastify.js';
import * as onHono from '../src/hono.js';
import { type Guard, role } from '../src/index.js';
import * as onNext from '../src/next.js';
import type { TestIssuer } from '../src/testing.js';
import { world } from './world.js';

let guard: Guard;
let issuer: TestIssuer;
const closers: (() => unknown)[] = [];
before(async () => {
  ({ guard, issuer } = await world());
});
after(async () => {
  for (const close of closers) await close();
});

type Send = (headers: [string, string][]) => Promise<{ status: number; headers: Headers; body: string }>;

/** Sends over a socket, because `fetch` cannot send a field twice. */
function over(port: number): Send {
  return (fields) =>
    new Promise((resolve, reject) => {
      const headers = fields.flat();
      const sent = request(
        { host: '127.0.0.1', port, path: '/orders', headers: ['host', 'x', ...headers], timeout: 5_000 },
        (answer) => {
          let body = '';
          answer.setEncoding('utf8').on('data', (piece: string) => {
            body += piece;
          });
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: new Headers(answer.headers as Record<string, string>),
              body,
            }),
          );
        },
      );
      sent.on('error', reject).end();
    });
}

function listen(handler: Parameters<typeof createServer>[1]): Promise<number> {
  const server = createServer(handler as never);
  closers.push(() => server.close());
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

const through =
  (answer: (request: Request) => Response | Promise<Response>): Send =>
  async (fields) => {
    const response = await answer(new Request('http://localhost/orders', { headers: fields }));
    return { status: response.status, headers: response.headers, body: await response.text() };
  };

const adapters: Record<string, () => Promise<Send>> = {
  Express: async () => {
    const app = express();
    app.get('/orders', onExpress.protect(guard, role('staff')), (req, res) => {
      res.json({ for: onExpress.userOf(req).id });
    });
    return over(await listen(app));
  },
  Fastify: async () => {
    const app = fastify();
    app.get('/orders', { onRequest: onFastify.protect(guard, role('staff')) }, async (req) => ({
      for: onFastify.userOf(req).id,
    }));
    closers.push(() => app.close());
    await app.listen({ port: 0, host: '127.0.0.1' });
    return over((app.server.address() as AddressInfo).port);
  },
  Hono: async () => {
    const app = new Hono();
    app.get('/orders', onHono.protect(guard, role('staff')), (c) => c.json({ for: onHono.userOf(c).id }));
    return through((req) => app.fetch(req));
  },
  Next: async () => {
    const GET = onNext.protect(
      async () => guard,
      role('staff'),
    )((req: Request, _context: object) => Response.json({ for: onNext.userOf(req).id }));
    return through((req) => GET(req, {}));
  },
};

for (const [name, make] of Object.entries(adapters)) {
  describe(name, () => {
    let send: Send;
    before(async () => {
      send = await make();
    });

    test('lets through what counts, and says who it is', async () => {
      const sub = crypto.randomUUID();
      const token = await issuer.token({ sub, roles: ['staff'] });
      const answer = await send([['authorization', `Bearer ${token}`]]);
      assert.deepEqual([answer.status, JSON.parse(answer.body)], [200, { for: sub }]);
    });

    test('answers the refusal', async () => {
      for (const [fields, status, code, asks] of [
        [[], 401, 'token_required', 'Bearer realm="sallyport"'],
        [[['authorization', 'Bearer x']], 401, 'invalid_token', 'Bearer realm="sallyport", error="invalid_token"'],
        [[['authorization', `Bearer ${await issuer.token()}`]], 403, 'forbidden', null],
        [
          [
            ['authorization', 'Bearer x'],
            ['authorization', 'Bearer y'],
          ],
          400,
          'malformed_request',
          'Bearer realm="sallyport", error="invalid_request"',
        ],
      ] as [[string, string][], number, string, string | null][]) {
        const answer = await send(fields);
        const problem = JSON.parse(answer.body);
        assert.deepEqual([answer.status, problem.status, problem.code], [status, status, code]);
        assert.equal(answer.headers.get('www-authenticate'), asks);
        assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
        assert.equal(answer.headers.get('cache-control'), 'no-store');
      }
    });
  });
}

test('who a request is from is known only of those that came through', async () => {
  assert.throws(() => onExpress.identityOf({}));
  assert.throws(() => onNext.userOf(new Request('http://localhost/')));
});

test('an error that is no refusal is the framework’s', async () => {
  const app = express();
  app.get(
    '/orders',
    onExpress.protect(() => Promise.reject(new Error('broken'))),
    (_req, res) => {
      res.end('through');
    },
  );
  app.use(((_error, _req, res, _next) => res.status(500).end('caught')) as express.ErrorRequestHandler);
  assert.deepEqual((await over(await listen(app))([])).body, 'caught');
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseClaims } from '../src/claims.js';
import { type Clock, systemClock } from '../src/clock.js';
import { Follower } from '../src/follower.js';
import { Server } from '../src/http.js';
import { FormError } from '../src/json.js';
import { ACCESS_TOKEN, parse, verify } from '../src/jws.js';
import { Keys } from '../src/keys.js';
import { Revocations } from '../src/revocations.js';

/** What the server and every client judge alike. The tests are run from the package's folder. */
const vectors = JSON.parse(readFileSync('../../testdata/vectors.json', 'utf8')) as {
  now: number;
  issuer: string;
  audience: string;
  client_id: string;
  jwks: object;
  tokens: { name: string; why: string; verdict: string; kind?: string; token: string }[];
  pages: {
    name: string;
    why: string;
    request: { history?: string; after: number; mark?: string; until?: number; nonce: string };
    page: string;
    verdict: string;
    number: number;
    current: boolean;
    entries: number;
  }[];
};

const clock: Clock = { ...systemClock, wall: () => vectors.now * 1000 };

async function keysOf(page: string): Promise<{ server: Server; keys: Keys }> {
  const answer = async (url: string) => new Response(url.includes('jwks') ? JSON.stringify(vectors.jwks) : page);
  const server = new Server(vectors.issuer, answer, 'Basic x');
  const keys = new Keys(server, clock);
  await keys.refresh();
  return { server, keys };
}

test('tokens are judged as everywhere', async (t) => {
  assert.ok(vectors.tokens.length >= 100);
  const { keys } = await keysOf('');
  for (const { name, why, verdict, kind = '', token } of vectors.tokens) {
    await t.test(`${name}: ${why}`, async () => {
      let said = { verdict: 'refuse', kind: '' };
      try {
        const message = parse(token, ACCESS_TOKEN);
        const key = keys.get(message.keyID);
        if (!key) throw new FormError('a key that is not known');
        await verify(message, key);
        const who = parseClaims(message.payload, vectors.issuer, [vectors.audience], vectors.now);
        if (vectors.now < who.expiresAt) said = { verdict: 'accept', kind: who.kind };
      } catch (error) {
        if (!(error instanceof FormError)) throw error;
      }
      assert.deepEqual(said, { verdict, kind });
    });
  }
});

test('pages of the feed are judged as everywhere', async (t) => {
  assert.ok(vectors.pages.length >= 40);
  for (const { name, why, request, page, ...want } of vectors.pages) {
    await t.test(`${name}: ${why}`, async () => {
      const { server, keys } = await keysOf(page);
      const revocations = new Revocations(100_000);
      const follower = new Follower({
        server,
        keys,
        revocations,
        clock,
        issuer: vectors.issuer,
        clientId: vectors.client_id,
        maxStaleness: 5_000,
        onLook: () => undefined,
        nonce: () => request.nonce,
      });
      const { history, after: number, mark, until: expiresAt = 0 } = request;
      const inside = follower as unknown as { place: object; turn(wait: number): Promise<string> };
      if (history) inside.place = { history, number, mark: mark || undefined, expiresAt };
      let verdict = 'accept';
      let look = '';
      try {
        look = await inside.turn(0);
        if (look === 'again') verdict = 'begin_again';
      } catch (error) {
        if (!(error instanceof FormError)) throw error;
        verdict = 'refuse';
      }
      const said = {
        verdict,
        number: follower.position?.number ?? 0,
        current: look === 'head' && revocations.complete,
        entries: revocations.size,
      };
      assert.deepEqual(said, want);
    });
  }
});

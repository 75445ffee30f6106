import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportJWK, generateKeyPair } from 'jose';
import { parseSet } from '../src/keys.js';
import { outcome, refusal, stale, type World, world } from './world.js';

const keyReads = (w: World) => w.issuer.requests.filter((path) => path.includes('jwks')).length;

test('a new key is read when a token names it, at most every 10 s', async () => {
  const w = await world();
  await w.issuer.rotateKey();
  const token = await w.issuer.token();
  assert.equal(await outcome(w.guard.verify(token)), 'invalid_token', 'the start was less than 10 s ago');
  assert.equal(keyReads(w), 1);
  w.clock.advance(10_001);
  const forged = [...Array(20)].map(async () =>
    outcome(w.guard.verify(await w.issuer.sign({}, { kid: crypto.randomUUID() }))),
  );
  await Promise.all([...forged, outcome(w.guard.verify(token))]);
  assert.equal(await outcome(w.guard.verify(token)), 'pass');
  assert.equal(keyReads(w), 2);
});

test('a key that is gone goes with the tokens that it signed', async () => {
  const w = await world();
  const token = await w.issuer.token();
  assert.equal(await outcome(w.guard.verify(token)), 'pass');
  await w.issuer.rotateKey(true);
  w.clock.advance(300_001);
  assert.equal(await outcome(w.guard.verify(token)), 'invalid_token');
  assert.equal(await outcome(w.guard.verify(await w.issuer.token())), 'pass');
});

test('a key that stays keeps what it signed in the cache', async () => {
  const w = await world();
  const token = await w.issuer.token();
  await w.guard.verify(token);
  await w.issuer.rotateKey();
  w.clock.advance(300_001);
  assert.equal(await outcome(w.guard.verify(token)), 'pass');
  assert.equal(w.guard.counters.cached, 1);
});

test('while keys cannot be read, a key that is not known is no fault of the token', async () => {
  const w = await world({ whenNotCurrent: 'allow' });
  const old = await w.issuer.token();
  await w.issuer.rotateKey();
  const token = await w.issuer.token();
  w.issuer.intercept = (path, answer) => (path.includes('jwks') ? new Response('', { status: 502 }) : answer);
  w.clock.advance(10_001);
  const refused = await refusal(w.guard.verify(token));
  assert.deepEqual([refused?.status, refused?.code], [503, 'not_current']);
  assert.equal(await outcome(w.guard.verify(token)), 'not_current', 'without asking again');
  assert.equal(await outcome(w.guard.verify(old)), 'pass');
  assert.equal(keyReads(w), 2);
  w.issuer.intercept = undefined;
  w.clock.advance(10_001);
  assert.equal(await outcome(w.guard.verify(token)), 'pass');
  assert.equal(await outcome(w.guard.verify(await w.issuer.sign({}, { kid: 'other' }))), 'invalid_token');
});

test('keys that are merely due are waited for by nobody', async () => {
  const w = await world();
  const token = await w.issuer.token();
  assert.equal(await outcome(w.guard.verify(token)), 'pass');
  w.issuer.intercept = (path, answer) => (path.includes('jwks') ? new Promise(() => undefined) : answer);
  w.clock.advance(300_001);
  const late = new Promise((resolve) => setTimeout(resolve, 2_000, 'it waits'));
  assert.equal(await Promise.race([outcome(w.guard.verify(token)), late]), 'pass', 'the feed is old, too');
  assert.equal(await Promise.race([outcome(w.guard.verify(token)), late]), 'pass', 'the feed is current');
  assert.equal(keyReads(w), 2);
  // The reading that never ended is given up, and the next one counts.
  w.issuer.intercept = undefined;
  await w.issuer.rotateKey(true);
  stale(w);
  stale(w);
  assert.equal(await Promise.race([outcome(w.guard.verify(await w.issuer.token())), late]), 'pass');
  assert.equal(await outcome(w.guard.verify(token)), 'invalid_token');
  assert.equal(keyReads(w), 3);
});

test('an outage lets keys stand, for a day', async () => {
  const w = await world({ whenNotCurrent: 'allow' });
  const token = await w.issuer.token({ exp: Math.floor(Date.now() / 1000) + 200_000 });
  for (const answer of ['', '{}', '{"keys":{}}', '<html>']) {
    w.issuer.intercept = (path, real) =>
      path.includes('jwks') ? new Response(answer, { status: answer ? 200 : 502 }) : real;
    w.clock.advance(3_600_000);
    assert.equal(await outcome(w.guard.verify(token)), 'pass');
  }
  w.clock.advance(21 * 3_600_000);
  assert.equal(await outcome(w.guard.verify(token)), 'not_current');
  w.issuer.intercept = undefined;
  stale(w);
  w.clock.advance(10_001);
  assert.equal(await outcome(w.guard.verify(token)), 'pass');
});

test('keys that are unfit are left out, and a kid that stands twice makes the set unfit', async () => {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const good = { ...(await exportJWK(publicKey)), kid: 'a', alg: 'ES256', use: 'sig' };
  const rsa = await exportJWK((await generateKeyPair('RS256', { extractable: true })).publicKey);
  const read = async (...keys: object[]) => [...(await parseSet(Buffer.from(JSON.stringify({ keys })))).keys()];
  assert.deepEqual(await read(good, { ...rsa, kid: 'r', alg: 'RS256' }), ['a', 'r']);
  for (const [why, key] of Object.entries<object>({
    'no kid': { ...good, kid: undefined },
    'no alg': { ...good, alg: undefined },
    'another use': { ...good, use: 'enc' },
    'operations without verifying': { ...good, key_ops: ['sign'] },
    'a private key': { ...(await exportJWK(privateKey)), kid: 'a', alg: 'ES256' },
    'a shared key': { kty: 'oct', k: 'AAAA', kid: 'a', alg: 'HS256' },
    'another algorithm': { ...good, alg: 'ES384' },
    'a point off the curve': { ...good, y: good.x },
    'a short coordinate': { ...good, x: 'AAAA' },
    'a coordinate in another spelling': { ...good, x: `${good.x}=` },
    'a small exponent': { ...rsa, kid: 'r', alg: 'RS256', e: 'Aw' },
    'a small modulus': { ...rsa, kid: 'r', alg: 'RS256', n: 'w'.repeat(100) },
  })) {
    assert.deepEqual(await read(key), [], why);
  }
  await assert.rejects(read(good, good));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Guard, lazily, ServerError } from '../src/index.js';
import { TestIssuer } from '../src/testing.js';
import { outcome } from './world.js';

/** Waits for a condition, 10 s at most. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 10_000; performance.now() < end; ) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.fail('it did not come about in 10 s');
}

test('a logout counts at once, and a watch ends', async (t) => {
  const issuer = await TestIssuer.create();
  const guard = await Guard.start(issuer.config());
  t.after(() => guard.close());
  const [token, other] = [await issuer.token(), await issuer.token()];
  const [watch, bystander] = [guard.watch(await guard.verify(token)), guard.watch(await guard.verify(other))];
  const began = performance.now();
  const number = issuer.revoke(token);
  await until(async () => (await outcome(guard.verify(token))) === 'invalid_token');
  const took = performance.now() - began;
  assert.ok(took < 1000, `${took} ms`);
  t.diagnostic(`a logout counted after ${took.toFixed(0)} ms`);
  assert.equal(guard.position?.number, number);
  await until(() => watch.aborted);
  assert.equal(bystander.aborted, false);
  assert.equal(guard.watch({ ...(await guard.verify(other)), expiresAt: 1 }).aborted, true);
});

test('there is never more than one request for the feed under way, and it stays current', async (t) => {
  const issuer = await TestIssuer.create();
  let [under, most] = [0, 0];
  const fetch = async (url: string, init?: RequestInit) => {
    if (!url.includes('/revocations')) return issuer.fetch(url, init);
    most = Math.max(most, ++under);
    try {
      return await issuer.fetch(url, init);
    } finally {
      under--;
    }
  };
  const guard = await Guard.start(issuer.config({ fetch, maxStaleness: 0.4 }));
  t.after(() => guard.close());
  const token = await issuer.token();
  for (const end = performance.now() + 1_500; performance.now() < end; ) {
    assert.equal(await outcome(guard.verify(token)), 'pass');
    issuer.revokeEntry('sid', crypto.randomUUID());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(most, 1);
  const waits = issuer.requests.map((path) => new URLSearchParams(path.split('?')[1]).get('wait'));
  assert.ok(waits.includes('0.1'), `${waits}`);
});

test('an outage makes it refuse and recover by itself', async (t) => {
  const issuer = await TestIssuer.create();
  const guard = await Guard.start(issuer.config({ maxStaleness: 0.4 }));
  t.after(() => guard.close());
  const token = await issuer.token();
  issuer.goDown();
  await until(async () => (await outcome(guard.verify(token))) === 'not_current');
  const asked = issuer.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  assert.ok(issuer.requests.length - asked <= 12, `${issuer.requests.length - asked} requests in a second`);
  issuer.comeUp();
  await until(async () => (await outcome(guard.verify(token))) === 'pass');
});

test('a request that gets no answer is given up', async (t) => {
  const issuer = await TestIssuer.create();
  let deaf = false;
  const fetch = (url: string, init?: RequestInit): Promise<Response> => {
    if (!deaf) return issuer.fetch(url, init);
    return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
  };
  const guard = await Guard.start(issuer.config({ fetch, maxStaleness: 0.4 }));
  t.after(() => guard.close());
  const token = await issuer.token();
  deaf = true;
  await until(async () => (await outcome(guard.verify(token))) === 'not_current');
  deaf = false;
  await until(async () => (await outcome(guard.verify(token))) === 'pass');
});

test('a start says what is wrong', async () => {
  const issuer = await TestIssuer.create();
  await assert.rejects(Guard.start(issuer.config({ clientSecret: 'wrong' })), (error) => {
    assert.ok(error instanceof ServerError);
    assert.equal(error.message, '/revocations: 401 invalid_client');
    return true;
  });
  await assert.rejects(Guard.start(issuer.config({ issuer: 'auth.test' })), TypeError);
  await assert.rejects(Guard.start(issuer.config({ audience: [] })), TypeError);
  await assert.rejects(Guard.start(issuer.config({ maxStaleness: 0.1 })), TypeError);
  issuer.intercept = (path, answer) => (path.includes('jwks') ? Response.json({ keys: [] }) : answer);
  await assert.rejects(Guard.start(issuer.config({ startTimeout: 0.5 })), /publishes no key/);
  issuer.goDown();
  const began = performance.now();
  await assert.rejects(Guard.start(issuer.config({ startTimeout: 0.5 })), /no answer/);
  assert.ok(performance.now() - began < 2_000);
});

test('a server is asked by https alone, or on this machine', async () => {
  const issuer = await TestIssuer.create();
  for (const url of [
    'http://auth.test',
    'http://10.0.0.7:8080',
    'http://localhost.evil.test',
    'http://127.0.0.1.evil.test',
    'http://[::2]',
    'ftp://auth.test',
    'https://ada:secret@auth.test',
    'https://auth.test/?',
    'https://auth.test/#',
    'auth.test',
    '',
  ]) {
    await assert.rejects(Guard.start(issuer.config({ issuer: url })), TypeError, `issuer ${url}`);
    await assert.rejects(Guard.start(issuer.config({ url })), TypeError, `url ${url}`);
  }
  assert.deepEqual(issuer.requests, [], 'nothing was sent');
  for (const url of ['https://10.0.0.7', 'http://localhost:8080/', 'http://127.0.0.2', 'http://[::1]:8080']) {
    (await Guard.start(issuer.config({ url, follow: 'request' }))).close();
  }
  // An issuer that nobody asks may be any name.
  const inside = await TestIssuer.create({ issuer: 'http://auth.test' });
  (await Guard.start(inside.config({ url: 'https://10.0.0.7', follow: 'request' }))).close();
});

test('lazily: a start that fails is tried again, and meanwhile the answer is 503', async (t) => {
  const issuer = await TestIssuer.create();
  const guard = lazily(issuer.config({ startTimeout: 0.1 }));
  assert.equal(issuer.requests.length, 0);
  issuer.goDown();
  assert.equal(await outcome(guard()), 'not_current');
  issuer.comeUp();
  const [one, two] = await Promise.all([guard(), guard()]);
  t.after(() => one.close());
  assert.equal(one, two);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cache, fingerprint, type Verified, webFingerprint } from '../src/cache.js';

test('both ways of hashing say the same', async () => {
  assert.equal(await fingerprint('token'), await webFingerprint('token'));
  assert.equal(await webFingerprint('token'), 'PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A');
});

test('what was seen longest ago goes first', () => {
  const cache = new Cache(2);
  const [a, b, c] = [{}, {}, {}] as Verified[];
  assert.ok(a && b && c);
  cache.put('a', a);
  cache.put('b', b);
  assert.equal(cache.get('a'), a);
  cache.put('c', c);
  assert.deepEqual([cache.get('a'), cache.get('b'), cache.get('c')], [a, undefined, c]);
});

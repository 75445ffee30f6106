import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { decode, encode } from '../src/base64url.js';
import type { Identity, User } from '../src/index.js';
import { outcome, refusal, type World, world } from './world.js';

let w: World;
before(async () => {
  w = await world();
});

const now = () => Math.floor(w.clock.wall() / 1000);

test('a token of a user says who it is', async () => {
  const token = await w.issuer.token({
    roles: ['staff'],
    scope: 'read write',
    acr: 'aal2',
    amr: ['pwd', 'mfa'],
    plan: 'pro',
  });
  const who = (await w.guard.verify(token)) as User;
  assert.equal(who.kind, 'user');
  assert.deepEqual([who.roles, who.scopes, who.acr, who.amr], [['staff'], ['read', 'write'], 'aal2', ['pwd', 'mfa']]);
  assert.equal(who.claims.plan, 'pro');
  assert.equal(who.claims.sub, who.id);
});

for (const algorithm of ['ES256', 'EdDSA', 'RS256'] as const) {
  test(`${algorithm} counts`, async () => {
    const { guard, issuer } = await world({}, { algorithm });
    assert.equal(await outcome(guard.verify(await issuer.token())), 'pass');
    const token = await issuer.token();
    const [head = '', body = '', sig = ''] = token.split('.');
    const broken = decode(sig);
    broken[9] = (broken[9] ?? 0) ^ 1;
    assert.equal(await outcome(guard.verify(`${head}.${body}.${encode(broken)}`)), 'invalid_token');
  });
}

test('claims that do not fit are refused', async () => {
  const uuid = crypto.randomUUID();
  for (const [why, claims] of Object.entries<Record<string, unknown>>({
    'another issuer': { iss: 'https://auth.test/' },
    'no issuer': { iss: undefined },
    'another audience': { aud: 'https://other.test' },
    'a list without us': { aud: ['https://other.test'] },
    'a list with an empty one': { aud: ['https://api.test', ''] },
    'an audience that is none': { aud: { a: 1 } },
    expired: { iat: now() - 900, exp: now() - 1 },
    'expired in this second': { iat: now() - 900, exp: now() },
    'no expiry': { exp: undefined },
    'an expiry that is text': { exp: `${now() + 900}` },
    'an expiry with a fraction': { exp: now() + 900.5 },
    'an expiry before its issue': { iat: now() + 30, exp: now() + 20 },
    'issued in two minutes': { iat: now() + 120, exp: now() + 900 },
    'not before two minutes': { nbf: now() + 120 },
    'an nbf that is text': { nbf: 'now' },
    'bound to a key': { cnf: { jkt: 'x' } },
    'no jti': { jti: undefined },
    'a jti in upper case': { jti: uuid.toUpperCase() },
    'a sub that is no UUID': { sub: 'ada' },
    'no sid, but a user': { sid: undefined },
    'no epoch': { uep: undefined },
    'a negative epoch': { uep: -1 },
    'no auth_time': { auth_time: undefined },
    'an auth_time of 0': { auth_time: 0 },
    'no amr': { amr: undefined },
    'an amr that is text': { amr: 'pwd' },
    'a role that is a number': { roles: [1] },
    'roles as text': { roles: 'admin' },
    'roles as null': { roles: null },
    'a scope that is empty': { scope: '' },
    'an acr that is a list': { acr: ['aal2'] },
    'no client': { client_id: undefined },
  })) {
    assert.equal(await outcome(w.guard.verify(await w.issuer.token(claims))), 'invalid_token', why);
  }
  for (const claims of [
    { aud: ['x', 'https://api.test'] },
    { iat: now() + 50 },
    { nbf: now() + 50 },
    { unknown: [{}] },
  ]) {
    assert.equal(await outcome(w.guard.verify(await w.issuer.token(claims))), 'pass', JSON.stringify(claims));
  }
});

test('headers but the one are refused', async () => {
  const payload = JSON.parse(Buffer.from((await w.issuer.token()).split('.')[1] ?? '', 'base64url').toString());
  for (const header of [
    { typ: 'JWT' },
    { typ: 'AT+JWT' },
    { typ: 'application/at+jwt' },
    { typ: undefined },
    { typ: 'revocations+jwt' },
    { alg: 'none' },
    { alg: 'HS256' },
    { alg: 'ES384' },
    { alg: 'EdDSA' },
    { kid: undefined },
    { kid: '' },
    { kid: 'other' },
    { crit: ['exp'], exp: 1 },
    { b64: true, crit: ['b64'] },
    { jwk: {} },
    { jku: 'https://evil.test/' },
    { x5c: [] },
    { cty: 'JWT' },
  ]) {
    assert.equal(
      await outcome(w.guard.verify(await w.issuer.sign(payload, header))),
      'invalid_token',
      JSON.stringify(header),
    );
  }
  assert.equal(await outcome(w.guard.verify(await w.issuer.sign(payload))), 'pass');
});

test('a token has one spelling', async () => {
  const token = await w.issuer.token();
  const [head = '', body = '', sig = ''] = token.split('.');
  const last = (text: string, by: number) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    return text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) ^ by);
  };
  for (const [why, altered] of Object.entries({
    'padding of the signature': `${token}==`,
    'unused bits of the signature': `${head}.${body}.${last(sig, 1)}`,
    'the other s': `${head}.${body}.${encode(otherS(decode(sig)))}`,
    'a signature in DER': `${head}.${body}.${encode(Uint8Array.of(0x30, 0x06, 2, 1, 1, 2, 1, 1))}`,
    'no signature': `${head}.${body}.`,
    'four segments': `${token}.AAAA`,
    'two segments': `${head}.${body}`,
    'a line end': `${token}\n`,
    'space before': ` ${token}`,
    'the standard alphabet': token.replaceAll('-', '+').replaceAll('_', '/') + (/[-_]/.test(token) ? '' : '+'),
    nothing: '',
    'too much': 'A'.repeat(8193),
    'JSON serialization': JSON.stringify({ protected: head, payload: body, signature: sig }),
  })) {
    assert.equal(await outcome(w.guard.verify(altered)), 'invalid_token', why);
  }
  assert.equal(await outcome(w.guard.verify(token)), 'pass');
});

function otherS(sig: Uint8Array): Uint8Array {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const s = BigInt(`0x${Buffer.from(sig.subarray(32)).toString('hex')}`);
  return new Uint8Array([...sig.subarray(0, 32), ...Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex')]);
}

test('members that come twice are refused under a good signature', async () => {
  const { issuer, guard } = w;
  const payload = JSON.parse(Buffer.from((await issuer.token()).split('.')[1] ?? '', 'base64url').toString());
  // What is signed is any text: an object that writes itself.
  const twice = { toJSON: () => ({ ...payload, marker: 'M' }) };
  const token = await issuer.sign(twice);
  assert.equal(await outcome(guard.verify(token)), 'pass');
  const raw = JSON.stringify(payload);
  const doubled = `${raw.slice(0, -1)},"sub":"${crypto.randomUUID()}"}`;
  const original = JSON.stringify;
  JSON.stringify = ((value: unknown, ...rest: []) =>
    value === payload ? doubled : original(value, ...rest)) as typeof JSON.stringify;
  try {
    assert.equal(await outcome(guard.verify(await issuer.sign(payload))), 'invalid_token');
  } finally {
    JSON.stringify = original;
  }
});

test('a client is a client and never a user', async () => {
  const { issuer, guard } = w;
  const who: Identity = await guard.verify(await issuer.clientToken('reports', { scope: 'read' }), [
    { check: () => undefined, clients: true },
  ]);
  assert.equal(who.kind, 'client');
  assert.equal(who.id, 'reports');
  for (const claims of [{ sub: 'other' }, { sub: crypto.randomUUID() }, { auth_time: 5 }, { amr: ['pwd'] }]) {
    const token = await issuer.clientToken('reports', claims);
    assert.equal(await outcome(guard.verify(token)), 'invalid_token', JSON.stringify(claims));
  }
});

test('a refusal says nothing of the token', async () => {
  const token = await w.issuer.token({ aud: 'https://other.test' });
  const refused = await refusal(w.guard.verify(token));
  assert.ok(refused);
  const said = [
    refused.message,
    refused.why,
    JSON.stringify(refused.problem),
    JSON.stringify(refused.headers),
    refused.stack,
  ];
  for (const piece of [...token.split('.'), 'other.test']) assert.ok(!said.join(' ').includes(piece));
});

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { anyRole, audience, type Requirement, recent, role, scope, secondFactor } from '../src/index.js';
import { refusal, type World, world } from './world.js';

let w: World;
before(async () => {
  w = await world();
});

const now = () => Math.floor(Date.now() / 1000);

async function said(claims: Record<string, unknown>, ...requirements: Requirement[]) {
  const refused = await refusal(w.guard.verify(await w.issuer.token(claims), requirements));
  return refused ? { status: refused.status, code: refused.code, asks: refused.headers['www-authenticate'] } : 'pass';
}

const forbidden = { status: 403, code: 'forbidden', asks: undefined };

test('roles', async () => {
  assert.equal(await said({ roles: ['staff'] }, role('staff')), 'pass');
  assert.deepEqual(await said({ roles: ['staff'] }, role('admin')), forbidden);
  assert.deepEqual(await said({}, role('admin')), forbidden);
  assert.equal(await said({ roles: ['b'] }, anyRole('a', 'b')), 'pass');
  assert.deepEqual(await said({ roles: ['c'] }, anyRole('a', 'b')), forbidden);
  assert.deepEqual(await said({ roles: ['a'] }, anyRole()), forbidden);
  assert.deepEqual(await said({ roles: ['staff'] }, role('staff'), role('admin')), forbidden);
});

test('scopes', async () => {
  assert.equal(await said({ scope: 'a b' }, scope('b')), 'pass');
  assert.deepEqual(await said({ scope: 'ab' }, scope('a')), {
    status: 403,
    code: 'insufficient_scope',
    asks: 'Bearer realm="sallyport", error="insufficient_scope", scope="a"',
  });
  assert.throws(() => scope('a"b'), TypeError);
});

test('a proof that is recent, and a second factor (RFC 9470)', async () => {
  assert.equal(await said({ auth_time: now() - 590 }, recent(600)), 'pass');
  assert.deepEqual(await said({ auth_time: now() - 610 }, recent(600)), {
    status: 401,
    code: 'insufficient_user_authentication',
    asks: 'Bearer realm="sallyport", error="insufficient_user_authentication", error_description="Sign in anew.", max_age="600"',
  });
  assert.equal(await said({ amr: ['pwd', 'otp', 'mfa'] }, secondFactor()), 'pass');
  assert.deepEqual(await said({ amr: ['pwd'] }, secondFactor()), {
    status: 401,
    code: 'insufficient_user_authentication',
    asks: 'Bearer realm="sallyport", error="insufficient_user_authentication", error_description="Sign in with a second factor.", acr_values="aal2"',
  });
});

test('an audience besides ours', async () => {
  assert.equal(await said({ aud: ['https://api.test', 'pay'] }, audience('pay')), 'pass');
  assert.deepEqual(await said({}, audience('pay')), {
    status: 401,
    code: 'invalid_token',
    asks: 'Bearer realm="sallyport", error="invalid_token"',
  });
});

test('clients pass only where a scope is asked for', async () => {
  const token = await w.issuer.clientToken('reports', { scope: 'read', roles: ['admin'] });
  const code = async (...requirements: Requirement[]) =>
    (await refusal(w.guard.verify(token, requirements)))?.code ?? 'pass';
  assert.equal(await code(), 'forbidden');
  assert.equal(await code(scope('read')), 'pass');
  assert.equal(await code(audience('https://api.test')), 'forbidden');
  assert.equal(await code(audience('https://api.test'), scope('read')), 'pass');
  assert.equal(await code(scope('read'), role('admin')), 'forbidden');
  assert.equal(await code(scope('read'), recent(60)), 'forbidden');
  assert.equal(await code(scope('read'), secondFactor()), 'forbidden');
});

test('what comes without a token', async () => {
  for (const header of [undefined, null, '', 'Basic YTpi', 'Bearer', 'Bearer ', 'Bearertoken']) {
    const refused = await refusal(w.guard.authenticate(header));
    assert.equal(refused?.code, 'token_required', `${header}`);
    assert.equal(refused?.headers['www-authenticate'], 'Bearer realm="sallyport"');
    assert.equal(refused?.headers['cache-control'], 'no-store');
  }
  assert.equal((await refusal(w.guard.authenticate('Bearer a, Bearer b')))?.code, 'malformed_request');
  const token = await w.issuer.token();
  assert.equal(await refusal(w.guard.authenticate(`bearer  ${token}`)), undefined);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, Site, totp, until } from './site.js';

let site: Site;
before(async () => {
  site = await Site.start();
});
after(() => site.stop());

const signIn = async ([email, password]: string[]) => {
  const got = await auth.signIn(email ?? '', password ?? '');
  globalThis.step = got;
  return got.status === 'signed_in' ? got.user.email : got.methods.join(' ');
};

test('sign up, confirm, use, sign out, sign in', async () => {
  const context = await site.visitor();
  const page = await site.tab(context);
  const email = `bob.${crypto.randomUUID().slice(0, 8)}@people.example`;
  const made = await page.evaluate(([e, p]) => auth.signUp(e ?? '', p ?? ''), [email, PASSWORD]);
  assert.equal(made.status, 'verification_sent');
  const unconfirmed = await page.evaluate(([e, p]) => failure(auth.signIn(e ?? '', p ?? '')), [email, PASSWORD]);
  assert.deepEqual(unconfirmed, { status: 403, code: 'email_not_verified' });
  const token = await site.mailed(email);
  const confirmed = await page.evaluate(
    ([t, password = '']) => auth.verifyEmail(t ?? '', { password }),
    [token, PASSWORD],
  );
  assert.equal(confirmed.status, 'signed_in');
  assert.equal(await page.evaluate(() => auth.user?.email), email);
  const me = await page.evaluate(async () => (await auth.fetch('/auth/me')).json());
  assert.equal(me.email, email);
  const refresh = await page.evaluate(async () => (await auth.fetch('/app/api')).status);
  assert.equal(refresh, 200);
  assert.match(site.api.authorization, /^Bearer ey/);

  await page.evaluate(() => auth.signOut());
  assert.equal(await page.evaluate(() => auth.user), undefined);
  assert.equal(await page.evaluate(() => auth.token()), undefined);
  assert.equal(await page.evaluate(async () => (await auth.fetch('/auth/me')).status), 401);
  const wrong = await page.evaluate((e) => failure(auth.signIn(e, 'wrong wrong wrong')), email);
  assert.deepEqual(wrong, { status: 401, code: 'invalid_credentials' });
  assert.equal(await page.evaluate(signIn, [email, PASSWORD]), email);
  assert.deepEqual(await page.evaluate(() => events), [`in ${email}`, 'out signed_out', `in ${email}`]);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.doesNotMatch(kept, /spr_|ey[A-Z]/, 'tokens stay in memory');
  await context.close();
});

test('a second factor: a wrong code, a right one, a recovery code', async () => {
  const email = await site.member();
  const context = await site.visitor();
  const page = await site.tab(context);
  await page.evaluate(signIn, [email, PASSWORD]);
  const { secret } = (await page.evaluate(() => auth.call('/auth/mfa/totp', {}, true))) as { secret: string };
  const { recovery_codes } = (await page.evaluate(
    (code) => auth.call('/auth/mfa/totp/confirm', { code }, true),
    totp(secret),
  )) as { recovery_codes: string[] };
  await page.evaluate(() => auth.signOut());
  assert.equal(await page.evaluate(signIn, [email, PASSWORD]), 'totp recovery_code');
  assert.equal(await page.evaluate(() => auth.user), undefined);
  const code = (how: 'totp' | 'recovery_code', text: string) =>
    page.evaluate(
      ([method, typed]) =>
        step.status === 'second_factor'
          ? step.code(method as 'totp', typed ?? '').then(
              (got) => got.status,
              (error) => error.code,
            )
          : '',
      [how, text],
    );
  assert.equal(await code('totp', '000000'), 'invalid_code');
  assert.equal(await code('recovery_code', recovery_codes[0] ?? ''), 'signed_in');
  assert.equal(await page.evaluate(() => auth.user?.email), email);
  await context.close();
});

test('passkeys: added, and signed in with, alone and after the password', async () => {
  const email = await site.member();
  const context = await site.visitor();
  const page = await site.tab(context);
  const devices = await context.newCDPSession(page);
  await devices.send('WebAuthn.enable', { enableUI: false });
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.evaluate(signIn, [email, PASSWORD]);
  const added = await page.evaluate(() => auth.addPasskey('phone'));
  assert.equal(added.name, 'phone');
  assert.equal((added.recovery_codes as string[]).length, 10);
  await page.evaluate(() => auth.signOut());
  assert.equal((await page.evaluate(() => auth.signInWithPasskey())).status, 'signed_in');
  assert.equal(await page.evaluate(() => auth.user?.email), email);
  await page.evaluate(() => auth.signOut());

  // Where the browser does not write credentials as JSON, we do.
  await page.evaluate(() => Reflect.deleteProperty(PublicKeyCredential.prototype, 'toJSON'));
  assert.match(await page.evaluate(signIn, [email, PASSWORD]), /passkey/);
  const second = await page.evaluate(async () =>
    step.status === 'second_factor' ? (await step.passkey()).status : '',
  );
  assert.equal(second, 'signed_in');
  const aal = await page.evaluate(async () => JSON.parse(atob(((await auth.token()) ?? '').split('.')[1] ?? '')).acr);
  assert.equal(aal, 'aal2');
  await context.close();
});

test('tabs share one sign-in, and its end', async () => {
  const email = await site.member();
  const context = await site.visitor();
  const [first, other] = [await site.tab(context), await site.tab(context)];
  await first.evaluate(signIn, [email, PASSWORD]);
  await until(() => other.evaluate((e) => auth.user?.email === e, email));
  const late = await site.tab(context);
  assert.equal(await late.evaluate(() => auth.user?.email), email, 'a new tab learns it from the others');
  await first.close();
  await site.open(late);
  assert.equal(await late.evaluate(() => auth.user?.email), email, 'a reload beside another tab');
  await other.evaluate(() => auth.signOut());
  await until(() => late.evaluate(() => events.includes('out signed_out')));
  assert.equal(await late.evaluate(() => auth.user), undefined);
  await context.close();
});

test('a reload alone signs out, unless a storage is chosen', async () => {
  const email = await site.member();
  for (const [kept, want] of [
    ['memory', undefined],
    ['local', email],
  ] as const) {
    const context = await site.visitor();
    const page = await site.tab(context, kept);
    await page.evaluate(signIn, [email, PASSWORD]);
    await site.open(page, kept);
    assert.equal(await page.evaluate(() => auth.user?.email), want, kept);
    if (want) {
      assert.equal(await page.evaluate(() => auth.refresh()), true);
      await page.evaluate(() => auth.signOut());
      await site.open(page, kept);
      assert.equal(await page.evaluate(() => auth.user), undefined);
    }
    await context.close();
  }
});

test('a session that is ended elsewhere says why', async () => {
  const email = await site.member();
  const [context, elsewhere] = [await site.visitor(), await site.visitor()];
  const [page, device] = [await site.tab(context), await site.tab(elsewhere)];
  await page.evaluate(signIn, [email, PASSWORD]);
  await device.evaluate(signIn, [email, PASSWORD]);
  await device.evaluate(() => auth.signOut(true));
  assert.equal(await page.evaluate(() => auth.refresh()), false);
  const said = await page.evaluate(() => events.at(-1));
  assert.match(said ?? '', /^out (?!undefined|session_ended)[a-z_]+$/);
  await context.close();
  await elsewhere.close();
});

test('a password that is changed in one tab keeps the others', async () => {
  const email = await site.member();
  const context = await site.visitor();
  const [page, other] = [await site.tab(context), await site.tab(context)];
  await page.evaluate(signIn, [email, PASSWORD]);
  await until(() => other.evaluate(() => auth.user !== undefined));
  const body = { current_password: PASSWORD, new_password: 'a fresh start 81' };
  await page.evaluate((b) => auth.call('/auth/change-password', b, true), body);
  assert.equal(await other.evaluate(async () => (await auth.fetch('/auth/me')).status), 200);
  assert.equal(await other.evaluate(() => auth.refresh()), true);
  assert.deepEqual(await other.evaluate(() => events), [`in ${email}`]);
  await context.close();
});

test('the token goes to the origins that are named, and no further', async () => {
  const email = await site.member();
  const context = await site.visitor();
  const page = await site.tab(context);
  await page.evaluate(signIn, [email, PASSWORD]);
  const said = await page.evaluate(() => auth.fetch('https://evil.example/').catch((error) => `${error}`));
  assert.equal(said, 'TypeError: https://evil.example gets no token: name it in origins');
  await context.close();
});

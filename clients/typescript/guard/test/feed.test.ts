import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Guard } from '../src/index.js';
import { TestIssuer } from '../src/testing.js';
import { FakeClock, outcome, stale, type World, world } from './world.js';

/** What a page says after somebody changed it, and what became of a token. */
async function look(w: World, token: string): Promise<string> {
  stale(w);
  return outcome(w.guard.verify(token));
}

test('a session, a user, a token and a client that were revoked are refused', async () => {
  const w = await world();
  const { issuer } = w;
  const sub = crypto.randomUUID();
  const [one, two, three, bystander] = [
    await issuer.token(),
    await issuer.token({ sub }),
    await issuer.token(),
    await issuer.token(),
  ];
  const machine = await issuer.clientToken('reports', { scope: 'a' });
  for (const token of [one, two, three, bystander]) assert.equal(await look(w, token), 'pass');
  issuer.revoke(one);
  issuer.revokeUser(sub, 2);
  issuer.revokeEntry('jti', (await w.guard.verify(three)).tokenId);
  issuer.revokeEntry('client', 'reports', 2);
  for (const token of [one, two, three, machine]) assert.equal(await look(w, token), 'invalid_token');
  assert.equal(await look(w, bystander), 'pass');
  assert.equal(await look(w, await issuer.token({ sub, uep: 2 })), 'pass');
  assert.equal(w.guard.position?.number, 4);
  assert.equal(w.guard.entries, 4);
});

test('a token that is revoked while its signature is verified is refused', async () => {
  const issuer = await TestIssuer.create();
  const clock = new FakeClock();
  const guard = await Guard.start(issuer.config({ follow: 'request', clock }));
  const token = await issuer.token();
  issuer.revoke(token);
  clock.advance(6_000);
  const other = await issuer.token();
  const [first] = await Promise.all([outcome(guard.verify(token)), outcome(guard.verify(other))]);
  assert.equal(first, 'invalid_token');
});

test('the feed is read page by page', async () => {
  const w = await world();
  const token = await w.issuer.token();
  w.issuer.revoke(token);
  for (let n = 0; n < 2500; n++) w.issuer.revokeEntry('sid', crypto.randomUUID());
  assert.equal(await look(w, token), 'invalid_token');
  assert.equal(w.guard.entries, 2501);
  assert.equal(w.guard.position?.number, 2501);
});

test('a page that is not the answer to the request makes nobody current', async () => {
  const later = (page: Record<string, unknown>, by: number) => Number(page.head) + by;
  for (const [why, tamper] of Object.entries<(page: Record<string, unknown>) => Record<string, unknown>>({
    'another nonce': (page) => ({ ...page, nonce: 'AAAA' }),
    'no nonce': (page) => ({ ...page, nonce: undefined }),
    'another client': (page) => ({ ...page, aud: 'payments' }),
    'another issuer': (page) => ({ ...page, iss: 'https://evil.test' }),
    'another start': (page) => ({ ...page, from: later(page, 1), to: later(page, 1), head: later(page, 1) }),
    'an end before the start': (page) => ({ ...page, to: later(page, -1) }),
    'an end behind the head': (page) => ({ ...page, to: later(page, 1) }),
    'no entries': (page) => ({ ...page, entries: undefined }),
    'entries out of order': (page) => ({
      ...page,
      head: later(page, 2),
      to: later(page, 2),
      entries: [entry(later(page, 2)), entry(later(page, 1))],
    }),
    'an entry behind the end': (page) => ({ ...page, entries: [entry(later(page, 1))] }),
    'an entry without a value': (page) => ({
      ...page,
      head: later(page, 1),
      to: later(page, 1),
      mark: 'm',
      entries: [{ ...entry(later(page, 1)), v: undefined }],
    }),
    'a mark that is not its entry’s': (page) => ({
      ...page,
      head: later(page, 1),
      to: later(page, 1),
      mark: 'z',
      entries: [entry(later(page, 1))],
    }),
    'an end between entries and head': (page) => ({
      ...page,
      head: later(page, 5),
      to: later(page, 2),
      mark: 'm',
      entries: [entry(later(page, 1))],
    }),
    'no age': (page) => ({ ...page, age: undefined }),
    'a negative age': (page) => ({ ...page, age: -1000 }),
    'an old age': (page) => ({ ...page, age: 5001 }),
    'no progress': (page) => ({ ...page, head: later(page, 9) }),
  })) {
    const w = await world();
    const token = await w.issuer.token();
    w.issuer.revokeEntry('sid', crypto.randomUUID());
    assert.equal(await look(w, token), 'pass', why);
    w.issuer.tamper = tamper;
    assert.equal(await look(w, token), 'not_current', why);
    w.issuer.tamper = undefined;
    assert.equal(await look(w, token), 'pass', why);
  }
});

test('a page with an entry of a user or a client without its epoch is refused whole', async () => {
  for (const kind of ['sub', 'client']) {
    const w = await world();
    w.issuer.revokeEntry('sid', crypto.randomUUID());
    w.issuer.revokeEntry(kind, crypto.randomUUID());
    assert.equal(await look(w, await w.issuer.token()), 'not_current', kind);
    assert.deepEqual([w.guard.entries, w.guard.position?.number], [0, 0], kind);
  }
});

function entry(n: number) {
  return { n, m: 'm', k: 'sid', v: crypto.randomUUID(), x: Math.floor(Date.now() / 1000) + 3600 };
}

test('an access token is no page, and a page is no access token', async () => {
  const w = await world();
  const token = await w.issuer.token();
  let page = '';
  w.issuer.intercept = async (path, answer) => {
    if (path === '/revocations') page = await answer.clone().text();
    return path === '/revocations' ? new Response(token) : answer;
  };
  assert.equal(await look(w, token), 'not_current');
  w.issuer.intercept = undefined;
  assert.equal(await look(w, page), 'invalid_token');
});

test('a fail-over that loses a revocation takes no "no" back, and numbers given out twice are told apart', async () => {
  const w = await world();
  const [ended, later] = [await w.issuer.token(), await w.issuer.token()];
  w.issuer.revokeEntry('sid', crypto.randomUUID());
  w.issuer.revoke(ended);
  assert.equal(await look(w, ended), 'invalid_token');
  w.issuer.loseLast(1);
  w.issuer.revoke(later); // gets the number that was lost
  assert.equal(w.guard.position?.number, 2);
  assert.equal(await look(w, later), 'invalid_token');
  assert.equal(await look(w, ended), 'invalid_token');
  // A head below the place.
  w.issuer.loseLast(2);
  assert.equal(await look(w, await w.issuer.token()), 'pass');
  assert.equal(w.guard.position?.number, 0);
  assert.equal(await look(w, ended), 'invalid_token');
});

test('a row that is missing in our place means begin again, but not when it was to be purged', async () => {
  const w = await world();
  const token = await w.issuer.token();
  w.issuer.revokeEntry('sid', crypto.randomUUID());
  assert.equal(await look(w, token), 'pass');
  w.issuer.purge(1);
  const lost = await w.issuer.token();
  w.issuer.revoke(lost);
  const before = w.issuer.requests.length;
  assert.equal(await look(w, lost), 'invalid_token');
  assert.equal(asked(w, before)[1], '0', 'began again');

  const v = await world();
  v.issuer.revokeEntry('sid', crypto.randomUUID(), undefined, 200); // expires soon
  assert.equal(await look(v, await v.issuer.token()), 'pass');
  v.issuer.purge(1);
  const ended = await v.issuer.token();
  v.issuer.revoke(ended);
  const from = v.issuer.requests.length;
  assert.equal(await look(v, ended), 'invalid_token');
  assert.deepEqual(asked(v, from), ['1'], 'went on');
});

/** The numbers that were asked for since a request. */
function asked(w: World, since: number): (string | null)[] {
  const pages = w.issuer.requests.slice(since).filter((path) => path.startsWith('/revocations'));
  return pages.map((path) => new URLSearchParams(path.split('?')[1]).get('after'));
}

test('each request has a nonce of its own and the mark of its place', async () => {
  const w = await world();
  for (let n = 0; n < 5; n++) {
    w.issuer.revokeEntry('sid', crypto.randomUUID());
    await look(w, await w.issuer.token());
  }
  const queries = w.issuer.requests
    .filter((p) => p.startsWith('/revocations'))
    .map((p) => new URLSearchParams(p.split('?')[1]));
  const nonces = queries.map((query) => query.get('nonce'));
  assert.equal(new Set(nonces).size, nonces.length);
  for (const nonce of nonces) assert.match(nonce ?? '', /^[\w-]{24}$/);
  assert.equal(
    queries.at(-1)?.get('mark'),
    w.guard.position && queries.at(-1)?.get('after') === '4' ? queries.at(-1)?.get('mark') : '',
  );
  assert.equal(queries[0]?.get('mark'), null);
});

test('after another history nothing counts until keys and feed were read', async () => {
  for (const whenNotCurrent of ['refuse', 'ask', 'allow'] as const) {
    const w = await world({ whenNotCurrent });
    const { issuer } = w;
    const [token, ended] = [await issuer.token(), await issuer.token()];
    issuer.revoke(ended);
    assert.equal(await look(w, token), 'pass');
    issuer.restore();
    issuer.intercept = (path, answer) => (path.includes('jwks') ? new Response('', { status: 500 }) : answer);
    assert.equal(await look(w, token), 'not_current', whenNotCurrent);
    assert.equal(await outcome(w.guard.verify(token)), 'not_current', whenNotCurrent);
    issuer.intercept = undefined;
    assert.equal(await look(w, token), 'pass', whenNotCurrent);
    assert.equal(await look(w, ended), 'invalid_token', whenNotCurrent);
  }
});

test('after another history keys alone are not enough, even where tokens pass without the feed', async () => {
  const w = await world({ whenNotCurrent: 'allow' });
  const token = await w.issuer.token();
  w.issuer.revokeEntry('sid', crypto.randomUUID());
  assert.equal(await look(w, token), 'pass');
  w.issuer.restore();
  let pages = 0;
  w.issuer.intercept = (path, answer) =>
    path === '/revocations' && ++pages > 1 ? new Response('', { status: 503 }) : answer;
  assert.equal(await look(w, token), 'not_current');
  w.clock.advance(10_001);
  assert.equal(await outcome(w.guard.verify(token)), 'not_current');
  w.issuer.intercept = undefined;
  assert.equal(await look(w, token), 'pass');
});

test('requests that find the feed old wait for one look', async () => {
  const w = await world();
  const token = await w.issuer.token();
  stale(w);
  const before = w.issuer.requests.length;
  const said = await Promise.all([...Array(20)].map(() => outcome(w.guard.verify(token))));
  assert.deepEqual(new Set(said), new Set(['pass']));
  assert.equal(asked(w, before).length, 1);
});

test('requests leave a server in peace that could not help a moment ago', async () => {
  const away = (w: World, path: string) => {
    w.issuer.intercept = (asked, answer) => (asked === path ? new Response('', { status: 503 }) : answer);
  };
  const [feed, keys] = ['/revocations', '/.well-known/jwks.json'];
  for (const [why, path, trouble] of [
    ['the feed is away', feed, (w: World) => away(w, feed)],
    [
      'the keys do not count, and are away',
      keys,
      (w: World) => {
        w.issuer.restore();
        away(w, keys);
      },
    ],
    ['what the feed says is not understood', feed, (w: World) => w.issuer.revokeEntry('device', 'x')],
  ] as const) {
    const w = await world();
    const token = await w.issuer.token();
    w.issuer.revokeEntry('sid', crypto.randomUUID());
    assert.equal(await look(w, token), 'pass', why);
    trouble(w);
    assert.equal(await look(w, token), 'not_current', why);
    const before = w.issuer.requests.length;
    const counted = () => w.issuer.requests.slice(before).filter((asked) => asked.startsWith(path)).length;
    const many = async () => {
      for (let n = 0; n < 20; n++) assert.equal(await outcome(w.guard.verify(token)), 'not_current', why);
    };
    await many();
    assert.equal(counted(), 0, why);
    for (let second = 0; second < 60; second++) {
      w.clock.advance(1_000);
      await many();
    }
    assert.ok(counted() >= 8 && counted() <= 30, `${why}: ${counted()} requests in a minute`);
  }
});

test('entries over the bound make the guard not current, and are never evicted', async () => {
  const w = await world({ maxEntries: 3 });
  const ended = await w.issuer.token();
  w.issuer.revoke(ended);
  for (let n = 0; n < 3; n++) w.issuer.revokeEntry('sid', crypto.randomUUID());
  assert.equal(await look(w, await w.issuer.token()), 'not_current');
  assert.equal(w.guard.entries, 3);
  assert.equal(await look(w, ended), 'invalid_token');
});

test('an entry of a kind of a later version makes the guard not current', async () => {
  const w = await world();
  w.issuer.revokeEntry('device', 'x');
  assert.equal(await look(w, await w.issuer.token()), 'not_current');
});

test('entries are swept when they have expired, and a wall clock that is set back revives nothing', async () => {
  for (const back of [0, -3_600_000]) {
    const w = await world();
    const { issuer, clock, guard } = w;
    const [token, other] = [await issuer.token(), await issuer.token()];
    issuer.revokeEntry('sid', (await guard.verify(token)).claims.sid as string, undefined, 1000);
    assert.equal(await look(w, token), 'invalid_token');
    clock.advance(3_600_000);
    clock.set(back);
    assert.equal(await look(w, token), 'invalid_token');
    assert.equal(await look(w, other), 'invalid_token');
    assert.equal(guard.entries, back === 0 ? 0 : 1);
  }
});

test('a page of another time makes nobody current, and what it revokes is revoked', async () => {
  for (const [skew, want] of [
    [50, 'pass'],
    [-50, 'pass'],
    [70, 'not_current'],
    [-70, 'not_current'],
    [86_400, 'not_current'],
    [-86_400, 'not_current'],
  ] as const) {
    const w = await world();
    const { issuer, guard } = w;
    const [token, ended] = [await issuer.token(), await issuer.token()];
    for (const one of [token, ended]) assert.equal(await look(w, one), 'pass', `${skew} s`);
    issuer.revokeEntry('sid', (await guard.verify(ended)).claims.sid as string, undefined, 100_000);
    issuer.skew += skew;
    assert.equal(await look(w, token), want, `${skew} s`);
    assert.equal(await outcome(guard.verify(ended)), 'invalid_token', `${skew} s`);
    assert.equal(guard.position?.number, 1, `${skew} s`);
    issuer.skew -= skew;
    assert.equal(await look(w, token), 'pass', `${skew} s`);
  }
});

test('a page of another time takes no "no" back', async () => {
  const w = await world();
  const ended = await w.issuer.token();
  w.issuer.revoke(ended);
  assert.equal(await look(w, ended), 'invalid_token');
  w.issuer.skew += 7_200;
  await look(w, ended);
  w.issuer.skew -= 7_200;
  assert.equal(await look(w, ended), 'invalid_token');
  assert.equal(await look(w, await w.issuer.token()), 'pass');
});

test('an outage makes the guard stale, and its end current again', async () => {
  const events: string[] = [];
  const w = await world({ onEvent: (event) => events.push(event.type) });
  const token = await w.issuer.token();
  assert.equal(await outcome(w.guard.verify(token)), 'pass');
  w.issuer.goDown();
  w.clock.advance(4_900);
  assert.equal(await outcome(w.guard.verify(token)), 'pass');
  w.clock.advance(200);
  assert.equal(await outcome(w.guard.verify(token)), 'not_current');
  assert.equal(await outcome(w.guard.verify(token)), 'not_current');
  w.issuer.comeUp();
  w.clock.advance(200); // the first pause is no longer
  assert.equal(await outcome(w.guard.verify(token)), 'pass');
  assert.deepEqual(events, ['not_current', 'current']);
  assert.equal(w.guard.counters.refusedNotCurrent, 2);
});

test('the age that the server says counts', async () => {
  const w = await world();
  w.issuer.age = 4_000;
  const token = await w.issuer.token();
  assert.equal(await look(w, token), 'pass');
  w.issuer.goDown();
  w.clock.advance(900);
  assert.equal(await outcome(w.guard.verify(token)), 'pass');
  w.clock.advance(200);
  assert.equal(await outcome(w.guard.verify(token)), 'not_current');
});

test('clocks that disagree by more than a second make the guard not current', async () => {
  for (const [by, want] of [
    [900, 'pass'],
    [-900, 'pass'],
    [1_100, 'not_current'],
    [-1_100, 'not_current'],
    [3_600_000 / 6, 'not_current'],
  ] as const) {
    const w = await world();
    const token = await w.issuer.token({ exp: Math.floor(Date.now() / 1000) + 7200 });
    assert.equal(await outcome(w.guard.verify(token)), 'pass');
    w.issuer.goDown();
    w.clock.set(by);
    assert.equal(await outcome(w.guard.verify(token)), want, `${by} ms`);
  }
});

test('ask: the server is asked while the feed is away', async () => {
  const w = await world({ whenNotCurrent: 'ask' });
  const [token, ended] = [await w.issuer.token(), await w.issuer.token()];
  w.issuer.intercept = (path, answer) => (path === '/revocations' ? new Response('', { status: 503 }) : answer);
  w.issuer.revoke(ended);
  assert.equal(await look(w, token), 'pass');
  assert.equal(await look(w, ended), 'invalid_token');
  assert.equal(w.guard.counters.asked, 2);
  for (const answer of ['{}', '{"active":"true"}', '{"active":true,"sub":"x"}']) {
    w.issuer.intercept = (path, real) =>
      path === '/oauth2/introspect'
        ? new Response(answer)
        : path === '/revocations'
          ? new Response('', { status: 503 })
          : real;
    assert.equal(await look(w, token), 'invalid_token', answer);
  }
  w.issuer.intercept = (path, real) => (path.includes('jwks') ? real : new Response('', { status: 503 }));
  assert.equal(await look(w, token), 'not_current');
});

test('allow: tokens pass while the feed is away, but for those that are known to be revoked', async () => {
  const w = await world({ whenNotCurrent: 'allow' });
  const [token, known, unknown] = [await w.issuer.token(), await w.issuer.token(), await w.issuer.token()];
  w.issuer.revoke(known);
  assert.equal(await look(w, known), 'invalid_token');
  w.issuer.goDown();
  w.issuer.revoke(unknown);
  assert.equal(await look(w, token), 'pass');
  assert.equal(await look(w, unknown), 'pass');
  assert.equal(await look(w, known), 'invalid_token');
  assert.equal(w.guard.counters.allowedNotCurrent, 2);
});

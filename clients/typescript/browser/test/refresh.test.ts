import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { PASSWORD, Site, until } from './site.js';

/** Refreshes that reach the server in the storm. */
const REQUESTS = process.env.SALLYPORT_SOAK ? 10_000 : 250;
/** Of these eight a round are held back together, which takes longer. */
const SWAPPED = process.env.SALLYPORT_SOAK ? 10_000 : 40;
const TABS = 8;

let site: Site;
before(async () => {
  // Short, so that nearly every refresh rotates.
  site = await Site.start({ SALLYPORT_REFRESH_GRACE: '50ms' });
});
after(() => site.stop());
beforeEach(() => site.reset());

/** Opens tabs of one browser in which somebody is signed in. */
async function tabs(count: number, prepare: (context: BrowserContext) => Promise<unknown> = async () => undefined) {
  const email = await site.member();
  const context = await site.visitor();
  await prepare(context);
  const pages: Page[] = [];
  for (let n = 0; n < count; n++) pages.push(await site.tab(context));
  const [first] = pages;
  assert.ok(first);
  await first.evaluate(([e, p]) => auth.signIn(e ?? '', p ?? ''), [email, PASSWORD]);
  await agree(pages);
  return { context, pages, first };
}

/** Waits until all tabs hold the same token, and answers it. */
async function agree(pages: Page[]): Promise<string> {
  let tokens: (string | undefined)[] = [];
  await until(async () => {
    tokens = await Promise.all(pages.map((page) => page.evaluate(() => auth.token())));
    return tokens[0] !== undefined && new Set(tokens).size === 1;
  });
  return tokens[0] ?? '';
}

/** Nobody was signed out, and the tokens of all tabs work. */
async function allWell(pages: Page[]): Promise<void> {
  await agree(pages);
  for (const page of pages) {
    assert.deepEqual(await page.evaluate(() => events.filter((event) => event.startsWith('out'))), []);
    assert.equal(await page.evaluate(async () => (await auth.fetch('/auth/me')).status), 200);
  }
}

/** Has every tab begin a refresh, and waits for none. */
async function refreshAll(pages: Page[]): Promise<void> {
  for (const page of pages) {
    await page.evaluate(() => {
      globalThis.pending = auth.refresh();
    });
  }
}

const withoutLocks = (context: BrowserContext) =>
  context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));

for (const [how, prepare] of [
  ['Web Locks', undefined],
  ['leases', withoutLocks],
] as const) {
  test(`eight tabs that need a token at once ask once, by ${how}`, async () => {
    const { context, pages } = await tabs(TABS, prepare);
    for (let round = 1; round <= 3; round++) {
      const before = await agree(pages);
      let release: () => void = () => undefined;
      const hold = new Promise<void>((resolve) => {
        release = resolve;
      });
      site.fate = () => ({ hold: () => hold });
      await refreshAll(pages);
      await until(() => site.refreshes.count === round);
      release();
      for (const page of pages) assert.equal(await page.evaluate(() => pending), true);
      assert.notEqual(await agree(pages), before);
      assert.equal(site.refreshes.count, round);
    }
    assert.equal(site.refreshes.most, 1);
    assert.deepEqual(site.refreshes.codes, []);
    await allWell(pages);
    await context.close();
  });
}

/** Lets every tab refresh again and again until the server was asked so often; answers how many calls that took. */
async function storm(pages: Page[], requests: number): Promise<number> {
  const running = pages.map((page) =>
    page.evaluate(async () => {
      globalThis.enough = false;
      let [calls, failed] = [0, 0];
      for (; !globalThis.enough; calls++) {
        if (!(await auth.refresh().catch(() => false))) failed++;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
      }
      return { calls, failed };
    }),
  );
  await until(() => site.refreshes.count >= requests, requests * 300 + 30_000);
  for (const page of pages) {
    await page.evaluate(() => {
      globalThis.enough = true;
    });
  }
  const results = await Promise.all(running);
  for (const { failed } of results) assert.equal(failed, 0);
  return results.reduce((sum, { calls }) => sum + calls, 0);
}

test(`${REQUESTS} refreshes of eight tabs: one at a time, and nobody is signed out`, {
  timeout: REQUESTS * 300 + 60_000,
}, async (t) => {
  const { context, pages } = await tabs(TABS);
  const began = performance.now();
  const calls = await storm(pages, REQUESTS);
  t.diagnostic(
    `${calls} calls, ${site.refreshes.count} requests in ${((performance.now() - began) / 1000).toFixed(1)} s`,
  );
  assert.equal(site.refreshes.most, 1);
  assert.deepEqual(site.refreshes.codes, []);
  await allWell(pages);
  await context.close();
});

test('answers that are lost sign nobody out', { timeout: REQUESTS * 300 + 60_000 }, async () => {
  const { context, pages } = await tabs(TABS);
  let n = 0;
  site.fate = () => ({ lose: ++n % 4 === 0 });
  await storm(pages, REQUESTS / 5);
  site.fate = () => ({});
  assert.equal(site.refreshes.most, 1);
  await allWell(pages);
  await context.close();
});

test(`${SWAPPED} refreshes of eight tabs whose answers are swapped and lost: the newest token stays`, {
  timeout: SWAPPED * 2000 + 60_000,
}, async (t) => {
  // To the second server the grace is over at once, so that each answer is of a generation of its
  // own. To the first it lasts as long as it does for people: longer than a client waits for an answer.
  const usual = site;
  site = await Site.start({}, { SALLYPORT_REFRESH_GRACE: '0' });
  t.after(async () => {
    await site.stop();
    site = usual;
  });
  // Eight browsers’ worth of locks: all tabs refresh at once, with the same token.
  const { context, pages } = await tabs(TABS, (context) =>
    context.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'locks', {
        value: { request: (_name: string, _options: object, work: () => unknown) => work() },
      }),
    ),
  );
  await sixConnectionsTwice(pages);
  let [rounds, lost] = [0, 0];
  for (; site.refreshes.count < SWAPPED; rounds++) {
    const gates: (() => void)[] = [];
    site.fate = () => {
      if (gates.length === TABS) return {}; // sent once more, by the browser or by us
      const lose = Math.random() < 1 / 3;
      if (lose) lost++;
      return { hold: () => new Promise<void>((resolve) => gates.push(resolve)), lose, second: true };
    };
    for (const page of pages) {
      await refreshAll([page]);
      await until(() => gates.length === pages.indexOf(page) + 1);
    }
    assert.equal(site.refreshes.under, TABS, 'all wait for their answers at once');
    for (const release of shuffled(gates)) {
      release();
      await sleep(5);
    }
    for (const page of pages) assert.equal(await page.evaluate(() => pending), true, `after ${rounds} rounds`);
    assert.ok(site.refreshes.newest.tokens.includes(await agree(pages)), `an older token stays after ${rounds} rounds`);
    assert.deepEqual(site.refreshes.codes, [], `after ${rounds} rounds`);
  }
  const { count, newest } = site.refreshes;
  t.diagnostic(`${rounds} rounds, ${count} requests, ${lost} answers lost, generation ${newest.generation}`);
  assert.ok(newest.generation >= rounds * TABS, 'each answer was of a generation of its own');
  site.fate = () => ({});
  await allWell(pages);
  await context.close();
});

/** Chromium opens six connections to a host at most, and six others for requests without cookies: half the pages take these. */
async function sixConnectionsTwice(pages: Page[]): Promise<void> {
  for (const page of pages.slice(TABS / 2)) {
    await page.evaluate(() => {
      const { fetch } = globalThis;
      globalThis.fetch = (input, init) => fetch(input, { ...init, credentials: 'omit' });
    });
  }
}

/** The same in an order of chance (Fisher and Yates). */
function shuffled<T>(all: T[]): T[] {
  for (let n = all.length - 1; n > 0; n--) {
    const other = Math.floor(Math.random() * (n + 1));
    [all[n], all[other]] = [all[other] as T, all[n] as T];
  }
  return all;
}

test('retry is obeyed, and never for ever', async () => {
  const { context, pages, first } = await tabs(2);
  const answer = { status: 401, body: { status: 401, code: 'refresh_superseded', next: 'retry' } };
  let left = 1;
  site.fate = () => (left-- > 0 ? { answer } : {});
  assert.equal(await first.evaluate(() => auth.refresh()), true);
  assert.equal(site.refreshes.count, 2);
  await allWell(pages);

  site.reset();
  site.fate = () => ({ answer });
  assert.equal(await first.evaluate(() => auth.refresh()), false);
  assert.equal(site.refreshes.count, 3);
  for (const page of pages) {
    await until(() => page.evaluate(() => events.filter((event) => event === 'out refresh_superseded').length === 1));
    assert.equal(await page.evaluate(() => auth.refresh()), false);
  }
  assert.equal(site.refreshes.count, 3);
  await context.close();
});

test('a server that is busy or away keeps people signed in, and is left in peace', async () => {
  const { context, pages, first } = await tabs(2);
  const busy = { status: 503, body: { status: 503, code: 'busy' }, headers: { 'retry-after': '30' } };
  site.fate = () => ({ answer: busy });
  for (let n = 0; n < 5; n++) {
    assert.deepEqual(await first.evaluate(() => failure(auth.refresh())), { status: 503, code: 'busy' });
  }
  assert.equal(site.refreshes.count, 1);
  const [, other] = pages;
  assert.ok(other);
  site.reset();
  site.fate = () => ({ lose: true });
  assert.deepEqual(await other.evaluate(() => failure(auth.refresh())), { status: 0, code: 'unreachable' });
  // Chromium sends once more by itself where a connection that it used before ends.
  assert.ok(site.refreshes.count >= 3 && site.refreshes.count <= 6, `${site.refreshes.count} requests`);
  assert.match((await other.evaluate(() => auth.token())) ?? '', /^ey/, 'the token is good for a while');
  site.fate = () => ({ answer: { status: 401, body: { title: 'a proxy between us' } } });
  assert.deepEqual(await other.evaluate(() => failure(auth.refresh())), { status: 401, code: 'internal' });
  site.fate = () => ({});
  assert.equal(await other.evaluate(() => auth.refresh()), true);
  await context.close();
});

test('an API that says 401 is asked once more with a new token, and not again', async () => {
  const { context, first } = await tabs(1);
  site.api.status = 401;
  const before = await agree([first]);
  const body = 'x'.repeat(1000);
  const status = await first.evaluate(
    async (b) => (await auth.fetch('/app/api', { method: 'POST', body: b })).status,
    body,
  );
  assert.deepEqual([status, site.api.count, site.refreshes.count], [401, 2, 1]);
  assert.notEqual(site.api.authorization, `Bearer ${before}`);
  assert.equal(await first.evaluate(async () => (await auth.fetch('/app/api/step-up')).status), 401);
  assert.deepEqual([site.api.count, site.refreshes.count], [3, 1], 'step-up asks for the user');
  await context.close();
});

test('a token is renewed before it expires', async () => {
  const { context, first } = await tabs(1);
  const before = await agree([first]);
  await first.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 14.5 * 60_000;
  });
  assert.notEqual(await first.evaluate(() => auth.token()), before);
  assert.equal(site.refreshes.count, 1);
  await context.close();
});

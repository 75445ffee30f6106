import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Sallyport } from '../src/index.js';
import { bePage, tokens, URL_OF_TESTS } from './platform.js';
import { until } from './site.js';

test('without Web Locks, the slowest refresh is over before another tab may begin one', async (t) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_800_000_000_000 });
  mock.method(Math, 'random', () => 0.999); // the longest pauses
  mock.method(AbortSignal, 'timeout', (ms: number) => {
    const limit = new AbortController();
    setTimeout(() => limit.abort(), ms);
    return limit.signal;
  });
  t.after(() => {
    mock.timers.reset();
    mock.restoreAll();
  });
  let [under, most, count] = [0, 0, 0];
  bePage((path, _, signal) => {
    if (path === '/auth/login') return tokens('ada');
    count++;
    most = Math.max(most, ++under);
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => {
        under--;
        reject(signal.reason);
      }),
    );
  });
  /** Lets time pass by small steps until a promise has settled. */
  const pass = async <T>(promise: Promise<T>): Promise<T> => {
    let settled = false;
    const done = () => {
      settled = true;
    };
    promise.then(done, done);
    for (let step = 0; !settled; step++) {
      assert.ok(step < 3_000, 'it did not end in five minutes');
      mock.timers.tick(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return promise;
  };
  const tabs = [new Sallyport({ url: URL_OF_TESTS }), new Sallyport({ url: URL_OF_TESTS })] as const;
  t.after(() => {
    for (const tab of tabs) tab.close();
  });
  await pass(Promise.all(tabs.map((tab) => tab.ready)));
  await pass(tabs[0].signIn('ada@people.example', 'x'));
  await pass(
    (async () => {
      while (!tabs[1].user) await new Promise((resolve) => setTimeout(resolve, 100));
    })(),
  );
  const began = Date.now();
  const [first, second] = tabs.map((tab) => tab.refresh());
  assert.ok(first && second);
  second.catch(() => undefined);
  await pass(assert.rejects(first, { code: 'unreachable' }));
  assert.equal(count, 3);
  t.diagnostic(`the slowest refresh takes ${((Date.now() - began) / 1000).toFixed(1)} s`);
  await pass(assert.rejects(second, { code: 'unreachable' }));
  assert.deepEqual([count, most], [6, 1]);
});

test('an answer that is lost is asked for, also if another tab got older tokens meanwhile', async (t) => {
  // As where a tab was frozen with an answer under way, and its lease went to the next.
  let count = 0;
  let thaw: (answer: Response) => void = () => undefined;
  bePage(
    (path) => {
      if (path === '/auth/login') return tokens('ada');
      switch (++count) {
        case 1:
          return new Promise((resolve) => {
            thaw = resolve;
          });
        case 2: // of generation 3
          thaw(tokens('ada', 2));
          throw new TypeError('the connection is gone');
        default:
          return tokens('ada', 3);
      }
    },
    { request: (_name: string, _options: object, work: () => unknown) => work() },
  );
  const tabs = [new Sallyport({ url: URL_OF_TESTS }), new Sallyport({ url: URL_OF_TESTS })] as const;
  t.after(() => {
    for (const tab of tabs) tab.close();
  });
  await Promise.all(tabs.map((tab) => tab.ready));
  await tabs[0].signIn('ada@people.example', 'x');
  await until(() => tabs[1].user !== undefined);
  const frozen = tabs[0].refresh();
  await until(() => count === 1);
  assert.equal(await tabs[1].refresh(), true);
  assert.equal(await frozen, true);
  assert.equal(count, 3);
  for (const tab of tabs) await until(async () => (await tab.token()) === 'ada-3');
});

test('of tokens that are equally new, all tabs keep the same', async (t) => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() }); // both are asked for at the same moment
  t.after(() => mock.timers.reset());
  let count = 0;
  const answers: (() => void)[] = [];
  bePage(
    async (path) => {
      if (path === '/auth/login') return tokens('ada');
      const access_token = `ada-2-${++count}`;
      await new Promise<void>((resolve) => answers.push(resolve));
      return Response.json({ ...(await tokens('ada', 2).json()), access_token });
    },
    { request: (_name: string, _options: object, work: () => unknown) => work() },
  );
  const tabs = [new Sallyport({ url: URL_OF_TESTS }), new Sallyport({ url: URL_OF_TESTS })] as const;
  t.after(() => {
    for (const tab of tabs) tab.close();
  });
  await Promise.all(tabs.map((tab) => tab.ready));
  await tabs[0].signIn('ada@people.example', 'x');
  await until(() => tabs[1].user !== undefined);
  const refreshes = tabs.map((tab) => tab.refresh());
  await until(() => answers.length === 2);
  for (const answer of answers) answer();
  assert.deepEqual(await Promise.all(refreshes), [true, true]);
  mock.timers.reset();
  await until(async () => (await tabs[0].token()) === (await tabs[1].token()), 1_000);
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Sallyport } from '../src/index.js';
import { type Answering, bePage, tokens, URL_OF_TESTS } from './platform.js';

let tab: Sallyport;
let other: Sallyport;
/** What came to the API: the tokens of its requests. */
let came: (string | null)[];
/** Who signs in next, and for how long their token counts. */
let person: string;
let life: number;
/** What the server and the API do, but for signing in. */
let answer: Answering;

beforeEach(async () => {
  [came, person, life] = [[], 'ada', 900];
  bePage(
    async (path, authorization, signal) => {
      if (path === '/auth/login') return tokens(person, 1, life);
      if (path === '/api') came.push(authorization);
      return answer(path, authorization, signal);
    },
    { request: (_name: string, _options: object, work: () => unknown) => work() },
  );
  const config = { url: URL_OF_TESTS, origins: ['https://api.test'] };
  [tab, other] = [new Sallyport(config), new Sallyport(config)];
  await Promise.all([tab.ready, other.ready]);
});

afterEach(() => {
  tab.close();
  other.close();
});

/** Somebody else signs in, in the other tab, and this one has heard of it. */
async function another(): Promise<void> {
  person = 'eve';
  await other.signIn('eve@people.example', 'x');
  for (const end = Date.now() + 5_000; tab.user?.id !== 'eve'; await new Promise((resolve) => setTimeout(resolve, 1))) {
    assert.ok(Date.now() < end, 'the tab did not hear of it');
  }
}

const send = () => tab.fetch('https://api.test/api', { method: 'POST', body: 'x' });

test('a request that gets 401 is sent once more with a new token of the session', async () => {
  answer = (path, authorization) => {
    if (path === '/auth/refresh') return tokens('ada', 2);
    return new Response(null, { status: authorization === 'Bearer ada-2' ? 204 : 401 });
  };
  await tab.signIn('ada@people.example', 'x');
  assert.equal((await send()).status, 204);
  assert.deepEqual(came, ['Bearer ada-1', 'Bearer ada-2']);
});

test('a request that gets 401 is not sent again as somebody who signed in meanwhile', async () => {
  answer = async () => {
    await another();
    return new Response(null, { status: 401 });
  };
  await tab.signIn('ada@people.example', 'x');
  assert.equal((await send()).status, 401);
  assert.deepEqual(came, ['Bearer ada-1']);
  assert.equal(await tab.token(), 'eve-1', 'the next request is hers');
});

test('nor if they signed in while the token was renewed', async () => {
  answer = async (path) => {
    if (path !== '/auth/refresh') return new Response(null, { status: 401 });
    await another();
    return tokens('ada', 2);
  };
  await tab.signIn('ada@people.example', 'x');
  assert.equal((await send()).status, 401);
  assert.deepEqual(came, ['Bearer ada-1']);
});

test('a request whose token is to be renewed first does not go as somebody else', async () => {
  life = 0;
  answer = async (path) => {
    if (path !== '/auth/refresh') return new Response(null, { status: 401 });
    life = 900;
    await another();
    return tokens('ada', 2);
  };
  await tab.signIn('ada@people.example', 'x');
  assert.equal((await send()).status, 401);
  assert.deepEqual(came, [null]);
});

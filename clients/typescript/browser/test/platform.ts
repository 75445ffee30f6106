/** What tabs have and Node has not, for tests of what no page can bring about. */

/** Answers requests in place of a server: the path, and the fields of the request. */
export type Answering = (
  path: string,
  authorization: string | null,
  signal: AbortSignal,
) => Promise<Response> | Response;

export const URL_OF_TESTS = 'https://auth.test';

/** Lets this process be a page; `locks` are its Web Locks, if it has any. */
export function bePage(answering: Answering, locks?: object): void {
  const kept = new Map<string, string>();
  const set = (name: string, value: unknown) => Object.defineProperty(globalThis, name, { value, configurable: true });
  set('location', { href: 'https://app.test/' });
  set('navigator', { locks });
  set('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  set('fetch', async (input: RequestInfo, init?: RequestInit) => {
    const request = new Request(input, init);
    const path = new URL(request.url).pathname;
    return answering(path, request.headers.get('authorization'), init?.signal ?? request.signal);
  });
}

/** What a sign-in or a refresh answers. */
export function tokens(person: string, generation = 1, expires_in = 900): Response {
  return Response.json({
    access_token: `${person}-${generation}`,
    refresh_token: `refresh-${person}-${generation}`,
    session_id: `session-${person}`,
    refresh_generation: generation,
    expires_in,
    user: { id: person, email: `${person}@people.example`, email_verified: true, name: person, roles: [] },
  });
}

/** How long a lease counts, in milliseconds: longer than the slowest refresh, of three tries of 10 s each. */
export const LEASE = 40_000;
/** How long somebody waits for the lock. */
const PATIENCE = 60_000;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs `work` while no other tab of this origin runs any of that name: under a Web
 * Lock where there are, and under a lease in localStorage where there are none, as
 * in pages without TLS. Without either the lock is this tab's alone.
 */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator;
  if (locks) return locks.request(name, { signal: AbortSignal.timeout(PATIENCE) }, work) as Promise<T>;
  const release = await lease(`${name}:lease`);
  try {
    return await work();
  } finally {
    release();
  }
}

/** Takes the lease and answers what gives it back. */
async function lease(key: string): Promise<() => void> {
  const me = crypto.getRandomValues(new Uint32Array(2)).join('-');
  try {
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      const [, until = 0] = (localStorage.getItem(key) ?? '').split(' ');
      const left = Number(until) - Date.now();
      // One that ends too late was written before the clock was set back.
      if (!(left > 0 && left <= LEASE)) {
        localStorage.setItem(key, `${me} ${Date.now() + LEASE}`);
        await sleep(40 + Math.random() * 20); // whoever else wrote meanwhile has won
        if (localStorage.getItem(key)?.startsWith(`${me} `)) {
          return () => {
            if (localStorage.getItem(key)?.startsWith(`${me} `)) localStorage.removeItem(key);
          };
        }
      }
      await sleep(20 + Math.random() * 30);
    }
  } catch {
    return () => undefined; // no storage: then this tab is alone, as far as it can know
  }
  throw new DOMException('another tab holds the lock', 'TimeoutError');
}

/**
 * As much of node:test as the tests of this package use, for workerd, which has none:
 * Cloudflare Workers run on it. The tests run one after another when workerd calls `test`.
 */
type Work<T> = (t: T) => unknown;

interface Running {
  after(work: () => unknown): void;
  diagnostic(message: string): void;
  test(name: string, work: Work<Running>): Promise<void>;
}

const begin: (() => unknown)[] = [];
const tests: [string, Work<Running>][] = [];

export const before = (work: () => unknown) => void begin.push(work);

export const test = (name: string, work: Work<Running>) => void tests.push([name, work]);

async function run(name: string, work: Work<Running>, failed: string[]): Promise<void> {
  const ends: (() => unknown)[] = [];
  try {
    await work({
      after: (end) => void ends.push(end),
      diagnostic: () => undefined,
      test: (inner, part) => run(`${name}: ${inner}`, part, failed),
    });
  } catch (error) {
    failed.push(`${name}: ${error instanceof Error ? error.stack : error}`);
  }
  for (const end of ends) await end();
}

export default {
  async test(): Promise<void> {
    const failed: string[] = [];
    for (const work of begin) await work();
    for (const [name, work] of tests) await run(name, work, failed);
    if (tests.length === 0) failed.push('there are no tests');
    if (failed.length > 0) throw new Error(failed.join('\n'));
  },
};

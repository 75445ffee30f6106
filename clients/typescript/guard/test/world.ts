import type { Clock } from '../src/clock.js';
import { Guard, type GuardConfig, Refusal } from '../src/index.js';
import { TestIssuer, type TestIssuerOptions } from '../src/testing.js';

/** A clock that tests set. Nothing that sleeps by it wakes by itself. */
export class FakeClock implements Clock {
  private began = Date.now();
  private passed = 0;
  private drift = 0;

  /**
   * @param issuer whose clock goes along
   */
  constructor(private readonly issuer?: TestIssuer) {}

  mono(): number {
    return this.passed;
  }

  wall(): number {
    return this.began + this.passed + this.drift;
  }

  async sleep(ms: number): Promise<void> {
    this.passed += ms;
  }

  /** Lets time pass, on both clocks. */
  advance(ms: number): void {
    this.passed += ms;
    if (this.issuer) this.issuer.skew += ms / 1000;
  }

  /** Sets the wall clock alone, as people and suspended machines do. */
  set(ms: number): void {
    this.drift += ms;
  }
}

export interface World {
  readonly issuer: TestIssuer;
  readonly guard: Guard;
  readonly clock: FakeClock;
}

/** A guard that looks at the feed when a request finds it stale, by a clock that the test sets. */
export async function world(config: Partial<GuardConfig> = {}, options: TestIssuerOptions = {}): Promise<World> {
  const issuer = await TestIssuer.create(options);
  const clock = new FakeClock(issuer);
  const guard = await Guard.start(issuer.config({ follow: 'request', clock, ...config }));
  return { issuer, guard, clock };
}

/** Lets the guard be stale, so that the next request looks at the feed. */
export function stale({ clock }: World): void {
  clock.advance(6_000);
}

/** The refusal that a promise is rejected with, or undefined. */
export async function refusal(promise: Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The code of the refusal, or `pass`. */
export async function outcome(promise: Promise<unknown>): Promise<string> {
  return (await refusal(promise))?.code ?? 'pass';
}

/** Time as a value, so that tests set it. */
export interface Clock {
  /** Milliseconds that never go back, from any start. */
  mono(): number;
  /** Milliseconds since 1970. */
  wall(): number;
  /** Waits, or returns early when `signal` is aborted. It keeps a process alive only if `hold`. */
  sleep(ms: number, signal: AbortSignal, hold?: boolean): Promise<void>;
}

export const systemClock: Clock = {
  mono: () => performance.now(),
  wall: () => Date.now(),
  sleep: (ms, signal, hold = false) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      if (!hold) (timer as { unref?: () => void }).unref?.(); // Node's alone
      signal.addEventListener('abort', done, { once: true });
    }),
};

/** An instant on both clocks. A suspended machine stops the monotonic one. */
export interface Instant {
  readonly mono: number;
  readonly wall: number;
}

export function instant(clock: Clock): Instant {
  return { mono: clock.mono(), wall: clock.wall() };
}

/**
 * Milliseconds since `then`, or Infinity where the clocks disagree by more than a
 * second and so neither can be believed.
 */
export function elapsed(clock: Clock, then: Instant): number {
  const now = instant(clock);
  const mono = now.mono - then.mono;
  return Math.abs(now.wall - then.wall - mono) > 1000 || mono < 0 ? Infinity : mono;
}

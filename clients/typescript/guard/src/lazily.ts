import { Guard, type GuardConfig } from './guard.js';
import { notCurrent } from './refusal.js';

/**
 * A guard that is started by the first request and not when the module is loaded. A
 * start that failed is tried again by the next request; until then the answer is 503.
 */
export function lazily(config: GuardConfig): () => Promise<Guard> {
  let started: Promise<Guard> | undefined;
  return () => {
    started ??= Guard.start(config).catch((error: unknown) => {
      started = undefined;
      throw notCurrent(error instanceof Error ? error.message : 'the guard does not start');
    });
    return started;
  };
}

/** How long to wait between attempts, and how many there are without progress. */
export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
  readonly attempts: number;
}

/** The pause before attempt `attempt` (1 is the first repetition): doubled each time, and up to a quarter less by chance. */
export function pauseMs({ firstMs, maxMs }: BackOff, attempt: number, random: () => number): number {
  const full = Math.min(maxMs, firstMs * 2 ** (attempt - 1));
  return full * (1 - random() / 4);
}

/** Resolves after `ms`, or as soon as the signal is aborted. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}

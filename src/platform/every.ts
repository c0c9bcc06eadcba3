/** Runs work again and again with a pause between, one run at a time; the returned function stops after the run under way. */
export function every(
  pauseMs: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let stopped = false
  let timer: NodeJS.Timeout | null = null
  let running: Promise<unknown> = Promise.resolve()
  const next = (delay: number) => {
    if (stopped) return
    timer = setTimeout(() => {
      running = work()
        .catch(onError)
        .finally(() => next(pauseMs))
    }, delay)
    timer.unref()
  }
  next(Math.min(pauseMs, 5_000))
  return async () => {
    stopped = true
    if (timer) clearTimeout(timer)
    await running
  }
}

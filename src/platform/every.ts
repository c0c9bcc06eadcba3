let lane: Promise<unknown> = Promise.resolve()

/**
 * Runs heavy work of the background one after another: measures, comparisons and checks over the whole book which fall due together,
 * as after a start, leave a processor to the people who are waiting.
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = lane.then(work)
  lane = mine.catch(() => {})
  return mine
}

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

/** As `every`, for heavy work: each run waits for its turn. */
export function everyInTurn(
  pauseMs: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let stopped = false
  const stop = every(
    pauseMs,
    () =>
      inTurn(async () => {
        if (!stopped) await work()
      }),
    onError,
  )
  return () => {
    stopped = true
    return stop()
  }
}

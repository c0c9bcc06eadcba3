import { useEffect, useEffectEvent, useState } from 'react'
import type { FieldCheck, FieldHint } from './field-description.ts'

const quietMs = 280

/** Asks the check shortly after the last key; the answer to an older value is dropped. A failing check says nothing: the server decides anyway. */
export function useLiveCheck<V>(
  value: V,
  check: FieldCheck<V> | undefined,
): FieldHint<V> | 'checking' | null {
  const [hint, setHint] = useState<FieldHint<V> | 'checking' | null>(null)
  const ask = useEffectEvent((signal: AbortSignal) => (check ? check(value, signal) : null))
  const active = check !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the value changes
  useEffect(() => {
    if (!active) return
    const control = new AbortController()
    const timer = setTimeout(async () => {
      const answer = ask(control.signal)
      if (answer instanceof Promise) setHint('checking')
      try {
        const said = await answer
        if (!control.signal.aborted) setHint(said)
      } catch (error) {
        if (control.signal.aborted) return
        console.warn('live check failed', error)
        setHint(null)
      }
    }, quietMs)
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [value, active])
  return hint
}

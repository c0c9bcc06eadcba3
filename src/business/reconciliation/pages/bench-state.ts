import { useEffect, useState } from 'react'
import type { Suggestion } from '../contract.ts'

/** Yen put to each claim, as typed; kept for the chosen deposit only. */
export interface Division {
  yenOf(receivableId: string): number
  put(receivableId: string, yen: number): void
  lines: { receivableId: string; yen: number }[]
  totalYen: number
}

/** Starts with what the engine suggests and follows what the person types. */
export function useDivision(paymentId: string, suggestion: Suggestion | null): Division {
  const [typed, setTyped] = useState<Readonly<Record<string, number>>>({})
  const suggested = suggestion ? JSON.stringify(suggestion.claims.map(one => one.suggestedYen)) : ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new deposit or suggestion starts anew
  useEffect(() => {
    setTyped(
      Object.fromEntries(
        (suggestion?.claims ?? [])
          .filter(one => one.suggestedYen > 0)
          .map(one => [one.receivableId, one.suggestedYen]),
      ),
    )
  }, [paymentId, suggested])
  const lines = Object.entries(typed)
    .filter(([, yen]) => yen > 0)
    .map(([receivableId, yen]) => ({ receivableId, yen }))
  return {
    yenOf: receivableId => typed[receivableId] ?? 0,
    put: (receivableId, yen) => setTyped({ ...typed, [receivableId]: yen }),
    lines,
    totalYen: lines.reduce((sum, line) => sum + line.yen, 0),
  }
}

import { useEffect, useState } from 'react'
import type { Suggestion } from '../contract.ts'

/** Yen put to each claim, as typed; kept for the chosen deposit only. */
export interface Division {
  yenOf(receivableId: string): number
  put(receivableId: string, yen: number): void
  /** Whether the client pays on a claim that its debtor pays by the contract. */
  byClient(receivableId: string): boolean
  setByClient(receivableId: string, byClient: boolean): void
  lines: { receivableId: string; yen: number; paidByClient: boolean }[]
  totalYen: number
}

/** Starts with what the engine suggests and follows what the person types. */
export function useDivision(paymentId: string, suggestion: Suggestion | null): Division {
  const [typed, setTyped] = useState<Readonly<Record<string, number>>>({})
  const [clients, setClients] = useState<readonly string[]>([])
  const suggested = suggestion ? JSON.stringify(suggestion.claims.map(one => one.suggestedYen)) : ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new deposit or suggestion starts anew
  useEffect(() => {
    setClients([])
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
    .map(([receivableId, yen]) => ({ receivableId, yen, paidByClient: clients.includes(receivableId) }))
  return {
    yenOf: receivableId => typed[receivableId] ?? 0,
    put: (receivableId, yen) => setTyped({ ...typed, [receivableId]: yen }),
    byClient: receivableId => clients.includes(receivableId),
    setByClient: (receivableId, byClient) =>
      setClients([...clients.filter(one => one !== receivableId), ...(byClient ? [receivableId] : [])]),
    lines,
    totalYen: lines.reduce((sum, line) => sum + line.yen, 0),
  }
}

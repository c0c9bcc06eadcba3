import type { Id } from '../../platform/ids/uuid.ts'
import { comparedFields, type PartyFacts } from './party-facts.ts'

/** Items of the records which are no longer what they were on the day of the merge. */
export function editedSince(
  merged: readonly PartyFacts[],
  atMerge: Readonly<Record<Id, Readonly<Record<string, string | number | null>>>>,
) {
  const word = (value: string | number | null | undefined) =>
    value === null || value === undefined ? null : String(value)
  return merged.flatMap(fact =>
    comparedFields.flatMap(({ field, label }) => {
      const [then, now] = [word(atMerge[fact.id]?.[field]), word(fact.values[field])]
      return then === now ? [] : [{ partyId: fact.id, partyNo: fact.partyNo, label, atMerge: then, now }]
    }),
  )
}

import { createHash } from 'node:crypto'
import { fieldLabelsOfRow, type PartyFacts } from './party-facts.ts'

/** A hash per compared item of two records: what a judgement about them stood on. */
export type JudgedFacts = Record<string, string>

const HASH_LENGTH = 16

/** The hashes of the items of both records, in the order of their ids; equal when and only when every item is written the same. */
export function judgedFacts(a: PartyFacts, b: PartyFacts): JudgedFacts {
  const [first, second] = a.id < b.id ? [a, b] : [b, a]
  return Object.fromEntries(
    Object.keys(fieldLabelsOfRow).map(item => {
      const key = item as keyof typeof fieldLabelsOfRow
      const both = JSON.stringify([first.row[key] ?? '', second.row[key] ?? ''])
      return [item, createHash('sha256').update(both).digest('hex').slice(0, HASH_LENGTH)]
    }),
  )
}

/** The labels of the items which are no longer what they were when it was judged; none for a judgement that knows no facts. */
export function changedSince(judged: JudgedFacts | null, now: JudgedFacts): string[] {
  if (judged === null) return []
  return Object.entries(fieldLabelsOfRow)
    .filter(([item]) => judged[item] !== now[item])
    .map(([, label]) => label)
}

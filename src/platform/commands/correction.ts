import type { Json } from '../trail/canonical.ts'
import { refuseUnless } from './refusal.ts'

interface Correction<T> {
  /** The row as it stands, locked; nothing while nothing was recorded. */
  standing: { row_version: number } | undefined
  /** The version the person saw; 0 for nothing. */
  rowVersion: number
  reason: string
  before: T
  said: T
  /** The refusal of a correction that changes nothing. */
  mustDiffer: string
  /** A value as people read it in the history. */
  words: (key: keyof T, of: T) => Json
}

/**
 * What a record says anew, item by item, as its event tells it. Refuses it where somebody was quicker, where what stands is corrected
 * without a reason, and where nothing differs.
 */
export function correctionOf<T extends object>(
  correction: Correction<T>,
): {
  before: Record<string, Json>
  after: Record<string, Json>
} {
  const { standing, rowVersion, reason, before, said, mustDiffer, words } = correction
  refuseUnless((standing?.row_version ?? 0) === rowVersion, 'record_must_be_unchanged')
  refuseUnless(!standing || reason.length >= 2, 'reason_must_be_given', { kind: 'invalid', field: 'reason' })
  const changed = (Object.keys(said) as (keyof T & string)[]).filter(
    key => JSON.stringify(said[key]) !== JSON.stringify(before[key]),
  )
  refuseUnless(changed.length > 0, mustDiffer)
  const pick = (of: T) => Object.fromEntries(changed.map(key => [key, words(key, of)]))
  return { before: pick(before), after: pick(said) }
}
